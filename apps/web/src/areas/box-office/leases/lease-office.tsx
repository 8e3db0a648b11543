import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { LeaseConflict, LeaseRow } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { leaseConflictsQuery, leasesQuery, releaseLease, settleLeaseConflict } from '../../../api/counter-leases.api';
import { useWords } from '../../../i18n';
import { DataTable, Trouble } from '../../../ui/data-table';
import { Button, StateWord, ui } from '../../../ui/parts';
import styles from '../counter.module.css';
import { ReasonDialog } from '../reason-dialog';
import { useNames, useTold } from '../told';

const TONE = { open: 'ok', revoked: 'warning', returned: 'info', released: 'info', cancelled: 'info' } as const;

/** What counters hold without a line: who has not come back, and what was sold that could not be booked. */
export function LeaseOffice({ editionId, zone, releases }: { editionId: string; zone: string; releases: boolean }) {
  const { t, language } = useWords();
  const { dayTime } = useTold();
  const client = useQueryClient();
  const { data: leases, error, refetch } = useQuery(leasesQuery(editionId));
  const nameOf = useNames(leases?.map((row) => row.clerk) ?? []);
  const release = useMutation({
    mutationFn: releaseLease,
    onSettled: () => client.invalidateQueries({ queryKey: leasesQuery(editionId).queryKey }),
  });
  return (
    <section className={ui.stack} aria-labelledby="leases">
      <h2 id="leases">{t('lease.office')}</h2>
      <Conflicts editionId={editionId} zone={zone} />
      {release.error && <Trouble error={release.error} />}
      <DataTable<LeaseRow>
        caption={t('lease.office')}
        rows={leases}
        error={error}
        onRetry={() => void refetch()}
        rowId={(row) => row.id}
        empty={{ title: t('lease.office-none') }}
        columns={[
          {
            id: 'till',
            title: t('counter.till-head'),
            cell: (row) => (
              <>
                <strong>{t('counter.till', { till: row.till })}</strong>
                <br />
                <span className="small quiet">{nameOf(row.clerk)}</span>
              </>
            ),
          },
          {
            id: 'screening',
            title: t('lease.screening'),
            cell: (row) => (
              <>
                {row.title[language]}
                <br />
                <span className="small quiet">{formatShortDayTime(new Date(row.startsAt), zone, language)}</span>
              </>
            ),
          },
          { id: 'sold', title: t('lease.sold-of'), cell: (row) => `${row.sold} / ${row.seats}` },
          { id: 'heard', title: t('lease.heard'), cell: (row) => dayTime(row.heardAt) },
          {
            id: 'state',
            title: t('counter.state'),
            cell: (row) => (
              <span className={styles.row}>
                <StateWord tone={TONE[row.state]}>{t(`lease.state-${row.state}`)}</StateWord>
                {releases && row.state === 'revoked' && (
                  <Button kind="outline" busy={release.isPending} onClick={() => release.mutate(row.id)}>
                    {t('lease.release')}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}

function Conflicts({ editionId, zone }: { editionId: string; zone: string }) {
  const { t, language } = useWords();
  const { dayTime } = useTold();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(leaseConflictsQuery(editionId));
  const [open, setOpen] = useState<LeaseConflict>();
  const settle = useMutation({
    mutationFn: (note: string) => settleLeaseConflict(open!.id, note),
    onSuccess: async () => {
      setOpen(undefined);
      await client.invalidateQueries({ queryKey: leaseConflictsQuery(editionId).queryKey });
    },
  });
  const unsettled = data?.filter((one) => !one.settledAt) ?? [];
  return (
    <>
      {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
      <ul className={styles.rows} aria-label={t('lease.conflicts')}>
        {unsettled.map((one) => (
          <li key={one.id}>
            <span className="tabular quiet">{dayTime(one.soldAt)}</span>
            <span>
              <StateWord tone="error">{t(`lease.conflict-${one.reason}`)}</StateWord>
              <br />
              <strong>{one.title[language]}</strong>, {formatShortDayTime(new Date(one.startsAt), zone, language)}
              <br />
              <span className="small">
                {t('counter.till', { till: one.till })}.{' '}
                {one.seats.map(({ row, seat }) => t('counter.seat', { row, seat })).join(' · ')}.{' '}
                {one.total.amount > 0 &&
                  `${formatMoney(one.total)}, ${t(one.inDrawer ? 'lease.in-drawer' : 'lease.not-in-drawer')}.`}
              </span>
            </span>
            <Button kind="outline" onClick={() => setOpen(one)}>
              {t('lease.settle')}
            </Button>
          </li>
        ))}
      </ul>
      <ReasonDialog
        key={open?.id}
        open={open !== undefined}
        title={t('lease.settle')}
        lead={t('lease.settle-lead')}
        verb={t('lease.settle')}
        busy={settle.isPending}
        error={settle.error}
        onDo={(note) => settle.mutate(note)}
        onClose={() => {
          setOpen(undefined);
          settle.reset();
        }}
      />
    </>
  );
}
