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
    reason: Type.Union([Type.Literal('holder'), Type.Literal('badge-revoked'), Type.Literal('screening-cancelled')]),
  }),
  absorbing: true,
  says: 'A booking on a badge ended before the screening.',
});
