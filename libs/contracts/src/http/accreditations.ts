import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, Uuid } from './common.js';

const Id = Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-z0-9][a-z0-9-]*$' });
const Reason = Type.String({ minLength: 1, maxLength: 1_000 });

/** What an uploaded file may be, told by its content and never by its name. */
export const EvidenceType = Type.Union([
  Type.Literal('application/pdf'),
  Type.Literal('image/jpeg'),
  Type.Literal('image/png'),
]);
export type EvidenceType = Static<typeof EvidenceType>;

export const EvidenceRule = Type.Object({
  kind: Id,
  name: LocalTextShape,
  hint: Type.Optional(LocalTextShape),
  required: Type.Boolean(),
  /** How many files at least when the kind is required, and how many at most. */
  minCount: Type.Integer({ minimum: 0, maximum: 10 }),
  maxCount: Type.Integer({ minimum: 1, maximum: 10 }),
  maxBytes: Type.Integer({ minimum: 1_024, maximum: 20 * 1024 * 1024 }),
  types: Type.Array(EvidenceType, { minItems: 1, uniqueItems: true }),
});
export type EvidenceRule = Static<typeof EvidenceRule>;

/** A field of the form. `outlet` is the one that an outlet's quota goes by; `name` is printed on the badge. */
export const FormField = Type.Object({
  id: Id,
  label: LocalTextShape,
  kind: Type.Union([
    Type.Literal('text'),
    Type.Literal('long-text'),
    Type.Literal('phone'),
    Type.Literal('url'),
    Type.Literal('choice'),
  ]),
  required: Type.Boolean(),
  maxLength: Type.Integer({ minimum: 1, maximum: 4_000 }),
  choices: Type.Optional(Type.Array(Type.Object({ id: Id, name: LocalTextShape }), { minItems: 1 })),
});
export type FormField = Static<typeof FormField>;

/** How many may be approved, of the whole category or of one outlet in it. */
export const QuotaRule = Type.Object({
  of: Type.Union([Type.Literal('category'), Type.Literal('outlet')]),
  capacity: Type.Integer({ minimum: 0, maximum: 100_000 }),
  /** What becomes of an approval that finds no place: refused, or the application goes to the waiting list. */
  whenFull: Type.Union([Type.Literal('refuse'), Type.Literal('waitlist')]),
});
export type QuotaRule = Static<typeof QuotaRule>;

/** A row of `data/<edition>/accreditation.json`. */
export const CategoryRow = Type.Object({
  id: Id,
  name: LocalTextShape,
  description: LocalTextShape,
  /** What a badge's holder is: press, photo, jury. */
  function: Id,
  functionName: LocalTextShape,
  /** Allocations that its holder may draw from. */
  classes: Type.Array(
    Type.Union([
      Type.Literal('press'),
      Type.Literal('industry'),
      Type.Literal('guest'),
      Type.Literal('jury'),
      Type.Literal('film-team'),
    ]),
    { uniqueItems: true },
  ),
  /** Access areas, A to Z. */
  areas: Type.Array(Type.String({ pattern: '^[A-Z]$' }), { uniqueItems: true }),
  form: Type.Array(FormField, { minItems: 1 }),
  evidence: Type.Array(EvidenceRule),
  /** What the officer looks at before deciding. */
  checklist: Type.Array(Type.Object({ id: Id, text: LocalTextShape })),
  quotas: Type.Array(QuotaRule, { maxItems: 2 }),
  invented: Type.Optional(Type.Boolean()),
});
export type CategoryRow = Static<typeof CategoryRow>;

/** An outlet whose place in a category differs from the category's rule. */
export const OutletRow = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  /** The same outlet written otherwise, also in another script. */
  aliases: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 120 }))),
  category: Id,
  capacity: Type.Integer({ minimum: 0, maximum: 1_000 }),
  whenFull: Type.Optional(QuotaRule.properties.whenFull),
  invented: Type.Optional(Type.Boolean()),
});
export type OutletRow = Static<typeof OutletRow>;

/** `POST /editions/:id/categories`: the whole file; the same file twice changes nothing. */
export const AccreditationFile = Type.Object({
  edition: Id,
  note: Type.Optional(Type.String()),
  categories: Type.Array(CategoryRow, { minItems: 1, maxItems: 100 }),
  outlets: Type.Array(OutletRow, { maxItems: 2_000 }),
});
export type AccreditationFile = Static<typeof AccreditationFile>;
export const CategoriesImported = Type.Object({
  categories: Type.Object({ added: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() }),
  outlets: Type.Object({ added: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() }),
});
export type CategoriesImported = Static<typeof CategoriesImported>;

/** `GET /categories?edition=`: what one may apply for, with the form and the papers it asks for. */
export const CategoryView = Type.Object({
  id: Type.String(),
  name: LocalTextShape,
  description: LocalTextShape,
  functionName: LocalTextShape,
  areas: Type.Array(Type.String()),
  form: Type.Array(FormField),
  evidence: Type.Array(EvidenceRule),
  invented: Type.Boolean(),
});
export type CategoryView = Static<typeof CategoryView>;
export const CategoryList = Type.Object({ editionId: Type.String(), categories: Type.Array(CategoryView) });
export type CategoryList = Static<typeof CategoryList>;
export const CategoriesOf = Type.Object({ edition: Id });
export type CategoriesOf = Static<typeof CategoriesOf>;

