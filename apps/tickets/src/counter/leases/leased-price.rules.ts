import type { PriceRules } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import type { OrderItemDocument, OrderLineDocument } from '../../inventory/seats/inventory.port.js';
import { FULL, kindTrouble, type PricedSeat, priceBasket, type SeatToPrice } from '../../sale/pricing/price.rules.js';

/** What a leased seat costs at one kind, as it was when it was leased. */
export interface LeasedPrice {
  kind: string;
  name: LocalText | null;
  proof: LocalText | null;
  /** Minor units without fees. */
  amount: number;
  list: number;
  reasons: PricedSeat['reasons'];
  /** Fees of the seat. A fee of a whole order is not asked for without a line. */
  fees: { id: string; name: LocalText; amount: number }[];
}

/** Every kind that a counter may sell for a seat by itself, `full` first: no promo code, no group price, no pass. */
export function leasedPrices(seat: SeatToPrice, rules: PriceRules): LeasedPrice[] {
  const offered = rules.concessions.filter((one) => !kindTrouble(one, seat, undefined));
  return [undefined, ...offered].map((concession) => {
    const kind = concession?.id ?? FULL;
    const { seats, fees } = priceBasket({ seats: [{ ...seat, kind }], rules, channel: 'counter' });
    const { amount, list, reasons } = seats[0]!;
    return {
      kind,
      name: concession?.name ?? null,
      proof: concession?.proof ?? null,
      amount,
      list,
      reasons,
      fees: fees.filter((fee) => fee.seat !== undefined).map(({ id, name, amount }) => ({ id, name, amount })),
    };
  });
}

/** Minor units with the seat's fees. */
export function priceOf({ amount, fees }: LeasedPrice): number {
  return fees.reduce((sum, fee) => sum + fee.amount, amount);
}

/** A leased seat as it is sold: where it is now, and at which of its prices. */
export interface SoldSeat {
  seat: string;
  row: string;
  number: string;
  category: string;
  price: LeasedPrice;
}

/** The lines and fees of the order that sells these seats. */
export function leasedLines(
  screening: { id: string; plan: number; planId: string },
  sold: readonly SoldSeat[],
): { lines: (OrderLineDocument & { leased: true })[]; items: OrderItemDocument[]; total: number } {
  const lines = sold.map(({ seat, row, number, category, price }, index) => ({
    line: index + 1,
    screening: screening.id,
    seat,
    plan: screening.plan,
    plan_id: screening.planId,
    row_label: row,
    seat_label: number,
    category,
    amount: price.amount,
    kind: price.kind,
    list_amount: price.list,
    reasons: price.reasons,
    leased: true as const,
  }));
  const fees = sold.flatMap(({ price }, index) => price.fees.map((fee) => ({ ...fee, line: index + 1 })));
  const items = fees.map(
    ({ id, name, amount, line }, index): OrderItemDocument => ({
      no: index + 1,
      kind: 'fee',
      subject: id,
      name,
      amount,
      line,
    }),
  );
  return { lines, items, total: sold.reduce((sum, { price }) => sum + priceOf(price), 0) };
}
