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

/** The first telling carried what the officer wrote; it is no longer spoken, and heard as long as a topic holds it. */
export const InformationRequestedWithWords = defineEvent('accreditations.application.information-requested.v1', {
  topic: 'accreditations',
  data: Type.Object({ ...Application.properties, message: Type.String(), dueAt: Instant }),
  says: 'The officer asked the applicant for something more (with the words; no longer spoken).',
});

export const InformationRequested = defineEvent('accreditations.application.information-requested.v2', {
  topic: 'accreditations',
  data: Type.Object({ ...Application.properties, dueAt: Instant }),
  says: 'The officer asked the applicant for something more; the clock stands until the answer.',
});

/** See InformationRequestedWithWords. */
export const ApplicationDecidedWithWords = defineEvent('accreditations.application.decided.v1', {
  topic: 'accreditations',
  data: Type.Object({
    ...Application.properties,
    decision: Type.Union([Type.Literal('approved'), Type.Literal('rejected'), Type.Literal('waitlisted')]),
    reason: Type.Union([Type.String(), Type.Null()]),
  }),
  says: 'An application was approved, rejected or put on the waiting list (with the words; no longer spoken).',
});

export const ApplicationDecided = defineEvent('accreditations.application.decided.v2', {
  topic: 'accreditations',
  data: Type.Object({
    ...Application.properties,
    decision: Type.Union([
      Type.Literal('approved'),
      Type.Literal('rejected'),
      Type.Literal('waitlisted'),
      Type.Literal('awaiting-payment'),
    ]),
    /** Until when the fee is to be paid, or an appeal is heard; festival time. */
    until: Type.Union([Instant, Type.Null()]),
    /** Many were released as one act: their letters may take their time. */
    bulk: Type.Optional(Type.Boolean()),
    /** A change after the approval was decided; where it was rejected, or nobody answered, all stays as it was. */
    change: Type.Optional(Type.Boolean()),
  }),
  says: 'An application was approved, rejected, put on the waiting list, or approved once its fee is paid.',
});

export const ApplicationLapsed = defineEvent('accreditations.application.lapsed.v1', {
  topic: 'accreditations',
  data: Type.Object({
    ...Application.properties,
    cause: Type.Union([Type.Literal('no-answer'), Type.Literal('no-payment'), Type.Literal('offer-not-taken')]),
  }),
  says: 'A date passed without the answer, the payment or the acceptance that an application waited for.',
});

export const PlaceOffered = defineEvent('accreditations.application.place-offered.v1', {
  topic: 'accreditations',
  data: Type.Object({ ...Application.properties, offeredUntil: Instant }),
  says: 'A place became free and is kept for the first of the waiting list until then.',
});

export const ApplicationAppealed = defineEvent('accreditations.application.appealed.v1', {
  topic: 'accreditations',
  data: Application,
  says: 'An applicant appealed; another officer will look.',
});

export const ApplicationReopened = defineEvent('accreditations.application.reopened.v1', {
  topic: 'accreditations',
  data: Application,
  says: 'Identity, outlet or category changed after the approval; the badge stays until the change is decided.',
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
  /** What its function allows beyond the edition's own rules; what is absent is the edition's. */
  rights: Type.Optional(
    Type.Object({
      /** When it opens doors; festival time. */
      windows: Type.Optional(Type.Array(Type.Object({ from: Instant, until: Instant }))),
      dailyQuota: Type.Optional(Type.Integer()),
      overlap: Type.Optional(Type.Boolean()),
      warnings: Type.Optional(Type.Integer()),
      blockHours: Type.Optional(Type.Integer()),
    }),
  ),
  /** The delegation whose own quota its bookings are counted by, and how many of its members may book one screening. */
  delegation: Type.Optional(
    Type.Object({
      delegationId: Type.String(),
      perScreening: Type.Integer(),
      /** Who may book for its members. */
      leaderId: Type.Optional(Type.String()),
    }),
  ),
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

export const MemberInvited = defineEvent('accreditations.delegation.member-invited.v1', {
  topic: 'accreditations',
  data: Type.Object({
    memberId: Type.String(),
    /** Null where the festival itself invites. */
    delegationId: Type.Union([Type.String(), Type.Null()]),
    editionId: Type.String(),
    personId: Type.String(),
    /** Whether the festival itself invites, or the leader of a delegation asks a member to complete the form. */
    by: Type.Union([Type.Literal('festival'), Type.Literal('delegation')]),
    category: Type.String(),
    categoryName: LocalTextShape,
    /** How often the link was sent; a new one ends those before it. */
    round: Type.Integer(),
  }),
  says: 'Somebody is asked to complete an application that was begun for them; the link travels by HTTP.',
});

export const ExtraDecided = defineEvent('accreditations.extra.decided.v1', {
  topic: 'accreditations',
  data: Type.Object({
    requestId: Type.String(),
    extraId: Type.String(),
    editionId: Type.String(),
    personId: Type.String(),
    name: LocalTextShape,
    /** Festival time at which it begins. */
    at: Instant,
    granted: Type.Boolean(),
  }),
  says: 'Who asked for a counted extra (red carpet, photo call, press conference) has it or has not.',
});
