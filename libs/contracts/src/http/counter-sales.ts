import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, MoneyShape, Uuid } from './common.js';
import { LineChoice, OrderState, Quote } from './tickets.js';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()]);
const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });
const Reason = Type.String({ minLength: 3, maxLength: 300 });
/** Minor units handed over by the buyer. */
const Tendered = Type.Integer({ minimum: 0, maximum: 100_000_000_00, multipleOf: 100 });

/** Cash over the counter, a card at the till's terminal, or a ticket that costs nothing. */
export const CounterPayment = Type.Union([
  Type.Object({ by: Type.Literal('cash'), tendered: Tendered }),
  Type.Object({ by: Type.Literal('terminal') }),
  Type.Object({
    by: Type.Literal('complimentary'),
    reason: Reason,
    /** A house manager's approval, needed above what a clerk may give away in a shift. */
    approval: Type.Optional(Uuid),
  }),
]);
export type CounterPayment = Static<typeof CounterPayment>;

const Basket = {
  shiftId: Uuid,
  holds: Type.Array(Type.String({ maxLength: 8_000 }), { minItems: 1, maxItems: 8 }),
  kinds: Type.Optional(Type.Array(LineChoice, { maxItems: 480 })),
  promo: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
};

const ExchangedLines = Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 60, uniqueItems: true });

export const PriceAtCounter = Type.Object({
  ...Basket,
  /** The seats are to take the place of these tickets: the total is the difference, and a promo code counts for nothing. */
  exchange: Type.Optional(Type.Object({ orderId: Uuid, lines: ExchangedLines })),
});
export type PriceAtCounter = Static<typeof PriceAtCounter>;

/** Money that goes back to a buyer: over the counter now, and by the way that it came. */
export const BackToBuyer = Type.Object({ cash: MoneyShape, otherwise: MoneyShape });
export type BackToBuyer = Static<typeof BackToBuyer>;

/** What the basket costs by card, and what it is rounded to in cash. */
export const CounterQuote = Type.Object({
  ...Quote.properties,
  cash: Type.Object({ total: MoneyShape, roundedBy: MoneyShape }),
  /** What cheaper seats leave over of the tickets that they replace. */
  back: BackToBuyer,
});
export type CounterQuote = Static<typeof CounterQuote>;

