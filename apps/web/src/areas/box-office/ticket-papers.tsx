import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CounterTicket, WillCall } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { orderAtCounterQuery, reprint, salesOfShiftQuery, toldPrinted } from '../../api/counter-sales.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Icon } from '../../ui/icon';
import { Button, StateWord } from '../../ui/parts';
import styles from './counter.module.css';
import { ReasonDialog } from './reason-dialog';
import { usePrinter } from './use-printer';

interface Props {
  shiftId: string;
  zone: string;
  orderId: string;
  tickets: CounterTicket[];
}

/** The tickets of one order: which have a paper, printing, and a new paper whose old code dies. */
export function TicketPapers({ shiftId, zone, orderId, tickets }: Props) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const printer = usePrinter();
  const [again, setAgain] = useState<CounterTicket>();
  const surely = useSureDeed<WillCall>();
  const waiting = tickets.filter((one) => one.state === 'live' && !one.printed).map((one) => one.id);
  const settled = (order: WillCall) => {
    client.setQueryData(orderAtCounterQuery(orderId).queryKey, order);
    void client.invalidateQueries({ queryKey: salesOfShiftQuery(shiftId).queryKey });
  };
  const told = useMutation({
    mutationFn: () => toldPrinted(orderId, { shiftId, tickets: waiting }),
    onSuccess: settled,
  });
  const remade = useMutation({
    mutationFn: (reason: string) => surely((key) => reprint(again!.id, { shiftId, reason }, key)),
    onSuccess: (order) => {
      settled(order);
      setAgain(undefined);
      const fresh = order.tickets.filter((one) => one.state === 'live' && !one.printed).map((one) => one.id);
      printer.print(orderId, fresh);
    },
  });
  return (
    <>
      <ul className={styles.tickets}>
        {tickets.map((one) => (
          <li key={one.id} data-ended={one.state === 'ended' || undefined}>
            <Icon name="ticket" />
            <span>
              <strong>{t('counter.seat', { row: one.row, seat: one.seat })}</strong>{' '}
              <span className="small quiet">
                {one.title[language]}, {formatShortDayTime(new Date(one.startsAt), zone, language)} · {one.shortCode}
              </span>
            </span>
            {one.state === 'live' ? (
              <StateWord tone={one.printed ? 'ok' : 'warning'}>
                {one.printed ? t('counter.is-on-paper') : t('counter.not-on-paper')}
              </StateWord>
            ) : (
              <StateWord tone="info">{t(`counter.ticket-${one.state}`)}</StateWord>
            )}
            {one.state === 'live' && one.printed && (
              <Button kind="quiet" onClick={() => setAgain(one)}>
                {t('counter.reprint')}
                <span className="visually-hidden">: {t('counter.seat', { row: one.row, seat: one.seat })}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {waiting.length > 0 && (
        <div className={styles.row}>
          <Button onClick={() => printer.print(orderId, waiting)}>
            <Icon name="print" /> {count('counter.print-n', waiting.length)}
          </Button>
          <Button kind="outline" busy={told.isPending} onClick={() => told.mutate()}>
            {t('counter.printed')}
          </Button>
        </div>
      )}
      {told.error && <Trouble error={told.error} />}
      <ReasonDialog
        key={again?.id}
        open={again !== undefined}
        title={t('counter.reprint')}
        lead={again && t('counter.reprint-lead', { row: again.row, seat: again.seat })}
        verb={t('counter.reprint-do')}
        busy={remade.isPending}
        error={remade.error}
        onDo={(reason) => remade.mutate(reason)}
        onClose={() => {
          setAgain(undefined);
          remade.reset();
        }}
      />
      {printer.frame}
    </>
  );
}
