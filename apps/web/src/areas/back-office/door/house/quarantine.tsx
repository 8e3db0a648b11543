import { useQuery } from '@tanstack/react-query';
import type { HousePage, QuarantinedScans } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { quarantineQuery } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../../ui/data-table';
import { StateWord, Waiting } from '../../../../ui/parts';
import styles from './house.module.css';

type Scan = QuarantinedScans['scans'][number];

/** What revoked devices still told: each scan with its hour and device, so that a person can look into it. */
export function Quarantine({ house }: { house: HousePage }) {
  const { t, count } = useWords();
  const { id, timezone } = house.screening;
  const { data, error, refetch } = useQuery(quarantineQuery(id, house.quarantined));
  const columns: Column<Scan>[] = [
    {
      id: 'at',
      title: t('house.scanned'),
      names: true,
      cell: ({ at }) => (
        <time dateTime={at} className="tabular">
          {venueTime(new Date(at), timezone)}
        </time>
      ),
    },
    {
      id: 'device',
      title: t('house.device'),
      cell: ({ device, gate }) => <TwoLines first={device} second={t('house.at-gate', { gate })} />,
    },
    {
      id: 'code',
      title: t('house.code'),
      cell: ({ last4 }) => (last4 === null ? t('house.code-unread') : t('house.ends-in', { last4 })),
    },
    {
      id: 'said',
      title: t('house.device-said'),
      cell: ({ admitted, direction, undone }) => (
        <StateWord tone={admitted && !undone ? 'warning' : 'info'}>
          {t(`house.said-${undone ? 'undone' : admitted ? direction : 'refused'}`)}
        </StateWord>
      ),
    },
  ];
  return (
    <section className={styles.part} aria-labelledby="quarantine">
      <h2 id="quarantine">{count('house.n-quarantined', house.quarantined)}</h2>
      <p>{t('house.quarantined-how')}</p>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting label={t('app.loading')} rows={3} />}
      {data && (
        <DataTable
          caption={t('house.quarantine')}
          columns={columns}
          rows={data.scans}
          rowId={({ scanId }) => scanId}
          empty={{ title: t('house.quarantine-none') }}
        />
      )}
      {data && data.total > data.scans.length && (
        <p className="quiet">{t('house.quarantine-more', { shown: data.scans.length, total: data.total })}</p>
      )}
    </section>
  );
}
