import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PinList, SetPin } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { ApiProblem } from '../../../../api/client';
import { dropPin, pinsQuery, setPin } from '../../../../api/door-devices.api';
import { useWords } from '../../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../../ui/data-table';
import { CheckBox, RadioCards } from '../../../../ui/fields';
import { Button, Field, ui } from '../../../../ui/parts';
import { HERE } from '../../here';

type Pin = PinList['pins'][number];

/** PINs of the shift: operators begin with one, a house manager lets people in with another. */
export function Pins({ edition }: { edition: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const query = pinsQuery(edition);
  const { data, error, refetch } = useQuery({ ...query, enabled: edition !== '' });
  const renew = () => client.invalidateQueries({ queryKey: query.queryKey });
  const drop = useMutation({ mutationFn: (id: string) => dropPin(id), onSuccess: renew });
  const columns: Column<Pin>[] = [
    {
      id: 'label',
      title: t('door.pin-label'),
      names: true,
      cell: (one) => (
        <TwoLines
          first={one.label}
          second={[
            t(`door.pin-${one.role}`),
            t('door.pin-until', { time: formatShortDayTime(new Date(one.until), HERE, language) }),
            one.mayFind && t('door.pin-finds'),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      ),
    },
    {
      id: 'verbs',
      title: '',
      cell: (one) => (
        <Button
          kind="quiet"
          busy={drop.isPending}
          aria-label={t('door.pin-drop-one', { name: one.label })}
          onClick={() => drop.mutate(one.id)}
        >
          {t('door.pin-drop')}
        </Button>
      ),
    },
  ];
  return (
    <div className={ui.stack}>
      <h2>{t('door.pins')}</h2>
      <p>{t('door.pins-lead')}</p>
      <DataTable
        caption={t('door.pins')}
        columns={columns}
        rows={data?.pins}
        rowId={(one) => one.id}
        error={error}
        onRetry={() => void refetch()}
        empty={{ title: t('door.pins-none') }}
      />
      {drop.error && <Trouble error={drop.error} />}
      <NewPin edition={edition} onSet={renew} />
    </div>
  );
}

function NewPin({ edition, onSet }: { edition: string; onSet(): Promise<void> }) {
  const { t } = useWords();
  const [role, setRole] = useState<SetPin['role']>('operator');
  const [label, setLabel] = useState('');
  const [pin, setDigits] = useState('');
  const [mayFind, setMayFind] = useState(false);
  const set = useMutation({
    mutationFn: () => setPin({ editionId: edition, role, label: label.trim(), pin, mayFind }),
    onSuccess: () => {
      setLabel('');
      setDigits('');
      return onSet();
    },
  });
  const problem = set.error instanceof ApiProblem ? set.error : undefined;
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate();
      }}
    >
      <h3>{t('door.pin-new')}</h3>
      <RadioCards
        legend={t('door.pin-role')}
        options={[
          { value: 'operator', label: t('door.pin-operator'), hint: t('door.pin-operator-hint') },
          { value: 'house-manager', label: t('door.pin-house-manager'), hint: t('door.pin-house-manager-hint') },
        ]}
        value={role}
        onChoose={setRole}
      />
      <Field
        label={t('door.pin-label')}
        hint={t('door.pin-label-hint')}
        value={label}
        required
        maxLength={40}
        error={problem?.field('label')}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Field
        label={t('door.pin-digits')}
        hint={role === 'operator' ? t('door.pin-digits-hint') : t('door.pin-manager-digits-hint')}
        value={pin}
        required
        type="password"
        inputMode="numeric"
        autoComplete="off"
        pattern="[0-9]{4,8}"
        minLength={4}
        maxLength={8}
        error={problem?.field('pin')}
        onChange={(event) => setDigits(event.target.value.replaceAll(/\D/g, ''))}
      />
      {role === 'operator' && (
        <CheckBox checked={mayFind} hint={t('door.pin-may-find-hint')} onChange={() => setMayFind(!mayFind)}>
          {t('door.pin-may-find')}
        </CheckBox>
      )}
      {set.error && !problem?.field('pin') && <Trouble error={set.error} />}
      <Button type="submit" busy={set.isPending}>
        {t('door.pin-set')}
      </Button>
    </form>
  );
}
