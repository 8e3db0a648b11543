import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CounterSale, Shift } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { readSale, salesOfShiftQuery, voidSale } from '../../api/counter-sales.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Button, Empty, StateWord, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './counter.module.css';
import { useKeys } from './keys';
import { ReasonDialog } from './reason-dialog';
import { TicketPapers } from './ticket-papers';
import { useTold } from './told';
import { PaperChoice } from './wait-panes';

const TONE = {
  done: 'ok',
  voided: 'info',
  'given-up': 'info',
  paying: 'warning',
  unknown: 'error',
  declined: 'warning',
  returning: 'warning',
} as const;

/** What this shift has sold: what lacks its papers first, the last sale with its way back. */
export function SalesPage({ shift, zone }: { shift: Shift; zone: string }) {
  const { t } = useWords();
  const { time } = useTold();
  useTitle(t('counter.sales'));
  useKeys('elsewhere', () => undefined);
  const { data: sales, error, refetch } = useQuery(salesOfShiftQuery(shift.id));
  const [taking, setTaking] = useState<CounterSale>();
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: (reason: string) => voidSale(taking!.id, reason),
    onSuccess: () => {
      setTaking(undefined);
      void client.invalidateQueries({ queryKey: ['counter'] });
    },
  });
  if (error && !sales)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!sales) return <Waiting label={t('app.loading')} />;
  const cash = taking?.by === 'cash';
  return (
    <div className={styles.page}>
      <header className={styles.pageHead}>
        <h1>{t('counter.sales')}</h1>
        <PaperChoice />
      </header>
      {sales.length === 0 && (
        <Empty title={t('counter.no-sales')}>
          <Link to="/counter">{t('counter.to-sell')}</Link>
        </Empty>
      )}
      <ul className={styles.sales}>
        {sales.map((sale) => (
          <li key={sale.id} aria-label={sale.number}>
            <header className={styles.saleHead}>
              <span className="tabular quiet">{time(sale.madeAt)}</span>
              <strong>{sale.number}</strong>
              <span>
                {t(`counter.by-${sale.by}`)}
                {sale.buyerName && `, ${sale.buyerName}`}
                {sale.reason && `: ${sale.reason}`}
              </span>
              <StateWord tone={TONE[sale.state]}>{t(`counter.is-${sale.state}`)}</StateWord>
              <strong className="tabular">{formatMoney(sale.total)}</strong>
            </header>
            {sale.tickets.length > 0 && (
              <TicketPapers shiftId={shift.id} zone={zone} orderId={sale.id} tickets={sale.tickets} />
            )}
            <Verbs sale={sale} onVoid={() => setTaking(sale)} />
          </li>
        ))}
      </ul>
      <ReasonDialog
        key={taking?.id}
        open={taking !== undefined}
        title={t('counter.void')}
        lead={
          taking &&
          (cash
            ? t('counter.void-cash', { number: taking.number, sum: formatMoney(taking.total) })
            : t('counter.void-lead', { number: taking.number, sum: formatMoney(taking.total) }))
        }
        verb={t('counter.void-do')}
        busy={back.isPending}
        error={back.error}
        onDo={(reason) => back.mutate(reason)}
        onClose={() => {
          setTaking(undefined);
          back.reset();
        }}
      />
    </div>
  );
}

/** What may still be done with a sale: take it back, ask the terminal, give tickets back one by one. */
function Verbs({ sale, onVoid }: { sale: CounterSale; onVoid(): void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const ask = useMutation({
    mutationFn: () => readSale(sale.id),
    onSettled: () => client.invalidateQueries({ queryKey: salesOfShiftQuery(sale.shiftId).queryKey }),
  });
  return (
    <div className={styles.row}>
      {sale.voidUntil && Date.parse(sale.voidUntil) > Date.now() && (
        <Button kind="outline" onClick={onVoid}>
          {t('counter.void')}
        </Button>
      )}
      {(sale.state === 'unknown' || sale.state === 'paying') && (
        <Button kind="outline" busy={ask.isPending} onClick={() => ask.mutate()}>
          {t('counter.ask-again')}
        </Button>
      )}
      {sale.state === 'done' && <Link to={`/counter/orders/${sale.id}`}>{t('counter.change-tickets')}</Link>}
      {ask.error && <Trouble error={ask.error} />}
    </div>
  );
}
