import { Type } from 'typebox';
import { defineEvent } from '../event.js';
import { Instant, LanguageShape, LocalTextShape, MoneyShape } from '../http/common.js';

const OrderFacts = {
  orderId: Type.String(),
  editionId: Type.String(),
  personId: Type.String(),
  /** What people see and say: "K7QF-2M9T". Grants nothing. */
  number: Type.String(),
  language: LanguageShape,
};

const OrderLine = Type.Object({
  /** The line's number within its order; absent in facts told before lines could be returned one by one. */
  line: Type.Optional(Type.Integer()),
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
  row: Type.String(),
  seat: Type.String(),
  price: MoneyShape,
});

/** Spoken by `place_order` in the database. @public */
export const OrderPlaced = defineEvent('tickets.order.placed.v1', {
  topic: 'tickets',
  data: Type.Object({ ...OrderFacts, total: MoneyShape, payUntil: Instant }),
  says: 'Seats were claimed for an order that awaits payment.',
});

/** Notifications sends the tickets for it; documents are fetched from tickets by HTTP, never carried here. */
export const OrderPaid = defineEvent('tickets.order.paid.v1', {
  topic: 'tickets',
  data: Type.Object({ ...OrderFacts, total: MoneyShape, late: Type.Boolean(), lines: Type.Array(OrderLine) }),
  says: 'An order was paid and its tickets issued.',
});

export const OrderExpired = defineEvent('tickets.order.expired.v1', {
  topic: 'tickets',
  data: Type.Object(OrderFacts),
  says: 'An order was not paid in time; its seats are free again.',
});

export const RefundDue = defineEvent('tickets.order.refund-due.v1', {
  topic: 'tickets',
  data: Type.Object({ ...OrderFacts, amount: MoneyShape, reason: Type.String() }),
  says: 'Money arrived that belongs back to the buyer; it is being returned.',
});

export const OrderRefunded = defineEvent('tickets.order.refunded.v1', {
  topic: 'tickets',
  data: Type.Object({ ...OrderFacts, amount: MoneyShape, reason: Type.String() }),
  says: 'The provider confirmed that money went back to the buyer.',
});

/** Spoken by `return_lines`. Money, when any is owed, is told by `refunded` once the provider says so. @public */
export const OrderLinesReturned = defineEvent('tickets.order.lines-returned.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...OrderFacts,
    lines: Type.Array(OrderLine),
    amount: MoneyShape,
    keptFee: MoneyShape,
    /** `buyer`, or why the festival took them back: `screening-cancelled`, `screening-moved`, `seat-lost`. */
    reason: Type.String(),
  }),
  absorbing: true,
  says: 'Tickets of a paid order ended and their seats are free; what they cost is owed back less a fee that is kept.',
});

/** Spoken by `cancel_order`. @public */
export const OrderCancelled = defineEvent('tickets.order.cancelled.v1', {
  topic: 'tickets',
  data: Type.Object({ ...OrderFacts, reason: Type.String() }),
  absorbing: true,
  says: 'An order was given up before it was paid; its seats are free.',
});

/** Spoken by `charge_back` and `close_chargeback`. @public */
export const OrderChargedBack = defineEvent('tickets.order.charged-back.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...OrderFacts,
    chargebackId: Type.String(),
    amount: MoneyShape,
    state: Type.Union([Type.Literal('open'), Type.Literal('won'), Type.Literal('lost')]),
  }),
  says: 'The payer’s bank took money back, or that dispute ended; tickets are suspended while it is open.',
});

const TicketFacts = {
  ...OrderFacts,
  ticketId: Type.String(),
  /** The ticket whose code is dead now. */
  replaces: Type.String(),
  place: OrderLine,
};

/** The new holder is mailed a link to the new ticket; the code itself never travels. @public */
export const TicketTransferred = defineEvent('tickets.ticket.transferred.v1', {
  topic: 'tickets',
  data: Type.Object({ ...TicketFacts, holderId: Type.String() }),
  says: 'A ticket belongs to another person: the old code is dead, a new one exists.',
});

/** @public */
export const TicketReprinted = defineEvent('tickets.ticket.reprinted.v1', {
  topic: 'tickets',
  data: Type.Object(TicketFacts),
  says: 'A ticket got a new code because the old one was lost; the old one is dead.',
});

const BookingFacts = Type.Object({
  bookingId: Type.String(),
  editionId: Type.String(),
  personId: Type.String(),
  accreditationId: Type.String(),
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
  row: Type.String(),
  seat: Type.String(),
});

export const BookingMade = defineEvent('tickets.booking.made.v1', {
  topic: 'tickets',
  data: BookingFacts,
  says: 'An accredited person booked a free seat on the badge.',
});

export const BookingCancelled = defineEvent('tickets.booking.cancelled.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...BookingFacts.properties,
    /** `seat-lost`: the hall that the screening moved to has no seat for it. */
    reason: Type.Union([
      Type.Literal('holder'),
      Type.Literal('badge-revoked'),
      Type.Literal('screening-cancelled'),
      Type.Literal('seat-lost'),
    ]),
  }),
  absorbing: true,
  says: 'A booking on a badge ended before the screening.',
});

/** A visit is what one person holds at one screening: tickets and a booking together; its key is `screening/person`. */
const VisitFacts = {
  screeningId: Type.String(),
  personId: Type.String(),
  editionId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  endsAt: Instant,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
  /** The language of the newest order; absent where there are only bookings. */
  language: Type.Optional(LanguageShape),
};

const VisitSeat = Type.Object({
  row: Type.String(),
  seat: Type.String(),
  fromRow: Type.String(),
  fromSeat: Type.String(),
});

/** Told once the undo of a move has ended. */
export const VisitMoved = defineEvent('tickets.visit.moved.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...VisitFacts,
    from: Type.Object({ startsAt: Instant, venue: LocalTextShape, hall: LocalTextShape }),
    seats: Type.Array(VisitSeat),
    /** How many seats the new hall has not: a refund or an exchange is offered. */
    unseated: Type.Integer(),
    /** Until then whoever bought may give the tickets back without a fee; null where the move is a small one. */
    refundUntil: Type.Union([Instant, Type.Null()]),
    /** Bookings of the same person that clash now. */
    clashes: Type.Array(Type.Object({ screeningId: Type.String(), title: LocalTextShape, startsAt: Instant })),
  }),
  says: 'A screening is at another time or in another hall; what the person holds there stays valid.',
});

export const VisitReseated = defineEvent('tickets.visit.reseated.v1', {
  topic: 'tickets',
  data: Type.Object({ ...VisitFacts, seats: Type.Array(VisitSeat), unseated: Type.Integer() }),
  says: 'Time and hall stay; somebody’s seats are others now.',
});

export const VisitDelayed = defineEvent('tickets.visit.delayed.v1', {
  topic: 'tickets',
  data: Type.Object({ ...VisitFacts, from: Instant, minutes: Type.Integer() }),
  says: 'A screening that somebody holds a seat at begins some minutes later.',
});

export const VisitRated = defineEvent('tickets.visit.rated.v1', {
  topic: 'tickets',
  data: Type.Object({ ...VisitFacts, ageRating: Type.String() }),
  says: 'A screening that was sold without an age rating has one now.',
});

export const VisitCancelled = defineEvent('tickets.visit.cancelled.v1', {
  topic: 'tickets',
  data: Type.Object({ ...VisitFacts, tickets: Type.Integer(), bookings: Type.Integer(), amount: MoneyShape }),
  absorbing: true,
  says: 'A screening will not take place; what the person paid for it goes back, what was booked has ended.',
});
