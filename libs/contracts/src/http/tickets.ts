import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, MoneyShape, Uuid } from './common.js';

/** Ids of the programme are written by people ("demo-0914-opening"). */
const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });
const SeatId = Type.String({ minLength: 1, maxLength: 40 });

/** One character per seat in the plan's order: f free · h held by someone · s sold or claimed · n not for sale. */
export const SeatStates = Type.Object({
  screeningId: Type.String(),
  planId: Type.String(),
  planVersion: Type.Integer(),
  epoch: Type.Integer(),
  onSale: Type.Boolean(),
  states: Type.String(),
  /** Free seats, for "128 of 346". */
  free: Type.Integer(),
  /** True when the map may be old because PostgreSQL can't be reached. */
  stale: Type.Boolean(),
  /** A manager let unsold companion places join the general sale: each is chosen alone, at its category's price. */
  companionsReleased: Type.Optional(Type.Boolean()),
});
export type SeatStates = Static<typeof SeatStates>;

/** What changed on a map since the event before it on the same stream: seats by their place in the state string. */
export const SeatChanges = Type.Object({
  free: Type.Integer(),
  changed: Type.Record(Type.String(), Type.String()),
});
export type SeatChanges = Static<typeof SeatChanges>;

/** `GET /editions/:id/availability`: free and sellable seats per screening, for the programme's list. */
export const Availability = Type.Object({
  screenings: Type.Record(
    Type.String(),
    Type.Object({ free: Type.Integer(), seats: Type.Integer(), onSale: Type.Boolean() }),
  ),
});
export type Availability = Static<typeof Availability>;

/** The hold's id is the Idempotency-Key (a UUID). Either exact seats or the best ones beside each other. */
export const HoldSeats = Type.Object({
  screeningId: ProgrammeId,
  seats: Type.Optional(Type.Array(SeatId, { minItems: 1, maxItems: 60, uniqueItems: true })),
  best: Type.Optional(
    Type.Object({
      count: Type.Integer({ minimum: 1, maximum: 60 }),
      category: Type.Optional(Type.String({ maxLength: 40 })),
    }),
  ),
});
export type HoldSeats = Static<typeof HoldSeats>;

export const HeldSeats = Type.Object({
  holdId: Uuid,
  screeningId: Type.String(),
  seats: Type.Array(
    Type.Object({
      id: Type.String(),
      row: Type.String(),
      number: Type.String(),
      category: Type.String(),
      price: MoneyShape,
    }),
  ),
  /** Machine time at which the seats go back. */
  expiresAt: Instant,
  /** Whether the one extension is still there. */
  extendable: Type.Boolean(),
  /** Signed by tickets; what checkout takes. */
  token: Type.String(),
});
export type HeldSeats = Static<typeof HeldSeats>;

export const ExtendHold = Type.Object({ token: Type.String({ maxLength: 8_000 }) });
export type ExtendHold = Static<typeof ExtendHold>;

const Email = Type.String({ format: 'email', maxLength: 254 });

/** Which kind of ticket a held seat is to be; seats without a row are bought at the full price. */
export const LineChoice = Type.Object({
  screeningId: ProgrammeId,
  seatId: SeatId,
  /** The id of a concession of the edition's price rules. */
  kind: Type.String({ minLength: 1, maxLength: 40 }),
});

const BasketChoices = {
  holds: Type.Array(Type.String({ maxLength: 8_000 }), { maxItems: 8 }),
  kinds: Type.Optional(Type.Array(LineChoice, { maxItems: 480 })),
  promo: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  /** Holder codes of film passes that pay for seats. */
  passes: Type.Optional(Type.Array(Type.String({ minLength: 16, maxLength: 64 }), { maxItems: 8, uniqueItems: true })),
  /** Film passes to buy, by the id of their kind. */
  buyPasses: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 8 })),
};

/** What this basket would cost; nothing is taken. */
export const QuoteBasket = Type.Object({ ...BasketChoices, editionId: Type.Optional(ProgrammeId) });
export type QuoteBasket = Static<typeof QuoteBasket>;

