import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RegisterDevice, RegisteredDevice } from '#libs/contracts';
import { formatShortDayTime, HOUR } from '#libs/kernel';
import { ApiProblem } from '../../../../api/client';
import { devicesQuery, registerDevice } from '../../../../api/door-devices.api';
import { useWords } from '../../../../i18n';
import { Trouble } from '../../../../ui/data-table';
import { Select } from '../../../../ui/fields';
import { Button, Field, Notice, ui } from '../../../../ui/parts';
import { QrCode } from '../../../../ui/qr';
import { HERE } from '../../here';
import styles from './devices.module.css';
import { type Scope, ScopeFields } from './scope-fields';

const SHIFTS = [6, 12, 18, 24 * 7] as const;
const USUAL_SHIFT = 18;

/** A new scanner: what it is called, where and how long it works, then its code until it has paired. */
export function PairDevice({ edition }: { edition: string }) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [gate, setGate] = useState('');
  const [scope, setScope] = useState<Scope>({});
  const [hours, setHours] = useState<number>(USUAL_SHIFT);
  const [from, setFrom] = useState('');
  const register = useMutation({
    mutationFn: (body: RegisterDevice) => registerDevice(body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['devices'] }),
  });
  const problem = register.error instanceof ApiProblem ? register.error : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNowhere(scope)) return;
    const begins = from === '' ? new Date() : new Date(from);
    register.mutate({
      editionId: edition,
      name: name.trim(),
      gate: gate.trim(),
      ...scope,
      ...(from !== '' && { from: begins.toISOString() }),
      until: new Date(begins.getTime() + hours * HOUR).toISOString(),
    });
  };
  if (register.data)
    return <Code edition={edition} name={name} made={register.data} onAnother={() => register.reset()} />;
  return (
    <form className={ui.stack} onSubmit={submit}>
      <h2>{t('door.pair')}</h2>
      <Field
        label={t('door.name')}
        hint={t('door.name-hint')}
        value={name}
        required
        maxLength={60}
        error={problem?.field('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('door.gate-name')}
        hint={t('door.gate-hint')}
        value={gate}
        required
        maxLength={40}
        error={problem?.field('gate')}
        onChange={(event) => setGate(event.target.value)}
      />
      <ScopeFields value={scope} onChange={setScope} />
      <Field
        label={t('door.from')}
        hint={t('door.from-hint')}
        type="datetime-local"
        value={from}
        error={problem?.field('from')}
        onChange={(event) => setFrom(event.target.value)}
      />
      <Select label={t('door.shift')} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
        {SHIFTS.map((one) => (
          <option key={one} value={one}>
            {one > 24 ? count('door.days', one / 24) : count('door.hours', one)}
          </option>
        ))}
      </Select>
      {isNowhere(scope) && <Notice tone="warning" title={t('door.areas-needed')} />}
      {register.error && <Trouble error={register.error} />}
      <Button type="submit" busy={register.isPending}>
        {t('door.make-code')}
      </Button>
    </form>
  );
}

/** An area's gate without an area. */
function isNowhere({ screenings, areas }: Scope): boolean {
  return screenings?.length === 0 && !areas;
}

interface CodeProps {
  edition: string;
  name: string;
  made: RegisteredDevice;
  onAnother(): void;
}

/** The code to be read by the scanner; it knows by itself when that has happened. */
function Code({ edition, name, made, onAnother }: CodeProps) {
  const { t, language } = useWords();
  const { data } = useQuery({ ...devicesQuery(edition), refetchInterval: 2_000 });
  const paired = data?.devices.some(({ id, state }) => id === made.deviceId && state === 'paired');
  return (
    <div className={ui.stack}>
      <h2>{paired ? t('door.is-paired', { name }) : t('door.show-code')}</h2>
      {paired ? (
        <Notice tone="ok" title={t('door.is-paired-how')} />
      ) : (
        <>
          <div className={styles.code}>
            <QrCode text={`${location.origin}/scanner#pair=${made.pairingCode}`} label={t('door.pairing-code')} />
          </div>
          <p className={`${styles.typed} tabular`} data-pairing-code={made.pairingCode}>
            {made.pairingCode.replaceAll(/(.{4})(?=.)/g, '$1 ')}
          </p>
          <Notice title={t('door.once', { time: formatShortDayTime(new Date(made.expiresAt), HERE, language) })}>
            <p>{t('door.open-there', { address: `${location.host}/scanner` })}</p>
          </Notice>
        </>
      )}
      <Button kind="outline" onClick={onAnother}>
        {t('door.another')}
      </Button>
    </div>
  );
}
