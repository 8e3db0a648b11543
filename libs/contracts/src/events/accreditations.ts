import { Type } from 'typebox';
import { defineEvent } from '../event.js';
import { Instant, LocalTextShape } from '../http/common.js';

const Application = Type.Object({
  applicationId: Type.String(),
  editionId: Type.String(),
  personId: Type.String(),
  category: Type.String(),
  categoryName: LocalTextShape,
});

export const ApplicationSubmitted = defineEvent('accreditations.application.submitted.v1', {
  topic: 'accreditations',
  data: Application,
  says: 'An applicant handed in an application.',
});

export const InformationRequested = defineEvent('accreditations.application.information-requested.v1', {
  topic: 'accreditations',
  data: Type.Object({ ...Application.properties, message: Type.String(), dueAt: Instant }),
  says: 'The officer asked the applicant for something more; the clock stands until the answer.',
});

export const ApplicationDecided = defineEvent('accreditations.application.decided.v1', {
  topic: 'accreditations',
  data: Type.Object({
    ...Application.properties,
    decision: Type.Union([Type.Literal('approved'), Type.Literal('rejected'), Type.Literal('waitlisted')]),
    reason: Type.Union([Type.String(), Type.Null()]),
  }),
  says: 'An application was approved, rejected or put on the waiting list.',
});

/** What tickets and the door need so that both work while accreditations is down. */
const BadgeFacts = Type.Object({
  badgeId: Type.String(),
  /** Bookings hang on the accreditation, not on the badge's serial. */
  accreditationId: Type.String(),
  editionId: Type.String(),
  personId: Type.String(),
  /** 80-bit number in the admission code, hex. */
  serial: Type.String(),
  function: Type.String(),
  classes: Type.Array(Type.String()),
  areas: Type.Array(Type.String()),
  validFrom: Instant,
  validUntil: Instant,
});

export const BadgeIssued = defineEvent('accreditations.badge.issued.v1', {
  topic: 'accreditations',
  data: BadgeFacts,
  says: 'A badge lives: its holder may enter and book by its function.',
});

export const BadgeRevoked = defineEvent('accreditations.badge.revoked.v1', {
  topic: 'accreditations',
  data: Type.Object({
    badgeId: Type.String(),
    accreditationId: Type.String(),
    editionId: Type.String(),
    personId: Type.String(),
    serial: Type.String(),
    state: Type.Union([
      Type.Literal('revoked'),
      Type.Literal('suspended'),
      Type.Literal('replaced'),
      Type.Literal('reported_lost'),
    ]),
    reason: Type.Union([Type.String(), Type.Null()]),
  }),
  absorbing: true,
  says: 'A badge no longer opens doors.',
});
