import type { Language } from '#libs/kernel';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';

export interface TellableOrder {
  id: string;
  edition: string;
  person: string;
  number: string;
  language: Language;
  total: number;
  currency: string;
}

export interface TellableLine {
  line: number;
  screening: string;
  row: string;
  seat: string;
  amount: number;
}

/** The facts that every event of an order carries. */
export function tellOrder(order: TellableOrder): Record<string, unknown> {
  return {
    orderId: order.id,
    editionId: order.edition,
    personId: order.person,
    number: order.number,
    language: order.language,
  };
}

/** Where and when one seat is, as tickets, mails and events say it. */
export function placeOf(facts: ScreeningFacts, row: string, seat: string) {
  const { data } = facts;
  return {
    screeningId: data.screeningId,
    title: data.title,
    startsAt: data.startsAt,
    timezone: data.timezone,
    venue: data.venue.name,
    hall: data.hall.name,
    row,
    seat,
  };
}

/** Data of `tickets.order.paid.v1` but for what the database alone knows; also serves refunds. */
export function tellPaid(
  order: TellableOrder,
  lines: { facts: ScreeningFacts; line: TellableLine }[],
): Record<string, unknown> {
  return {
    ...tellOrder(order),
    total: { amount: order.total, currency: order.currency },
    lines: lines.map(({ facts, line }) => ({
      line: line.line,
      ...placeOf(facts, line.row, line.seat),
      price: { amount: line.amount, currency: order.currency },
    })),
  };
}
