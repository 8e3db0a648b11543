import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { DeviceList } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { devicesQuery, revokeDevice } from '../../../api/house.api';
import { registerDevice } from '../../../api/tickets.api';
import { useWords } from '../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { ConfirmDialog, ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, buttonClass, Field, Notice, StateWord, ui } from '../../../ui/parts';
import { QrCode } from '../../../ui/qr';
import { useTitle } from '../../../ui/use-title';
import { HERE } from '../here';
import { useEdition } from '../use-edition';
import styles from './door.module.css';

type Device = DeviceList['devices'][number];
const TONE = { paired: 'ok', registered: 'warning', revoked: 'error' } as const;

/** Scanners: paired by a code that is shown once, seen or not seen, and dead at once when they are lost. */
export default function DoorSection() {
  const { t, language } = useWords();
  useTitle(t('office.door'));
  const client = useQueryClient();
  const { id: edition } = useEdition();
  const [pairing, setPairing] = useState(false);
  const [lost, setLost] = useState<Device | null>(null);
  const query = devicesQuery(edition);
  const { data, error, refetch } = useQuery({ ...query, enabled: edition !== '' });
  const revoke = useMutation({
    mutationFn: (id: string) => revokeDevice(id),
    onSuccess: () => {
      setLost(null);
      return client.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  const columns: Column<Device>[] = [
    {
      id: 'name',
      title: t('door.device'),
      names: true,
      cell: (one) => <TwoLines first={one.name} second={t('door.gate', { gate: one.gate })} />,
    },
    {
      id: 'state',
      title: t('door.state'),
      cell: (one) => <StateWord tone={TONE[one.state]}>{t(`door.state-${one.state}`)}</StateWord>,
    },
    {
      id: 'seen',
      title: t('door.seen'),
      cell: (one) => (one.seenAt ? formatShortDayTime(new Date(one.seenAt), HERE, language) : t('door.never')),
    },
    { id: 'scans', title: t('door.scans'), figures: true, cell: (one) => one.scans },
    {
      id: 'verbs',
      title: '',
      cell: (one) =>
        one.state !== 'revoked' && (
          <Button kind="quiet" aria-label={t('door.revoke-one', { name: one.name })} onClick={() => setLost(one)}>
            {t('door.revoke')}
          </Button>
        ),
    },
  ];
  return (
    <ListAndPanel
      label={t('door.pair')}
      onBack={() => setPairing(false)}
      panel={pairing ? <Pairing edition={edition} /> : null}
      list={
        <>
          <PageHead title={t('office.door')} lead={t('door.lead')}>
            <Button onClick={() => setPairing(true)}>
              <Icon name="scan" /> {t('door.pair')}
            </Button>
            <Link className={buttonClass('outline')} to="/scan">
              {t('door.open-scanner')}
            </Link>
          </PageHead>
          <DataTable
            caption={t('office.door')}
            columns={columns}
            rows={data?.devices}
            rowId={(one) => one.id}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('door.none') }}
          />
          {revoke.error && <Trouble error={revoke.error} />}
          <ConfirmDialog
            open={lost !== null}
            title={t('door.revoke-title', { name: lost?.name ?? '' })}
            verb={t('door.revoke')}
            busy={revoke.isPending}
            onConfirm={() => lost && revoke.mutate(lost.id)}
            onClose={() => setLost(null)}
          >
            <p>{t('door.revoke-lead')}</p>
          </ConfirmDialog>
        </>
      }
    />
  );
}

function Pairing({ edition }: { edition: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [gate, setGate] = useState('');
  const register = useMutation({
    mutationFn: () => registerDevice({ editionId: edition, name: name.trim(), gate: gate.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['devices'] }),
  });
  const made = register.data;
  if (made)
    return (
      <div className={ui.stack}>
        <h2>{t('door.show-code')}</h2>
        <div className={styles.code}>
          <QrCode text={`${location.origin}/scan#${made.pairingCode}`} label={t('door.pairing-code')} />
        </div>
        <p className={`${styles.typed} tabular`}>{made.pairingCode}</p>
        <Notice title={t('door.once', { time: formatShortDayTime(new Date(made.expiresAt), HERE, language) })} />
        <Button kind="outline" onClick={() => register.reset()}>
          {t('door.another')}
        </Button>
      </div>
    );
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        register.mutate();
      }}
    >
      <h2>{t('door.pair')}</h2>
      <Field
        label={t('door.name')}
        hint={t('door.name-hint')}
        value={name}
        required
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('door.gate-name')}
        value={gate}
        required
        maxLength={40}
        onChange={(event) => setGate(event.target.value)}
      />
      {register.error && <Trouble error={register.error} />}
      <Button type="submit" busy={register.isPending}>
        {t('door.make-code')}
      </Button>
    </form>
  );
}
