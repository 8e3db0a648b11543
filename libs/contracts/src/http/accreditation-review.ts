import { type Static, Type } from 'typebox';
import { EvidenceRule, FormField, Slug as Id, QuotaOver, QuotaRule, QuotaScope } from './accreditation-categories.js';
import { ApplicationFacts, ApplicationState, BadgeSummary } from './accreditations.js';
import { Instant, LanguageShape, LocalTextShape, Uuid } from './common.js';

const Reason = Type.String({ minLength: 1, maxLength: 1_000 });

/** `GET /review/applications`. */
export const ReviewFilter = Type.Object({
  state: Type.Optional(ApplicationState),
  edition: Type.Optional(Id),
  category: Type.Optional(Id),
  /** The outlet, however it is spelt. */
  outlet: Type.Optional(Type.String({ maxLength: 120 })),
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  /** An officer's id; `me`; `nobody` for what is not assigned. */
  reviewer: Type.Optional(Type.Union([Uuid, Type.Literal('me'), Type.Literal('nobody')])),
  /** Festival time: what is due before it. */
  dueBefore: Type.Optional(Instant),
  /** Parts of names and outlets, in any script. */
  search: Type.Optional(Type.String({ maxLength: 120 })),
  /** Only those that still lack a paper that they need. */
  papers: Type.Optional(Type.Literal('missing')),
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
  country: Type.Union([Type.String(), Type.Null()]),
  reviewer: Type.Union([Type.String(), Type.Null()]),
  /** Kinds of paper that it needs, and how many of these are there. */
  papers: Type.Object({ asked: Type.Integer(), given: Type.Integer() }),
  /** Whether a decision of it waits in a release. */
  prepared: Type.Boolean(),
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
  /** In which letters to its applicant are written. */
  language: LanguageShape,
  form: Type.Array(FormField),
  evidenceRules: Type.Array(EvidenceRule),
  checklist: Type.Array(Type.Object({ id: Type.String(), text: LocalTextShape })),
  /** The quotas that an approval would take a place of. */
  quotas: Type.Array(
    Type.Object({
      of: QuotaScope,
      /** The outlet or the country whose quota it is. */
      subject: Type.Union([Type.String(), Type.Null()]),
      used: Type.Integer(),
      capacity: Type.Integer(),
      whenFull: QuotaRule.properties.whenFull,
    }),
  ),
  badge: Type.Union([BadgeSummary, Type.Null()]),
  /** Functions beside the category's own. */
  moreFunctions: Type.Array(Type.String()),
  /** Who is to review it; an officer's id. */
  reviewer: Type.Union([Type.String(), Type.Null()]),
  /** Festival time by which the festival means to decide. */
  decideBy: Type.Union([Instant, Type.Null()]),
  /** Officers who would approve it, where two must agree. */
  opinions: Type.Array(
    Type.Object({ by: Type.String(), reason: Type.Union([Type.String(), Type.Null()]), at: Instant }),
  ),
  opinionsNeeded: Type.Integer(),
  notes: Type.Array(Type.Object({ id: Uuid, by: Type.String(), text: Type.String(), at: Instant })),
  /** What was ticked, by the id of the checklist's item; `<kind>/<id>` of a paper's. */
  checked: Type.Record(Type.String(), Type.Boolean()),
  /** The decision that waits in a release; its applicant does not see it. */
  prepared: Type.Union([Type.Object({ releaseId: Uuid, decision: Type.String() }), Type.Null()]),
  /** The officer who rejected it and may not decide its appeal. */
  barred: Type.Union([Type.String(), Type.Null()]),
  /** Commands that its state allows now. */
  allowed: Type.Array(Type.String()),
});
export type ReviewApplication = Static<typeof ReviewApplication>;

/** `PUT /review/applications/:id/functions`: further roles of one accreditation (a jury member who is also a film's guest). */
export const SetFunctions = Type.Object({
  /** Functions of the edition beside the category's own; none takes them away again. */
  functions: Type.Array(Id, { maxItems: 5, uniqueItems: true }),
  reason: Reason,
});
export type SetFunctions = Static<typeof SetFunctions>;

/** `POST /review/applications/:id/request-information`. */
export const RequestInformation = Type.Object({
  message: Reason,
  /** The kind of paper that is missing, where it is one. */
  kind: Type.Optional(Id),
  /** Festival time until which an answer is awaited; the category's days when absent. */
  dueAt: Type.Optional(Instant),
});
export type RequestInformation = Static<typeof RequestInformation>;
/** `start`, `approve`. */
export const Decide = Type.Object({
  reason: Type.Optional(Reason),
  /** Takes a place beyond a full quota that allows it; the reason is needed then. */
  override: Type.Optional(Type.Boolean()),
});
export type Decide = Static<typeof Decide>;
/** `reject`, `waitlist`, and everything that takes a badge's power away. */
export const DecideWithReason = Type.Object({ reason: Reason });
export type DecideWithReason = Static<typeof DecideWithReason>;

/** `PUT /review/applications/:id/reviewer`. */
export const AssignReviewer = Type.Object({ reviewer: Type.Union([Uuid, Type.Null()]) });
export type AssignReviewer = Static<typeof AssignReviewer>;
/** `POST /review/applications/:id/notes`: among officers; never shown to the applicant. */
export const WriteNote = Type.Object({ text: Type.String({ minLength: 1, maxLength: 4_000 }) });
export type WriteNote = Static<typeof WriteNote>;
/** `PUT /review/applications/:id/checklist`. */
export const TickChecklist = Type.Object({
  checked: Type.Record(Type.String(), Type.Boolean(), { maxProperties: 100 }),
});
export type TickChecklist = Static<typeof TickChecklist>;

/** What may be saved of a filter; pages are not. */
const Saveable = Type.Object({
  state: ReviewFilter.properties.state,
  category: ReviewFilter.properties.category,
  outlet: ReviewFilter.properties.outlet,
  country: ReviewFilter.properties.country,
  reviewer: ReviewFilter.properties.reviewer,
  dueBefore: ReviewFilter.properties.dueBefore,
  search: ReviewFilter.properties.search,
  papers: ReviewFilter.properties.papers,
});
/** `PUT /review/filters/:id`: an officer's own, by an id that the client makes. */
export const SaveFilter = Type.Object({
  edition: Id,
  name: Type.String({ minLength: 1, maxLength: 80 }),
  filter: Saveable,
});
export type SaveFilter = Static<typeof SaveFilter>;
export const SavedFilter = Type.Object({ id: Uuid, ...SaveFilter.properties });
export type SavedFilter = Static<typeof SavedFilter>;
export const SavedFilters = Type.Object({ filters: Type.Array(SavedFilter) });
export type SavedFilters = Static<typeof SavedFilters>;
export const OfEdition = Type.Object({ edition: Id });
export type OfEdition = Static<typeof OfEdition>;

/** `GET /review/quotas?edition=`: every counter that was used, and who is over where a number was lowered. */
export const QuotaList = Type.Object({
  quotas: Type.Array(
    Type.Object({
      of: QuotaScope,
      category: Type.String(),
      subject: Type.Union([Type.String(), Type.Null()]),
      capacity: Type.Integer(),
      used: Type.Integer(),
      /** How many wait for a place of it. */
      waiting: Type.Integer(),
    }),
  ),
  over: Type.Array(QuotaOver),
});
export type QuotaList = Static<typeof QuotaList>;
