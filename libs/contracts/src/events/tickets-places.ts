import { Type } from 'typebox';
import { defineEvent } from '../event.js';
import { Instant, LanguageShape, LocalTextShape, MoneyShape } from '../http/common.js';
import { BookingMade } from './tickets.js';

const Place = {
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
};

/** The name of the invitee and the personal link are asked for when the mail is sent. */
export const InvitationMade = defineEvent('tickets.invitation.made.v1', {
  topic: 'tickets',
  data: Type.Object({
    invitationId: Type.String(),
    editionId: Type.String(),
    personId: Type.String(),
    language: LanguageShape,
    ...Place,
    places: Type.Integer(),
    respondBy: Instant,
  }),
  says: 'Somebody with an address was invited to a screening and may answer until a date.',
});

export const BookingReleased = defineEvent('tickets.booking.released.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...BookingMade.data.properties,
    reason: Type.Union([Type.Literal('not-here'), Type.Literal('badge-suspended')]),
  }),
  says: 'A booked seat that nobody had taken shortly before the start went to the rush line.',
});

export const BookingMissed = defineEvent('tickets.booking.missed.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...BookingMade.data.properties,
    /** How many bookings of this accreditation were missed so far. */
    missed: Type.Integer({ minimum: 1 }),
    /** Festival time until which no new booking is taken; null while it is a warning. */
    blockedUntil: Type.Union([Instant, Type.Null()]),
  }),
  says: 'A screening ended and its booked seat was never taken: a warning, or a block of some hours.',
});

const Waiting = {
  entryId: Type.String(),
  editionId: Type.String(),
  personId: Type.String(),
  language: LanguageShape,
  ...Place,
};

/** The link with which the offer is taken is asked for when the mail is sent. */
export const WaitlistOffered = defineEvent('tickets.waitlist.offered.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...Waiting,
    offerId: Type.String(),
    seats: Type.Array(Type.Object({ row: Type.String(), seat: Type.String() })),
    /** Machine time until which the seats are kept. */
    until: Instant,
  }),
  says: 'Seats became free for somebody who waited; they are kept until a time.',
});

export const WaitlistEnded = defineEvent('tickets.waitlist.ended.v1', {
  topic: 'tickets',
  data: Type.Object({
    ...Waiting,
    reason: Type.Union([
      Type.Literal('offer-lapsed'),
      Type.Literal('waitlist-closed'),
      Type.Literal('screening-cancelled'),
    ]),
  }),
  says: 'Somebody no longer waits: an offer was not taken in time, or nothing became free before the waitlist closed.',
});

export const PassIssued = defineEvent('tickets.pass.issued.v1', {
  topic: 'tickets',
  data: Type.Object({
    passId: Type.String(),
    editionId: Type.String(),
    personId: Type.String(),
    language: LanguageShape,
    kindId: Type.String(),
    name: LocalTextShape,
    complimentary: Type.Boolean(),
  }),
  says: 'A film pass exists; its code is on the page of its holder.',
});

export const TicketReleased = defineEvent('tickets.ticket.released.v1', {
  topic: 'tickets',
  data: Type.Object({
    ticketId: Type.String(),
    orderId: Type.String(),
    editionId: Type.String(),
    personId: Type.String(),
    language: LanguageShape,
    ...Place,
    row: Type.String(),
    seat: Type.String(),
  }),
  says: 'A paid seat that nobody had taken when late entry ended went to the rush line, as the edition’s rules say.',
});

export const AccreditationFeePaid = defineEvent('tickets.accreditation-fee.paid.v1', {
  topic: 'tickets',
  data: Type.Object({
    applicationId: Type.String(),
    orderId: Type.String(),
    editionId: Type.String(),
    personId: Type.String(),
    total: MoneyShape,
  }),
  says: 'The fee of an accreditation was paid; its key is the application.',
});

export const LostBadgeShown = defineEvent('tickets.badge.lost-shown.v1', {
  topic: 'tickets',
  data: Type.Object({
    badgeId: Type.String(),
    editionId: Type.String(),
    screeningId: Type.String(),
    gate: Type.String(),
    scanId: Type.String(),
    /** When it was shown; festival time. */
    at: Instant,
    verdict: Type.String(),
  }),
  says: 'Somebody showed a badge at a door that was reported lost.',
});
