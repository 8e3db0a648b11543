import { useSyncExternalStore } from 'react';
import type {
  BackToBuyer,
  CounterPayment,
  ExchangeAtCounter,
  HeldSeats,
  PayAgain,
  SellAtCounter,
} from '#libs/contracts';
import { MINUTE } from '#libs/kernel';
import type { BegunExchange } from './kept-exchange';

type Sent<Body> = { key: string; body: Body; unanswered: boolean };
/** A sale, or an exchange of tickets of another order, as it went to the service. */
export type SentSale =
  | (Sent<SellAtCounter> & { exchangeOf?: undefined })
  | (Sent<ExchangeAtCounter> & { exchangeOf: string });

/** The one sale a till is busy with, as the device keeps it. */
export interface KeptSale {
  shiftId: string;
  screeningId: string;
  hold: HeldSeats;
  /** Kinds of ticket by seat; a seat without one is bought at the full price. */
  kinds: Record<string, string>;
  promo: string;
  buyer: NonNullable<SellAtCounter['buyer']>;
  /** Written before it is sent, with its key: whatever happens to this page, the same sale is asked for again. */
  sent?: SentSale;
  orderId?: string;
  again?: Sent<PayAgain>;
  /** What the service said that an exchange gives back: told until the clerk has handed it over. */
  back?: BackToBuyer;
}

/** In the device's storage rather than the tab's: a page that was closed in mid-sale is a sale that goes on. */
const KEPT = 'seans.counter.sales';
/** Seats that nobody paid went back long ago. */
const FORGOTTEN_MS = MINUTE;
type ByShift = Record<string, KeptSale>;
const listeners = new Set<() => void>();
let kept: ByShift = read();

function read(): ByShift {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as ByShift;
    const alive = ({ sent, hold }: KeptSale) => sent || Date.parse(hold.expiresAt) > Date.now() - FORGOTTEN_MS;
    return Object.fromEntries(Object.entries(found).filter(([, sale]) => alive(sale)));
  } catch {
    return {};
  }
}

export function keepSale(shiftId: string, sale: KeptSale | null): void {
  const { [shiftId]: _before, ...others } = kept;
  kept = sale ? { ...others, [shiftId]: sale } : others;
  localStorage.setItem(KEPT, JSON.stringify(kept));
  for (const listener of listeners) listener();
}

export const keptSale = (shiftId: string): KeptSale | undefined => kept[shiftId];

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** The kept sale of a shift, told to every part of the page. */
export const useKeptSale = (shiftId: string) => useSyncExternalStore(listen, () => kept[shiftId]);

const kindsOf = (sale: KeptSale) =>
  Object.entries(sale.kinds).map(([seatId, kind]) => ({ screeningId: sale.screeningId, seatId, kind }));

/** What the service is asked to sell. */
export function saleOf(sale: KeptSale, payment: CounterPayment, total: number, language: SellAtCounter['language']) {
  const kinds = kindsOf(sale);
  return {
    shiftId: sale.shiftId,
    holds: [sale.hold.token],
    ...(kinds.length > 0 && { kinds }),
    ...(sale.promo && { promo: sale.promo }),
    payment,
    ...(Object.values(sale.buyer).some(Boolean) && { buyer: sale.buyer }),
    language,
    expectedTotal: total,
  } satisfies SellAtCounter;
}

/** What the service is asked to exchange: the held seats for the tickets of the begun exchange. */
export function exchangeOf(sale: KeptSale, begun: BegunExchange, payment: PayAgain['payment'], total: number) {
  const kinds = kindsOf(sale);
  return {
    shiftId: sale.shiftId,
    holds: [sale.hold.token],
    ...(kinds.length > 0 && { kinds }),
    lines: begun.tickets.map(({ line }) => line),
    payment,
    expectedTotal: total,
  } satisfies ExchangeAtCounter;
}
