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
});
export type SeatStates = Static<typeof SeatStates>;

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

export const PlaceOrder = Type.Object({
  holds: Type.Array(Type.String({ maxLength: 8_000 }), { minItems: 1, maxItems: 8 }),
  /** Needed when nobody is signed in. */
  buyer: Type.Optional(
    Type.Object({ email: Email, name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })) }),
  ),
  language: LanguageShape,
  /** The version of the terms that the buyer saw and agreed to. */
  consent: Type.Object({ terms: Type.Literal(true), version: Type.String({ minLength: 1, maxLength: 40 }) }),
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
]);

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
  state: Type.Union([Type.Literal('live'), Type.Literal('ended')]),
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
  lines: Type.Array(Type.Object({ ...Place, seatId: Type.String(), category: Type.String(), price: MoneyShape })),
  payUntil: Instant,
  /** Whether a payment is under way whose result the bank has not told yet. */
  paymentPending: Type.Boolean(),
  /** The payment came after its time and the seats were still free. */
  paidLate: Type.Boolean(),
  refund: Type.Union([MoneyShape, Type.Null()]),
  /** Empty in the answer to a checkout: codes are written when the order is read. */
  tickets: Type.Array(IssuedTicket),
});
export type Order = Static<typeof Order>;

export const StartPayment = Type.Object({ provider: Type.Optional(Type.Union([Type.Literal('freedompay')])) });
export type StartPayment = Static<typeof StartPayment>;
export const PaymentStarted = Type.Object({ attemptId: Uuid, redirectUrl: Type.String() });
export type PaymentStarted = Static<typeof PaymentStarted>;

export const MakeBooking = Type.Object({ screeningId: ProgrammeId, seat: Type.Optional(SeatId) });
export type MakeBooking = Static<typeof MakeBooking>;

export const Booking = Type.Object({
  id: Uuid,
  ...Place,
  state: Type.Union([Type.Literal('booked'), Type.Literal('cancelled'), Type.Literal('used'), Type.Literal('missed')]),
  cancelUntil: Instant,
});
export type Booking = Static<typeof Booking>;

export const RegisterDevice = Type.Object({
  editionId: ProgrammeId,
  name: Type.String({ minLength: 1, maxLength: 60 }),
  gate: Type.String({ minLength: 1, maxLength: 40 }),
});
export type RegisterDevice = Static<typeof RegisterDevice>;
export const RegisteredDevice = Type.Object({ deviceId: Uuid, pairingCode: Type.String(), expiresAt: Instant });
export type RegisteredDevice = Static<typeof RegisteredDevice>;

export const PairDevice = Type.Object({ pairingCode: Type.String({ minLength: 4, maxLength: 40 }) });
export type PairDevice = Static<typeof PairDevice>;
export const PairedDevice = Type.Object({
  deviceId: Uuid,
  deviceToken: Type.String(),
  editionId: Type.String(),
  gate: Type.String(),
});
export type PairedDevice = Static<typeof PairedDevice>;

/** What a device may scan for now. */
export const DoorScreenings = Type.Object({
  festivalTime: Instant,
  screenings: Type.Array(
    Type.Object({
      id: Type.String(),
      title: LocalTextShape,
      startsAt: Instant,
      doorsOpenAt: Instant,
      lateEntryUntil: Instant,
      timezone: Type.String(),
      hall: LocalTextShape,
      admitted: Type.Integer(),
      expected: Type.Integer(),
    }),
  ),
});
export type DoorScreenings = Static<typeof DoorScreenings>;

/** The device makes `scanId` before its first try; sent again it gets the stored verdict. */
export const ScanCode = Type.Object({
  scanId: Uuid,
  screeningId: ProgrammeId,
  code: Type.String({ minLength: 1, maxLength: 600 }),
  /** The device's clock. */
  at: Instant,
  direction: Type.Optional(Type.Union([Type.Literal('entry'), Type.Literal('exit')])),
});
export type ScanCode = Static<typeof ScanCode>;

export const ScanVerdict = Type.Object({
  scanId: Uuid,
  verdict: Type.String(),
  admitted: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('ask')]),
  colour: Type.Union([Type.Literal('green'), Type.Literal('red'), Type.Literal('amber')]),
  text: LocalTextShape,
  row: Type.Optional(Type.String()),
  seat: Type.Optional(Type.String()),
  /** When and where the code was used before. */
  earlier: Type.Optional(Type.Object({ at: Instant, gate: Type.String() })),
});
export type ScanVerdict = Static<typeof ScanVerdict>;
