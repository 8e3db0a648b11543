import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CounterTicket, WillCall } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { reprint } from '../../api/counter-sales.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Icon } from '../../ui/icon';
import { Button, StateWord } from '../../ui/parts';
import { Cap } from './cap';
import styles from './counter.module.css';
import { ReasonDialog } from './reason-dialog';
import { type Papers, usePapers } from './use-papers';

interface Props {
  shiftId: string;
  zone: string;
  orderId: string;
  tickets: CounterTicket[];
}

/** The tickets of one order among others. */
export function TicketPapers(props: Props) {
  const papers = usePapers(props.shiftId, props.orderId, props.tickets);
  return <TicketList {...props} papers={papers} />;
}

interface TicketListProps extends Omit<Props, 'orderId'> {
  papers: Papers;
  /** Its keys stand on its buttons. */
  keyed?: boolean;
}

/** The tickets of one order: which have a paper, printing, and a new paper whose old code dies. */
export function TicketList({ shiftId, zone, tickets, papers, keyed }: TicketListProps) {
  const { t, language, count } = useWords();
  const [again, setAgain] = useState<CounterTicket>();
  const surely = useSureDeed<WillCall>();
  const { waiting } = papers;
  const remade = useMutation({
    mutationFn: (reason: string) => surely((key) => reprint(again!.id, { shiftId, reason }, key)),
    onSuccess: (order) => {
      papers.settled(order);
      setAgain(undefined);
      const fresh = order.tickets.filter((one) => one.state === 'live' && !one.printed).map((one) => one.id);
      papers.print(fresh);
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
          <Button onClick={() => papers.print()}>
            <Icon name="print" /> {count('counter.print-n', waiting.length)} {keyed && <Cap>P</Cap>}
          </Button>
          <Button kind="outline" busy={papers.telling} onClick={papers.printed}>
            {t('counter.printed')} {keyed && <Cap>Enter</Cap>}
          </Button>
        </div>
      )}
      {papers.error && <Trouble error={papers.error} />}
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
      {papers.frame}
    </>
  );
}