export const SellAtCounter = Type.Object({
  ...Basket,
  payment: CounterPayment,
  /** Everything is optional at a counter; with an address the tickets are mailed too. */
  buyer: Type.Optional(
    Type.Object({
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
      email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
      phone: Type.Optional(Type.String({ pattern: '^\\+?[0-9 ()-]{5,24}$' })),
    }),
  ),
  language: LanguageShape,
  /** The total that the clerk told the buyer, before the rounding of cash; another one is refused. */
  expectedTotal: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type SellAtCounter = Static<typeof SellAtCounter>;

/** Another way to pay a sale that the terminal declined. */
export const PayAgain = Type.Object({
  payment: Type.Union([
    Type.Object({ by: Type.Literal('cash'), tendered: Tendered }),
    Type.Object({ by: Type.Literal('terminal') }),
  ]),
});
export type PayAgain = Static<typeof PayAgain>;

/**
 * - `paying`: the terminal works; ask again.
 * - `unknown`: the terminal did not answer. The seats are kept, nothing is sold, no second payment is taken.
 * - `declined`: nothing was taken; pay otherwise or give the sale up.
 * - `done`: paid, tickets exist.
 * - `given-up`: ended without money, seats are free.
 * - `voided`: taken back as a whole.
 * - `returning`: money is on its way back, or finance looks at it.
 */
export const CounterSaleState = Type.Union([
  Type.Literal('paying'),
  Type.Literal('unknown'),
  Type.Literal('declined'),
  Type.Literal('done'),
  Type.Literal('given-up'),
  Type.Literal('voided'),
  Type.Literal('returning'),
]);
export type CounterSaleState = Static<typeof CounterSaleState>;

export const CounterTicket = Type.Object({
  id: Uuid,
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  row: Type.String(),
  seat: Type.String(),
  kind: Type.String(),
  price: MoneyShape,
  shortCode: Type.String(),
  state: Type.Union([Type.Literal('live'), Type.Literal('suspended'), Type.Literal('ended')]),
  printed: Type.Boolean(),
});
export type CounterTicket = Static<typeof CounterTicket>;

export const CounterSale = Type.Object({
  /** The order's id too. */
  id: Uuid,
  shiftId: Uuid,
  number: Type.String(),
  state: CounterSaleState,
  orderState: OrderState,
  by: Type.Union([Type.Literal('cash'), Type.Literal('terminal'), Type.Literal('complimentary')]),
  madeAt: Instant,
  /** What is to be paid, or was: with the rounding of cash. */
  total: MoneyShape,
  roundedBy: MoneyShape,
  tendered: Nullable(MoneyShape),
  change: Nullable(MoneyShape),
  language: LanguageShape,
  /** Null for who gave an address too: that person is found by name like any other. */
  buyerName: Nullable(Type.String()),
  /** Complimentary: why. */
  reason: Nullable(Type.String()),
  tickets: Type.Array(CounterTicket),
  /** While it is unpaid: the seats that wait with it. */
  seats: Type.Array(Type.Object({ screeningId: Type.String(), row: Type.String(), seat: Type.String() })),
  /** Machine time until which its seats wait for money; null once it is paid or over. */
  payUntil: Nullable(Instant),
  /** Until when it may be voided, machine time; null where it can't be. */
  voidUntil: Nullable(Instant),
});
export type CounterSale = Static<typeof CounterSale>;

/** The sales of a shift: those with unprinted tickets first, then the newest. */
export const CounterSales = Type.Object({ sales: Type.Array(CounterSale) });
export type CounterSales = Static<typeof CounterSales>;

export const SalesOfShift = Type.Object({ shiftId: Uuid });
export type SalesOfShift = Static<typeof SalesOfShift>;

export const VoidSale = Type.Object({ reason: Reason });
export type VoidSale = Static<typeof VoidSale>;

/** Ticket printers: an 80 mm roll, or A6 sheets. */
export const PapersWanted = Type.Object({
  format: Type.Optional(Type.Union([Type.Literal('80mm'), Type.Literal('a6')])),
  /** Without it, whatever is not printed yet; all live ones when all are. */
  tickets: Type.Optional(Type.String({ maxLength: 2_400, description: 'ids separated by commas' })),
  receipt: Type.Optional(Type.Union([Type.Literal('yes'), Type.Literal('no')])),
});
export type PapersWanted = Static<typeof PapersWanted>;

export const TicketsPrinted = Type.Object({
  shiftId: Uuid,
  tickets: Type.Array(Uuid, { minItems: 1, maxItems: 60, uniqueItems: true }),
});
export type TicketsPrinted = Static<typeof TicketsPrinted>;

export const ReprintTicket = Type.Object({ shiftId: Uuid, reason: Reason });
export type ReprintTicket = Static<typeof ReprintTicket>;

/** An order as it is handed out at the counter, wherever it was bought. */
export const WillCall = Type.Object({
  orderId: Uuid,
  number: Type.String(),
  language: LanguageShape,
  tickets: Type.Array(CounterTicket),
});
export type WillCall = Static<typeof WillCall>;

/** Finds orders to hand out: by number or its beginning, the end of a code, or a name left at the counter. */
export const FindAtCounter = Type.Object({
  editionId: ProgrammeId,
  text: Type.String({ minLength: 2, maxLength: 60 }),
});
export type FindAtCounter = Static<typeof FindAtCounter>;

export const FoundAtCounter = Type.Object({
  orderId: Uuid,
  number: Type.String(),
  state: OrderState,
  buyerName: Nullable(Type.String()),
  madeAt: Instant,
  tickets: Type.Integer(),
  unprinted: Type.Integer(),
});
export type FoundAtCounter = Static<typeof FoundAtCounter>;

/** Whoever comes for tickets says the last four digits of the phone that was left with them. */
export const AskByPhone = Type.Object({ shiftId: Uuid, digits: Type.String({ pattern: '^[0-9]{4}$' }) });
export type AskByPhone = Static<typeof AskByPhone>;

/** What waits under a phone: enough to ask its owner which it is, and nothing about the owner. */
export const WaitsUnderPhone = Type.Object({
  /** An order whose tickets are paid, or seats that are kept and not paid yet. */
  kind: Type.Union([Type.Literal('order'), Type.Literal('reservation')]),
  id: Uuid,
  /** Of an order. */
  number: Nullable(Type.String()),
  title: LocalTextShape,
  startsAt: Instant,
  seats: Type.Integer(),
  unprinted: Type.Integer(),
});
export type WaitsUnderPhone = Static<typeof WaitsUnderPhone>;

/** `too-many` tells nothing of any of them: another way to find it is asked for. */
export const FoundByPhone = Type.Object({
  answer: Type.Union([Type.Literal('found'), Type.Literal('none'), Type.Literal('too-many')]),
  found: Type.Array(WaitsUnderPhone),
});
export type FoundByPhone = Static<typeof FoundByPhone>;

/** Tickets go back over the counter. Cash comes out of the drawer at once; a card's money goes back by its own way. */
export const ReturnAtCounter = Type.Object({
  shiftId: Uuid,
  lines: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 60, uniqueItems: true }),
  keptFee: Type.Integer({ minimum: 0 }),
  reason: Reason,
});
export type ReturnAtCounter = Static<typeof ReturnAtCounter>;

