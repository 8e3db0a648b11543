import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape, MoneyShape, Uuid } from './common.js';
import { PriceRules } from './prices.js';
import { PriceReason } from './tickets.js';

const Count = Type.Integer({ minimum: 0 });

/** A screening as its sales stand. */
export const ScreeningOccupancy = Type.Object({
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  venue: LocalTextShape,
  hall: LocalTextShape,
  state: Type.String(),
  seats: Count,
  /** Live tickets, seats that wait for payment, bookings on badges, seats kept for a purpose, free seats. */
  sold: Count,
  waiting: Count,
  booked: Count,
  kept: Count,
  free: Count,
  admitted: Count,
  /** Places in the waitlist. */
  waitlisted: Count,
  /** Minor units of the live tickets. */
  revenue: Count,
});
export type ScreeningOccupancy = Static<typeof ScreeningOccupancy>;

/** How an edition sells: days are the venue's, counted by festival time. */
export const EditionSales = Type.Object({
  editionId: Type.String(),
  currency: Type.String(),
  days: Type.Array(Type.Object({ day: Type.String(), sold: Count, returned: Count, revenue: Type.Integer() })),
  totals: Type.Object({
    seats: Count,
    sold: Count,
    booked: Count,
    admitted: Count,
    revenue: Count,
    refunded: Count,
    orders: Count,
    waitlisted: Count,
  }),
  screenings: Type.Array(ScreeningOccupancy),
});
export type EditionSales = Static<typeof EditionSales>;

/** One screening's page: its figures, how it sold, who has which seat, how people came in. */
export const ScreeningSales = Type.Object({
  occupancy: ScreeningOccupancy,
  currency: Type.String(),
  endsAt: Instant,
  refunds: Count,
  planId: Type.String(),
  planVersion: Type.Integer(),
  /** Live tickets by the hour of festival time in which they were issued. */
  curve: Type.Array(Type.Object({ at: Instant, sold: Count })),
  /** Who has a seat that is not free. */
  taken: Type.Array(Type.Object({ seatId: Type.String(), owner: Type.String() })),
  /** People admitted in each five minutes. */
  door: Type.Array(Type.Object({ at: Instant, admitted: Count })),
});
export type ScreeningSales = Static<typeof ScreeningSales>;

/** Finds orders; `people` and the rest narrow together. Keyset by `before`. */
export const OrderFilter = Type.Object({
  /** An order's number or its beginning, or the end of a ticket's code as it is printed. */
  text: Type.Optional(Type.String({ maxLength: 40 })),
  /** Ids of people, separated by commas. */
  people: Type.Optional(Type.String({ maxLength: 1_000 })),
  state: Type.Optional(Type.String({ maxLength: 30 })),
  screening: Type.Optional(Type.String({ maxLength: 80 })),
  before: Type.Optional(Instant),
});
export type OrderFilter = Static<typeof OrderFilter>;

export const OrderRowView = Type.Object({
  id: Uuid,
  number: Type.String(),
  state: Type.String(),
  channel: Type.String(),
  personId: Type.String(),
  madeAt: Instant,
  total: MoneyShape,
  tickets: Count,
  screenings: Type.Array(Type.Object({ screeningId: Type.String(), title: LocalTextShape, startsAt: Instant })),
  notes: Count,
});
export type OrderRowView = Static<typeof OrderRowView>;

export const FoundOrders = Type.Object({
  orders: Type.Array(OrderRowView),
  next: Type.Union([Instant, Type.Null()]),
});
export type FoundOrders = Static<typeof FoundOrders>;

export const OrderNote = Type.Object({ by: Type.String(), at: Instant, text: Type.String() });
export type OrderNote = Static<typeof OrderNote>;

export const WriteOrderNote = Type.Object({ text: Type.String({ minLength: 1, maxLength: 1_000 }) });
export type WriteOrderNote = Static<typeof WriteOrderNote>;

/** An order as staff see it: everything but its codes. */
export const OrderAtDesk = Type.Object({
  id: Uuid,
  number: Type.String(),
  state: Type.String(),
  channel: Type.String(),
  personId: Type.String(),
  language: Type.String(),
  madeAt: Instant,
  paidAt: Type.Union([Instant, Type.Null()]),
  paidLate: Type.Boolean(),
  total: MoneyShape,
  refunded: MoneyShape,
  items: Type.Array(Type.Object({ kind: Type.String(), name: LocalTextShape, price: MoneyShape })),
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      screeningId: Type.String(),
      title: LocalTextShape,
      startsAt: Instant,
      row: Type.String(),
      seat: Type.String(),
      kind: Type.String(),
      price: MoneyShape,
      reasons: Type.Array(PriceReason),
      /** live, suspended or what ended it; null before it was paid. */
      ticket: Type.Union([Type.String(), Type.Null()]),
      shortCode: Type.Union([Type.String(), Type.Null()]),
      entered: Type.Boolean(),
      /** The fee that the edition keeps when its buyer gives it back now; null where staff can't return it either. */
      fee: Type.Union([MoneyShape, Type.Null()]),
      /** The code of the refusal that the buyer would get. */
      why: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  payments: Type.Array(
    Type.Object({ id: Uuid, provider: Type.String(), state: Type.String(), captured: MoneyShape, openedAt: Instant }),
  ),
  refunds: Type.Array(
    Type.Object({ amount: MoneyShape, state: Type.String(), reason: Type.String(), madeAt: Instant }),
  ),
  notes: Type.Array(OrderNote),
});
export type OrderAtDesk = Static<typeof OrderAtDesk>;

/** Staff give tickets back for a buyer, also when it is too late for that by the edition's rule. */
export const ReturnAtDesk = Type.Object({
  lines: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 60, uniqueItems: true }),
  /** Minor units that stay with the festival; 0 for everything back. */
  keptFee: Type.Integer({ minimum: 0 }),
  reason: Type.String({ minLength: 3, maxLength: 300 }),
});
export type ReturnAtDesk = Static<typeof ReturnAtDesk>;

/** What a basket would cost by rules that are not saved yet. */
export const TryPrices = Type.Object({
  rules: PriceRules,
  promo: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  channel: Type.Union([Type.Literal('online'), Type.Literal('counter'), Type.Literal('group')]),
  seats: Type.Array(
    Type.Object({
      screeningId: Type.String({ maxLength: 80 }),
      category: Type.String({ maxLength: 40 }),
      kind: Type.String({ maxLength: 40 }),
      place: Type.Union([Type.Literal('seat'), Type.Literal('wheelchair'), Type.Literal('companion')]),
    }),
    { minItems: 1, maxItems: 60 },
  ),
});
export type TryPrices = Static<typeof TryPrices>;

export const TriedPrices = Type.Object({
  total: MoneyShape,
  lines: Type.Array(
    Type.Object({
      kind: Type.String(),
      listPrice: MoneyShape,
      price: MoneyShape,
      reasons: Type.Array(PriceReason),
      /** Why this kind of ticket can't be had for this seat. */
      trouble: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  fees: Type.Array(Type.Object({ name: LocalTextShape, price: MoneyShape })),
  /** Why the promo code does not work. */
  promoTrouble: Type.Union([Type.String(), Type.Null()]),
});
export type TriedPrices = Static<typeof TriedPrices>;

export const EditionChosen = Type.Object({ edition: Type.String({ minLength: 1, maxLength: 80 }) });
export type EditionChosen = Static<typeof EditionChosen>;
