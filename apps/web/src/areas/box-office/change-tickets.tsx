import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { OrderAtDesk, ReturnedAtCounter, Shift } from '#libs/contracts';
import { formatMoney, formatShortDayTime, minorUnits } from '#libs/kernel';
import { returnAtCounter } from '../../api/counter-sales.api';
import { deskOrderQuery } from '../../api/sales-office.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { CheckBox } from '../../ui/fields';
import { Button, Field, Notice, ui } from '../../ui/parts';
import { Cap } from './cap';
import styles from './counter.module.css';
import { CounterButton } from './counter-button';
import { exchange } from './kept-exchange';
import { useKeptSale } from './kept-sale';
import { useKeys } from './keys';
import { NUMBERED } from './keys.rules';
import { ReasonDialog } from './reason-dialog';
import type { Papers } from './use-papers';

interface Props {
  order: OrderAtDesk;
  shift: Shift;
  zone: string;
  papers: Papers;
  onSearch(): void;
}

/** Tickets of an order are chosen by number, and given back or exchanged for other seats. */
export function ChangeTickets({ order, shift, zone, papers, onSearch }: Props) {
  const { t, language, count } = useWords();
  const navigate = useNavigate();
  const underWay = useKeptSale(shift.id) !== undefined;
  const client = useQueryClient();
  const [chosen, setChosen] = useState<number[]>([]);
  const [kept, setKept] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState<ReturnedAtCounter>();
  const surely = useSureDeed<ReturnedAtCounter>();
  const lines = order.lines.filter((line) => line.fee !== null);
  const picked = lines.filter(({ line }) => chosen.includes(line));
  const worth = picked.reduce((sum, line) => sum + line.price.amount, 0);
  const usual = picked.reduce((sum, line) => sum + (line.fee?.amount ?? 0), 0);
  const keptFee = kept === undefined ? usual : minorUnits(kept.replace(',', '.').replaceAll(/\s/g, '') || '0');
  const valid = keptFee !== undefined && keptFee <= worth;
  const money = (amount: number) => formatMoney({ amount, currency: order.total.currency });
  const back = useMutation({
    mutationFn: (reason: string) =>
      surely((key) =>
        returnAtCounter(order.id, { shiftId: shift.id, lines: chosen, keptFee: keptFee ?? 0, reason }, key),
      ),
    onSuccess: (answer) => {
      setTold(answer);
      setAsking(false);
      setChosen([]);
      setKept(undefined);
      void client.invalidateQueries({ queryKey: ['counter'] });
      void client.invalidateQueries({ queryKey: deskOrderQuery(order.id).queryKey });
    },
  });
  const toggle = (line: number) =>
    setChosen((now) => (now.includes(line) ? now.filter((one) => one !== line) : [...now, line]));
  const swapped = picked.length > 0 ? picked : lines;
  function swap() {
    if (swapped.length === 0 || underWay) return;
    exchange.begin(shift.id, { orderId: order.id, number: order.number, tickets: swapped });
    void navigate('/counter');
  }
  // The keys of the page begin where nothing has the focus.
  useEffect(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }, []);
  useKeys('order', (deed) => {
    if (deed.do === 'search') onSearch();
    else if (deed.do === 'exchange') swap();
    else if (deed.do === 'print') papers.print();
    else if (deed.do === 'printed') papers.printed();
    else if (deed.do === 'ticket' && lines[deed.n]) toggle(lines[deed.n]!.line);
  });
  return (
    <section className={ui.stack} aria-labelledby="back">
      <h3 id="back">{t('counter.change-tickets')}</h3>
      {told && (
        <Notice tone="ok" title={t('counter.given-back')}>
          {told.cashBack.amount > 0 && (
            <p className={`${styles.cashBack} tabular`}>
              {t('counter.hand-over', { sum: formatMoney(told.cashBack) })}
            </p>
          )}
          {told.otherwise.amount > 0 && <p>{t('counter.goes-back', { sum: formatMoney(told.otherwise) })}</p>}
        </Notice>
      )}
      {lines.length === 0 && <p className="quiet">{t('counter.nothing-to-return')}</p>}
      {lines.map((line, n) => (
        <CheckBox
          key={line.line}
          checked={chosen.includes(line.line)}
          hint={`${line.title[language]}, ${formatShortDayTime(new Date(line.startsAt), zone, language)} · ${money(line.price.amount)}`}
          onChange={() => toggle(line.line)}
        >
          {t('counter.seat', { row: line.row, seat: line.seat })} {n < NUMBERED && <Cap>{String(n + 1)}</Cap>}
        </CheckBox>
      ))}
      {lines.length > 0 && (
        <>
          {underWay && <Notice tone="warning" title={t('counter.sale-under-way')} />}
          <CounterButton icon="swap" cap="X" look="strong" busy={underWay} onClick={swap}>
            {count('counter.exchange-n', swapped.length)}
          </CounterButton>
        </>
      )}
      {picked.length > 0 && (
        <>
          <Field
            label={t('counter.kept-fee')}
            hint={t('counter.kept-fee-hint', { sum: money(usual) })}
            inputMode="decimal"
            value={kept ?? String(usual / 100)}
            onChange={(event) => setKept(event.target.value)}
            {...(!valid && { error: t('counter.sum-wrong') })}
          />
          <Button kind="outline" busy={!valid} onClick={() => setAsking(true)}>
            {count('counter.return-n', picked.length, { sum: money(worth - (keptFee ?? 0)) })}
          </Button>
        </>
      )}
      <ReasonDialog
        open={asking}
        title={t('counter.give-back')}
        lead={t('counter.give-back-lead', { sum: money(worth - (keptFee ?? 0)) })}
        verb={t('counter.give-back-do')}
        busy={back.isPending}
        error={back.error}
        onDo={(reason) => back.mutate(reason)}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
