import { useQuery } from '@tanstack/react-query';
import type { CounterQuote, Problem } from '#libs/contracts';
import { ApiProblem } from '../../api/client';
import { counterPriceQuery } from '../../api/counter-sales.api';
import type { KeptSale } from './kept-sale';

export interface Price {
  quote: CounterQuote | undefined;
  /** The price of exactly what is chosen now: only that may be told to a buyer. */
  settled: boolean;
  promoRefused?: Partial<Problem>;
  error: Error | null;
}

/** What the held seats cost, by card and in cash. A promo code that was refused hides no price. */
export function usePrice(shiftId: string, kept: KeptSale | undefined): Price {
  const kinds = Object.entries(kept?.kinds ?? {}).map(([seatId, kind]) => ({
    screeningId: kept!.screeningId,
    seatId,
    kind,
  }));
  const plain = { shiftId, holds: kept ? [kept.hold.token] : [], ...(kinds.length > 0 && { kinds }) };
  const enabled = kept !== undefined && !kept.sent;
  const wanted = useQuery({ ...counterPriceQuery({ ...plain, ...(kept?.promo && { promo: kept.promo }) }), enabled });
  const refused =
    wanted.error instanceof ApiProblem && wanted.error.code.startsWith('promo') ? wanted.error : undefined;
  const fallback = useQuery({ ...counterPriceQuery(plain), enabled: enabled && refused !== undefined });
  const used = refused ? fallback : wanted;
  return {
    quote: enabled ? used.data : undefined,
    settled: enabled && !refused && used.isSuccess && !used.isPlaceholderData,
    error: refused ? fallback.error : wanted.error,
    ...(refused && { promoRefused: refused.problem }),
  };
}