export const PlaceOrder = Type.Object({
  ...BasketChoices,
  /** Needed when only passes are bought: a basket of seats knows its edition. */
  editionId: Type.Optional(ProgrammeId),
  /** Needed when nobody is signed in. */
  buyer: Type.Optional(
    Type.Object({ email: Email, name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })) }),
  ),
  language: LanguageShape,
  /** The version of the terms that the buyer saw and agreed to. */
  consent: Type.Object({ terms: Type.Literal(true), version: Type.String({ minLength: 1, maxLength: 40 }) }),
  /** The total that the buyer saw, minor units; another one is refused instead of charged. */
  expectedTotal: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type PlaceOrder = Static<typeof PlaceOrder>;

export const OrderState = Type.Union([
  Type.Literal('awaiting-payment'),
  Type.Literal('expiring'),
  Type.Literal('paid'),
  Type.Literal('expired'),
  Type.Literal('refund-due'),
  Type.Literal('refunded'),
  Type.Literal('review'),
  Type.Literal('cancelled'),
  Type.Literal('charged-back'),
]);

/** One step of how a price came about, in the order in which the rules apply. */
export const PriceReason = Type.Object({
  rule: Type.Union([
    Type.Literal('category'),
    Type.Literal('companion'),
    Type.Literal('free'),
    Type.Literal('pass'),
    Type.Literal('concession'),
    Type.Literal('group'),
    Type.Literal('promo'),
    Type.Literal('rounding'),
  ]),
  /** Minor units: what this rule added, or took off when negative. */
  change: Type.Integer(),
  text: LocalTextShape,
});
export type PriceReason = Static<typeof PriceReason>;

export const OrderItem = Type.Object({
  /** `rounding` is what cash was rounded by. */
  kind: Type.Union([
    Type.Literal('fee'),
    Type.Literal('pass'),
    Type.Literal('exchange-credit'),
    Type.Literal('rounding'),
  ]),
  subject: Type.String(),
  name: LocalTextShape,
  /** Negative for the credit of exchanged tickets, and where cash was rounded down. */
  price: MoneyShape,
});
export type OrderItem = Static<typeof OrderItem>;

const Place = {
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
  row: Type.String(),
  seat: Type.String(),
};

export const IssuedTicket = Type.Object({
  id: Uuid,
  ...Place,
  category: Type.String(),
  price: MoneyShape,
  /** `suspended` while a payment is disputed. */
  state: Type.Union([Type.Literal('live'), Type.Literal('suspended'), Type.Literal('ended')]),
  endedAs: Type.Optional(Type.String()),
  /** `full` or a concession; `proof` names the paper that the door asks for. */
  kind: Type.String(),
  proof: Type.Optional(LocalTextShape),
  /** It was given to somebody else: only the new holder sees its code. */
  transferred: Type.Boolean(),
  /** How many people this one code admits; absent for one. */
  places: Type.Optional(Type.Integer()),
  /** The signed code in the QR; only for who may see the order. */
  admissionCode: Type.String(),
  /** Last characters of the serial, to be read out. */
  shortCode: Type.String(),
});
export type IssuedTicket = Static<typeof IssuedTicket>;

export const Order = Type.Object({
  id: Uuid,
  number: Type.String(),
  /** Opens the order without signing in; part of the mailed link. */
  key: Type.String(),
  state: OrderState,
  language: LanguageShape,
  total: MoneyShape,
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      ...Place,
      seatId: Type.String(),
      category: Type.String(),
      kind: Type.String(),
      price: MoneyShape,
      listPrice: MoneyShape,
      reasons: Type.Array(PriceReason),
      /** `refunded`, `exchanged` or `charged-back` once the seat is not this order's any more. */
      endedAs: Type.Optional(Type.String()),
    }),
  ),
  /** Fees, passes and the credit of an exchange. */
  items: Type.Array(OrderItem),
  promo: Type.Union([Type.String(), Type.Null()]),
  payUntil: Instant,
  /** Whether a payment is under way whose result the bank has not told yet. */
  paymentPending: Type.Boolean(),
  /** The payment came after its time and the seats were still free. */
  paidLate: Type.Boolean(),
  /** The seller's e-mail address, for what only people can settle. */
  writeTo: Type.String(),
  refund: Type.Union([MoneyShape, Type.Null()]),
  /** Empty in the answer to a checkout: codes are written when the order is read. */
  tickets: Type.Array(IssuedTicket),
});
export type Order = Static<typeof Order>;