export const ReturnedAtCounter = Type.Object({
  orderId: Uuid,
  /** Hand this much over now; zero when nothing was paid in cash. */
  cashBack: MoneyShape,
  /** Goes back by the way it came. */
  otherwise: MoneyShape,
});
export type ReturnedAtCounter = Static<typeof ReturnedAtCounter>;

/** Other seats for tickets of a paid order; the difference is paid here. */
export const ExchangeAtCounter = Type.Object({
  shiftId: Basket.shiftId,
  holds: Basket.holds,
  kinds: Basket.kinds,
  lines: ExchangedLines,
  payment: PayAgain.properties.payment,
  expectedTotal: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ExchangeAtCounter = Static<typeof ExchangeAtCounter>;

export const ExchangedAtCounter = Type.Object({
  sale: CounterSale,
  /** What the new seats cost less than the old ones were paid in cash: hand it over now. */
  cashBack: MoneyShape,
  /** Goes back by the way it came. */
  otherwise: MoneyShape,
});
export type ExchangedAtCounter = Static<typeof ExchangedAtCounter>;

/** A clerk asks a house manager for more complimentary tickets than the limit; one approval is one sale. */
export const AskApproval = Type.Object({
  shiftId: Uuid,
  seats: Type.Integer({ minimum: 1, maximum: 60 }),
  reason: Reason,
});
export type AskApproval = Static<typeof AskApproval>;

export const CounterApproval = Type.Object({
  id: Uuid,
  shiftId: Uuid,
  till: Type.String(),
  clerk: Type.String(),
  seats: Type.Integer(),
  reason: Type.String(),
  state: Type.Union([
    Type.Literal('asked'),
    Type.Literal('approved'),
    Type.Literal('refused'),
    Type.Literal('used'),
    Type.Literal('lapsed'),
  ]),
  askedAt: Instant,
  /** Machine time after which nobody can use it. */
  until: Instant,
  decidedBy: Nullable(Type.String()),
});
export type CounterApproval = Static<typeof CounterApproval>;

export const DecideApproval = Type.Object({ approve: Type.Boolean() });
export type DecideApproval = Static<typeof DecideApproval>;

/** Seats kept for somebody who rang; given up at `until`, which is an hour before the start unless said otherwise. */
export const ReserveByPhone = Type.Object({
  screeningId: ProgrammeId,
  seats: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 60, uniqueItems: true }),
  name: Type.String({ minLength: 1, maxLength: 120 }),
  phone: Type.String({ pattern: '^\\+?[0-9 ()-]{5,24}$' }),
  /** Festival time, not after the rule's own hour. */
  until: Type.Optional(Instant),
});
export type ReserveByPhone = Static<typeof ReserveByPhone>;

export const ReservationFilter = Type.Object({
  editionId: ProgrammeId,
  screeningId: Type.Optional(ProgrammeId),
  /** Part of the name, or last digits of the phone. */
  text: Type.Optional(Type.String({ maxLength: 60 })),
});
export type ReservationFilter = Static<typeof ReservationFilter>;

export const Reservation = Type.Object({
  id: Uuid,
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  /** Empty once the reservation has ended for a day. */
  name: Type.String(),
  phone: Type.String(),
  seats: Type.Array(Type.Object({ id: Type.String(), row: Type.String(), seat: Type.String() })),
  state: Type.Union([Type.Literal('kept'), Type.Literal('sold'), Type.Literal('released')]),
  /** Festival time. */
  until: Instant,
  orderId: Nullable(Uuid),
});
export type Reservation = Static<typeof Reservation>;
