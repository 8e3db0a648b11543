import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { EditionView, ShiftRow } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { approvalsQuery, decideApproval } from '../../api/counter-sales.api';
import { shiftsQuery } from '../../api/counter-shifts.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { DataTable, Trouble } from '../../ui/data-table';
import { PageHead } from '../../ui/overlays';
import { Button, StateWord, ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './counter.module.css';
import { LeaseOffice } from './leases/lease-office';
import { useNames, useTold } from './told';

const TONE = { open: 'info', closed: 'warning', signed: 'ok' } as const;

/** The counter as a house manager sees it: who asks for a word, which shifts are open, which wait for a signature. */
export function OfficePage({ edition }: { edition: EditionView }) {
  const { t } = useWords();
  useTitle(t('counter.office'));
  const { time, dayTime } = useTold();
  const { may } = useSession();
  const { data: shifts, error, refetch } = useQuery(shiftsQuery(edition.id));
  const nameOf = useNames(shifts?.map((row) => row.clerk) ?? []);
  return (
    <div className={styles.page}>
      <PageHead title={t('counter.office')} lead={t('counter.office-lead')} />
      {may('house-manager') && <Approvals editionId={edition.id} />}
      <LeaseOffice editionId={edition.id} zone={edition.timezone} releases={may('house-manager')} />
      <section className={ui.stack} aria-labelledby="shifts">
        <h2 id="shifts">{t('counter.shifts')}</h2>
        <DataTable<ShiftRow>
          caption={t('counter.shifts')}
          rows={shifts}
          error={error}
          onRetry={() => void refetch()}
          rowId={(row) => row.id}
          empty={{ title: t('counter.no-shifts') }}
          columns={[
            {
              id: 'till',
              title: t('counter.till-head'),
              cell: (row) => (
                <>
                  {row.state === 'open' ? (
                    <strong>{t('counter.till', { till: row.till })}</strong>
                  ) : (
                    <Link to={`/counter/shifts/${row.id}`}>
                      <strong>{t('counter.till', { till: row.till })}</strong>
                    </Link>
                  )}
                  <br />
                  <span className="small quiet">{nameOf(row.clerk)}</span>
                </>
              ),
            },
            {
              id: 'time',
              title: t('counter.time'),
              cell: (row) => `${dayTime(row.openedAt)}${row.closedAt ? ` – ${time(row.closedAt)}` : ''}`,
            },
            { id: 'sales', title: t('counter.f-sales'), cell: (row) => row.sales },
            {
              id: 'difference',
              title: t('counter.difference'),
              cell: (row) => (row.difference ? formatMoney(row.difference) : '–'),
            },
            {
              id: 'state',
              title: t('counter.state'),
              cell: (row) => <StateWord tone={TONE[row.state]}>{t(`counter.shift-${row.state}`)}</StateWord>,
            },
          ]}
        />
      </section>
    </div>
  );
}

function Approvals({ editionId }: { editionId: string }) {
  const { t, count } = useWords();
  const { time } = useTold();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(approvalsQuery(editionId));
  const decide = useMutation({
    mutationFn: ({ id, approve }: { id: string; approve: boolean }) => decideApproval(id, approve),
    onSettled: () => client.invalidateQueries({ queryKey: approvalsQuery(editionId).queryKey }),
  });
  const nameOf = useNames(data?.map((one) => one.clerk) ?? []);
  const asked = data?.filter((one) => one.state === 'asked') ?? [];
  return (
    <section className={ui.stack} aria-labelledby="approvals">
      <h2 id="approvals">{t('counter.approvals')}</h2>
      {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
      {data && asked.length === 0 && <p className="quiet">{t('counter.no-approvals')}</p>}
      <ul className={styles.rows}>
        {asked.map((one) => (
          <li key={one.id}>
            <span className="tabular quiet">{time(one.askedAt)}</span>
            <span>
              <strong>{count('counter.wants-free', one.seats)}</strong>
              <br />
              <span className="small">
                {t('counter.till', { till: one.till })}, {nameOf(one.clerk)}. {one.reason}
              </span>
            </span>
            <span className={styles.row}>
              <Button busy={decide.isPending} onClick={() => decide.mutate({ id: one.id, approve: true })}>
                {t('counter.approve')}
              </Button>
              <Button
                kind="outline"
                busy={decide.isPending}
                onClick={() => decide.mutate({ id: one.id, approve: false })}
              >
                {t('counter.refuse')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {decide.error && <Trouble error={decide.error} />}
    </section>
  );
}
