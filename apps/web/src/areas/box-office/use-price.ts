import { useQuery } from '@tanstack/react-query';
import type { CounterQuote, Problem } from '#libs/contracts';
import { ApiProblem } from '../../api/client';
import { counterPriceQuery } from '../../api/counter-sales.api';
import type { BegunExchange } from './kept-exchange';
import type { KeptSale } from './kept-sale';

export interface Price {
  quote: CounterQuote | undefined;
  /** The price of exactly what is chosen now: only that may be told to a buyer. */
  settled: boolean;
  promoRefused?: Partial<Problem>;
  error: Error | null;
}

/** As many seats as tickets that they replace. */
export const isEven = (begun: BegunExchange, kept: KeptSale) => begun.tickets.length === kept.hold.seats.length;

/**
 * What the held seats cost, by card and in cash; of an exchange the difference, once there are as many seats as tickets.
 * A promo code that was refused hides no price.
 */
export function usePrice(shiftId: string, kept: KeptSale | undefined, begun: BegunExchange | undefined): Price {
  const kinds = Object.entries(kept?.kinds ?? {}).map(([seatId, kind]) => ({
    screeningId: kept!.screeningId,
    seatId,
    kind,
  }));
  const even = begun && kept && isEven(begun, kept);
  const plain = {
    shiftId,
    holds: kept ? [kept.hold.token] : [],
    ...(kinds.length > 0 && { kinds }),
    ...(even && { exchange: { orderId: begun.orderId, lines: begun.tickets.map(({ line }) => line) } }),
  };
  const enabled = kept !== undefined && !kept.sent;
  const wanted = useQuery({
    ...counterPriceQuery({ ...plain, ...(kept?.promo && !begun && { promo: kept.promo }) }),
    enabled,
  });
  const refused =
    wanted.error instanceof ApiProblem && wanted.error.code.startsWith('promo') ? wanted.error : undefined;
  const fallback = useQuery({ ...counterPriceQuery(plain), enabled: enabled && refused !== undefined });
  const used = refused ? fallback : wanted;
  return {
    quote: enabled ? used.data : undefined,
    settled: enabled && !refused && (!begun || even === true) && used.isSuccess && !used.isPlaceholderData,
    error: refused ? fallback.error : wanted.error,
    ...(refused && { promoRefused: refused.problem }),
  };
}