export const Quote = Type.Object({
  total: MoneyShape,
  lines: Type.Array(
    Type.Object({
      screeningId: Type.String(),
      seatId: Type.String(),
      kind: Type.String(),
      listPrice: MoneyShape,
      price: MoneyShape,
      reasons: Type.Array(PriceReason),
    }),
  ),
  items: Type.Array(OrderItem),
  /** The kinds of ticket that each screening of the basket offers this buyer. */
  kinds: Type.Array(
    Type.Object({
      screeningId: Type.String(),
      id: Type.String(),
      name: LocalTextShape,
      proof: Type.Optional(LocalTextShape),
    }),
  ),
});
export type Quote = Static<typeof Quote>;

const LineNumbers = Type.Array(Type.Integer({ minimum: 1, maximum: 480 }), {
  minItems: 1,
  maxItems: 60,
  uniqueItems: true,
});

/** The buyer gives tickets back; `expectedFee` is the fee that was shown, minor units. */
export const ReturnTickets = Type.Object({ lines: LineNumbers, expectedFee: Type.Integer({ minimum: 0 }) });
export type ReturnTickets = Static<typeof ReturnTickets>;

/** What giving tickets back would bring now, line by line. */
export const ReturnTerms = Type.Object({
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      allowed: Type.Boolean(),
      /** Why not, as a problem code. */
      why: Type.Optional(Type.String()),
      until: Type.Union([Instant, Type.Null()]),
      fee: MoneyShape,
      refund: MoneyShape,
      exchangeUntil: Type.Union([Instant, Type.Null()]),
    }),
  ),
});
export type ReturnTerms = Static<typeof ReturnTerms>;

/** Held seats instead of some of an order's tickets, one for one. */
export const ExchangeTickets = Type.Object({
  lines: LineNumbers,
  holds: Type.Array(Type.String({ maxLength: 8_000 }), { minItems: 1, maxItems: 8 }),
  kinds: Type.Optional(Type.Array(LineChoice, { maxItems: 60 })),
  expectedTotal: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type ExchangeTickets = Static<typeof ExchangeTickets>;

export const TransferTicket = Type.Object({
  to: Type.Object({ email: Email, name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })) }),
  language: LanguageShape,
});
export type TransferTicket = Static<typeof TransferTicket>;

/** Without a provider the edition's first one is taken. */
export const StartPayment = Type.Object({
  provider: Type.Optional(Type.Union([Type.Literal('freedompay'), Type.Literal('stripe')])),
});
export type StartPayment = Static<typeof StartPayment>;
export const PaymentStarted = Type.Object({ attemptId: Uuid, redirectUrl: Type.String() });
export type PaymentStarted = Static<typeof PaymentStarted>;

export const MakeBooking = Type.Object({
  screeningId: ProgrammeId,
  seat: Type.Optional(SeatId),
  /** Whose badge it is booked on, where a delegation's leader books for a member; the caller's own when absent. */
  holder: Type.Optional(Uuid),
});
export type MakeBooking = Static<typeof MakeBooking>;

export const Booking = Type.Object({
  id: Uuid,
  ...Place,
  state: Type.Union([
    Type.Literal('booked'),
    Type.Literal('cancelled'),
    Type.Literal('used'),
    Type.Literal('released'),
    Type.Literal('missed'),
  ]),
  cancelUntil: Instant,
});
export type Booking = Static<typeof Booking>;
