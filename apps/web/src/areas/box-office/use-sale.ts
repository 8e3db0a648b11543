import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { BackToBuyer, CounterPayment, CounterSale, PayAgain } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import {
  exchangeTickets,
  giveUpSale,
  payAgain,
  readSale,
  salesOfShiftQuery,
  sell,
  toldPrinted,
} from '../../api/counter-sales.api';
import { useWords } from '../../i18n';
import { type BegunExchange, exchange } from './kept-exchange';
import { exchangeOf, type KeptSale, keepSale, keptSale, type SentSale, saleOf, useKeptSale } from './kept-sale';
import { afterwards, NO_SALE, type SaleStanding, settles } from './sale.rules';

/** The terminal is asked this often while it works, and while nobody can say what it did. */
const ASK_MS = { terminal: 1_000, unknown: 4_000 };

/** Where a sale stands that this device finds in its storage. */
function standingOf(sale: KeptSale | undefined): SaleStanding {
  if (!sale) return NO_SALE;
  return sale.sent ? { step: 'paying', ordered: sale.orderId !== undefined } : { step: 'picking', ordered: false };
}

/** The same deed under the same key, as long as its answer is not known. */
async function ask(sent: SentSale, sale: KeptSale): Promise<{ told: CounterSale; back?: BackToBuyer }> {
  if (sale.again && sale.orderId) return { told: await payAgain(sale.orderId, sale.again.body, sale.again.key) };
  if (sale.orderId) return { told: await readSale(sale.orderId) };
  if (sent.exchangeOf === undefined) return { told: await sell(sent.body, sent.key) };
  const { sale: told, cashBack: cash, otherwise } = await exchangeTickets(sent.exchangeOf, sent.body, sent.key);
  return { told, back: { cash, otherwise } };
}

/** One sale from its seats to its papers: what is sent is kept first, what is unanswered is asked again, what is done was said. */
export function useSale(shiftId: string) {
  const { language } = useWords();
  const client = useQueryClient();
  const kept = useKeptSale(shiftId);
  const [standing, tell] = useReducer(afterwards, kept, standingOf);
  const [sale, setSale] = useState<CounterSale>();
  const [trouble, setTrouble] = useState<Error>();
  const asking = useRef(false);
  const { step } = standing;

  const heard = useCallback(
    (told: CounterSale, back?: BackToBuyer) => {
      const now = keptSale(shiftId);
      const over = told.state === 'given-up' || told.state === 'voided';
      if (over) keepSale(shiftId, null);
      else if (now) keepSale(shiftId, { ...now, orderId: told.id, again: undefined, ...(back && { back }) });
      setSale(over ? undefined : told);
      setTrouble(undefined);
      tell({ type: 'told', state: told.state });
      void client.invalidateQueries({ queryKey: salesOfShiftQuery(shiftId).queryKey });
      void client.invalidateQueries({ queryKey: ['seats'] });
    },
    [client, shiftId],
  );

  /** Asks for the kept sale; one question at a time. */
  const askNow = useCallback(async () => {
    const now = keptSale(shiftId);
    if (!now?.sent || asking.current) return;
    asking.current = true;
    const unansweredBefore = (now.again ?? now.sent).unanswered;
    try {
      const { told, back } = await ask(now.sent, now);
      heard(told, back);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      if ((now.again || !now.orderId) && settles(problem, unansweredBefore)) {
        keepSale(shiftId, { ...now, again: undefined, ...(!now.orderId && { sent: undefined }) });
        tell({ type: 'refused' });
      } else {
        const mark = { unanswered: true };
        keepSale(shiftId, {
          ...now,
          sent: { ...now.sent, ...mark },
          ...(now.again && { again: { ...now.again, ...mark } }),
        });
        tell({ type: 'unanswered' });
      }
      setTrouble(error as Error);
    } finally {
      asking.current = false;
    }
  }, [heard, shiftId]);

  // A sale that was found again is asked for at once; a working terminal and an unknown answer again and again.
  useEffect(() => {
    if (step === 'paying') void askNow();
    if (step !== 'terminal' && step !== 'unknown') return;
    const timer = setInterval(() => void askNow(), ASK_MS[step]);
    return () => clearInterval(timer);
  }, [step, askNow]);

  function send(sent: Pick<KeptSale, 'sent' | 'again'>) {
    const now = keptSale(shiftId);
    if (!now) return;
    keepSale(shiftId, { ...now, ...sent });
    setTrouble(undefined);
    tell({ type: 'sent' });
  }
  const finished = (type: 'printed' | 'left') => {
    if (kept?.sent?.exchangeOf) exchange.end(shiftId);
    keepSale(shiftId, null);
    setSale(undefined);
    setTrouble(undefined);
    tell({ type });
  };

  return {
    kept,
    sale,
    step,
    ordered: standing.ordered,
    trouble,
    tell,
    askNow,
    /** @param total what the clerk told the buyer, before the rounding of cash */
    pay(payment: CounterPayment, total: number) {
      const now = keptSale(shiftId);
      if (now) send({ sent: { key: newId(), body: saleOf(now, payment, total, language), unanswered: false } });
    },
    /** @param total the difference that the clerk told the buyer */
    exchange(begun: BegunExchange, payment: PayAgain['payment'], total: number) {
      const now = keptSale(shiftId);
      if (!now) return;
      const body = exchangeOf(now, begun, payment, total);
      send({ sent: { key: newId(), body, unanswered: false, exchangeOf: begun.orderId } });
    },
    payOtherwise: (payment: PayAgain['payment']) =>
      send({ again: { key: newId(), body: { payment }, unanswered: false } }),
    async giveUp() {
      const id = keptSale(shiftId)?.orderId;
      if (!id) return;
      try {
        heard(await giveUpSale(id));
      } catch (error) {
        setTrouble(error as Error);
      }
    },
    /** The clerk has the papers in hand; until the service heard it they count as not printed. */
    async printed() {
      if (!sale) return;
      const tickets = sale.tickets.filter((one) => one.state === 'live' && !one.printed).map((one) => one.id);
      try {
        if (tickets.length > 0) await toldPrinted(sale.id, { shiftId, tickets });
        finished('printed');
      } catch (error) {
        setTrouble(error as Error);
      }
      void client.invalidateQueries({ queryKey: salesOfShiftQuery(shiftId).queryKey });
    },
    leave: () => finished('left'),
  };
}
export type SaleDeeds = ReturnType<typeof useSale>;