export const ApplicationState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('submitted'),
  Type.Literal('under-review'),
  Type.Literal('information-requested'),
  Type.Literal('waitlisted'),
  Type.Literal('rejected'),
  Type.Literal('appealed'),
  Type.Literal('awaiting-payment'),
  Type.Literal('approved'),
  Type.Literal('suspended'),
  Type.Literal('revoked'),
  Type.Literal('withdrawn'),
  Type.Literal('lapsed'),
]);
export type ApplicationState = Static<typeof ApplicationState>;

/** `POST /applications` → a draft. */
export const StartApplication = Type.Object({ editionId: Id, category: Id });
export type StartApplication = Static<typeof StartApplication>;

/** `PUT /applications/:id` with `If-Match`: the answers by field id; a draft may be incomplete. */
export const SaveApplication = Type.Object({
  language: Type.Optional(LanguageShape),
  fields: Type.Record(Type.String(), Type.String({ maxLength: 4_000 }), { maxProperties: 60 }),
});
export type SaveApplication = Static<typeof SaveApplication>;

export const EvidenceView = Type.Object({
  id: Uuid,
  kind: Type.String(),
  /** The name that the file had; shown, never used as a path. */
  fileName: Type.String(),
  type: EvidenceType,
  bytes: Type.Integer(),
  uploadedAt: Instant,
});
export type EvidenceView = Static<typeof EvidenceView>;

export const BadgeState = Type.Union([
  Type.Literal('live'),
  Type.Literal('suspended'),
  Type.Literal('revoked'),
  Type.Literal('replaced'),
  Type.Literal('reported_lost'),
]);
export type BadgeState = Static<typeof BadgeState>;

const Badge = {
  id: Uuid,
  state: BadgeState,
  /** Last characters of the serial, to be read out. */
  shortCode: Type.String(),
  validFrom: Instant,
  validUntil: Instant,
};
/** What an officer sees of a badge: never its code. */
export const BadgeSummary = Type.Object({
  ...Badge,
  /** True once the doors have taken the badge's last change; false while it is on its way. */
  atGates: Type.Boolean(),
});
export type BadgeSummary = Static<typeof BadgeSummary>;

/** `GET /badges/mine`. */
export const MyBadge = Type.Object({
  ...Badge,
  editionId: Type.String(),
  applicationId: Uuid,
  name: Type.String(),
  categoryName: LocalTextShape,
  functionName: LocalTextShape,
  areas: Type.Array(Type.String()),
  /** The signed code in the QR; absent unless the badge is live. */
  admissionCode: Type.Union([Type.String(), Type.Null()]),
});
export type MyBadge = Static<typeof MyBadge>;
export const MyBadges = Type.Object({ badges: Type.Array(MyBadge) });
export type MyBadges = Static<typeof MyBadges>;
export const MyBadgeOf = Type.Object({ edition: Type.Optional(Id) });
export type MyBadgeOf = Static<typeof MyBadgeOf>;

const Step = Type.Object({
  at: Instant,
  state: ApplicationState,
  by: Type.Union([Type.Literal('applicant'), Type.Literal('officer'), Type.Literal('system')]),
  reason: Type.Union([Type.String(), Type.Null()]),
});

const ApplicationFacts = {
  id: Uuid,
  editionId: Type.String(),
  category: Type.String(),
  categoryName: LocalTextShape,
  state: ApplicationState,
  /** Rises with every change; the ETag is this number in quotes. */
  version: Type.Integer(),
  fields: Type.Record(Type.String(), Type.String()),
  evidence: Type.Array(EvidenceView),
  /** What the officer asked for, while an answer is awaited. */
  request: Type.Union([
    Type.Object({ message: Type.String(), kind: Type.Union([Type.String(), Type.Null()]), dueAt: Instant }),
    Type.Null(),
  ]),
  /** What the officer said with the last decision. */
  reason: Type.Union([Type.String(), Type.Null()]),
  submittedAt: Type.Union([Instant, Type.Null()]),
  /** Festival time of each step, oldest first. */
  history: Type.Array(Step),
};

/** An application as its applicant sees it. */
export const Application = Type.Object({ ...ApplicationFacts, badge: Type.Union([BadgeSummary, Type.Null()]) });
export type Application = Static<typeof Application>;
export const ApplicationList = Type.Object({ applications: Type.Array(Application) });
export type ApplicationList = Static<typeof ApplicationList>;

/** `POST /applications/:id/answer`: what the applicant says to the request; new papers are uploaded before. */
export const AnswerRequest = Type.Object({ message: Type.Optional(Type.String({ maxLength: 2_000 })) });
export type AnswerRequest = Static<typeof AnswerRequest>;

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
      of: Type.Union([Type.Literal('category'), Type.Literal('outlet')]),
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

/** `POST {TICKETS_URL}/internal/door/badge-states`: the same fact that the event tells, under the same id. */
export const BadgeStateTold = Type.Object({
  fact: Uuid,
  type: Type.String(),
  aggregate: Type.String(),
  version: Type.Integer(),
  time: Instant,
  data: Type.Unknown(),
});
export type BadgeStateTold = Static<typeof BadgeStateTold>;

/** `GET /internal/badge-keys`: raw Ed25519 public keys in base64url, by key id. */
export const BadgeKeys = Type.Record(Type.String(), Type.String());
export type BadgeKeys = Static<typeof BadgeKeys>;

/** `GET /internal/badges/:id/documents`. */
export const BadgeDocuments = Type.Object({
  /** Base64. */
  pdf: Type.String(),
  link: Type.String(),
  shortCode: Type.String(),
});
export type BadgeDocuments = Static<typeof BadgeDocuments>;
