import { type Static, Type } from 'typebox';
import { EvidenceRule, FormField, Slug as Id, QuotaRule, QuotaScope } from './accreditation-categories.js';
import { ApplicationFacts, ApplicationState, BadgeSummary } from './accreditations.js';
import { Instant, LocalTextShape, Uuid } from './common.js';

const Reason = Type.String({ minLength: 1, maxLength: 1_000 });

/** `GET /review/applications`. */
export const ReviewFilter = Type.Object({
  state: Type.Optional(ApplicationState),
  edition: Type.Optional(Id),
  category: Type.Optional(Id),
  /** Part of a name or an outlet, in either script. */
  search: Type.Optional(Type.String({ maxLength: 120 })),
  after: Type.Optional(Uuid),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type ReviewFilter = Static<typeof ReviewFilter>;

export const ReviewRow = Type.Object({
  id: Uuid,
  editionId: Type.String(),
  category: Type.String(),
  categoryName: LocalTextShape,
  state: ApplicationState,
  version: Type.Integer(),
  name: Type.String(),
  outlet: Type.Union([Type.String(), Type.Null()]),
  submittedAt: Type.Union([Instant, Type.Null()]),
  /** Festival time that the festival itself has used so far, without waiting for the applicant; hours. */
  waitingHours: Type.Integer(),
  dueAt: Type.Union([Instant, Type.Null()]),
});
export type ReviewRow = Static<typeof ReviewRow>;
export const ReviewQueue = Type.Object({
  applications: Type.Array(ReviewRow),
  /** How many there are by state, in the edition asked for. */
  counts: Type.Record(Type.String(), Type.Integer()),
  next: Type.Union([Uuid, Type.Null()]),
});
export type ReviewQueue = Static<typeof ReviewQueue>;

/** An application as an officer sees it. */
export const ReviewApplication = Type.Object({
  ...ApplicationFacts,
  personId: Type.String(),
  form: Type.Array(FormField),
  evidenceRules: Type.Array(EvidenceRule),
  checklist: Type.Array(Type.Object({ id: Type.String(), text: LocalTextShape })),
  /** The quotas that an approval would take a place of. */
  quotas: Type.Array(
    Type.Object({
      of: QuotaScope,
      outlet: Type.Union([Type.String(), Type.Null()]),
      used: Type.Integer(),
      capacity: Type.Integer(),
      whenFull: QuotaRule.properties.whenFull,
    }),
  ),
  badge: Type.Union([BadgeSummary, Type.Null()]),
  /** Commands that its state allows now. */
  allowed: Type.Array(Type.String()),
});
export type ReviewApplication = Static<typeof ReviewApplication>;

/** `POST /review/applications/:id/request-information`. */
export const RequestInformation = Type.Object({
  message: Reason,
  /** The kind of paper that is missing, where it is one. */
  kind: Type.Optional(Id),
  /** Festival time until which an answer is awaited. */
  dueAt: Instant,
});
export type RequestInformation = Static<typeof RequestInformation>;
/** `start`, `approve`. */
export const Decide = Type.Object({ reason: Type.Optional(Reason) });
export type Decide = Static<typeof Decide>;
/** `reject`, `waitlist`, and everything that takes a badge's power away. */
export const DecideWithReason = Type.Object({ reason: Reason });
export type DecideWithReason = Static<typeof DecideWithReason>;
