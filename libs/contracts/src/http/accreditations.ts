import { type Static, Type } from 'typebox';
import { EvidenceType, Slug as Id } from './accreditation-categories.js';
import { Instant, LanguageShape, LocalTextShape, MoneyShape, Uuid } from './common.js';

export const ApplicationState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('submitted'),
  Type.Literal('under-review'),
  Type.Literal('information-requested'),
  Type.Literal('waitlisted'),
  Type.Literal('offered'),
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

/** `PUT /applications/:id` with `If-Match`: the answers by field id, kept as they were typed, right or wrong. */
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
  /** The paper's own date, "2019-08-20", as its uploader gives it. */
  issuedOn: Type.Union([Type.String(), Type.Null()]),
  /** Whether it is a certified translation; null where its uploader did not say. */
  translation: Type.Union([Type.Boolean(), Type.Null()]),
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

/** What is wrong or missing, by pointer: `fields/<id>`, `evidence/<kind>`. */
const FormProblem = Type.Object({ field: Type.String(), code: Type.String(), reason: LocalTextShape });

/** What applicant and officer both see of an application. */
export const ApplicationFacts = {
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
  /** Festival time at which it lapses by itself: without an answer, the fee, or a yes to the place offered. */
  dueAt: Type.Union([Instant, Type.Null()]),
  /** What is still to be paid. */
  fee: Type.Union([MoneyShape, Type.Null()]),
  /** While a change after the approval is decided: what the badge still stands for. */
  held: Type.Union([
    Type.Object({ category: Type.String(), fields: Type.Record(Type.String(), Type.String()) }),
    Type.Null(),
  ]),
  /** Festival time of each step, oldest first. */
  history: Type.Array(Step),
};

/** An application as its applicant sees it. */
export const Application = Type.Object({
  ...ApplicationFacts,
  badge: Type.Union([BadgeSummary, Type.Null()]),
  /** While it may be changed: everything that would stand against handing it in. */
  problems: Type.Array(FormProblem),
  /** Commands that its applicant may give now. */
  allowed: Type.Array(Type.String()),
  /** Festival time until which an appeal is heard; null where there is none. */
  appealUntil: Type.Union([Instant, Type.Null()]),
});
export type Application = Static<typeof Application>;
export const ApplicationList = Type.Object({ applications: Type.Array(Application) });
export type ApplicationList = Static<typeof ApplicationList>;

/** `POST /applications/:id/submit`: the version of the consent that the applicant gave, where the edition asks for one. */
export const HandIn = Type.Object({
  consent: Type.Optional(Type.Object({ version: Type.String({ minLength: 1, maxLength: 40 }) })),
});
export type HandIn = Static<typeof HandIn>;

/** `POST /applications/:id/answer`: what the applicant says to the request; new papers are uploaded before. */
export const AnswerRequest = Type.Object({ message: Type.Optional(Type.String({ maxLength: 2_000 })) });
export type AnswerRequest = Static<typeof AnswerRequest>;

/** `POST /applications/:id/appeal`: once, within the days of the category; another officer looks. */
export const Appeal = Type.Object({ message: Type.String({ minLength: 1, maxLength: 2_000 }) });
export type Appeal = Static<typeof Appeal>;

/**
 * `POST /applications/:id/change` after the approval, with `If-Match`: all answers anew, perhaps in another category.
 * What is material opens the review again while the badge stays; anything else is simply kept.
 */
export const ChangeApplication = Type.Object({
  category: Type.Optional(Id),
  fields: SaveApplication.properties.fields,
});
export type ChangeApplication = Static<typeof ChangeApplication>;

/** `GET /internal/applications/:id/words?version=`: what belongs into a letter about that step. */
export const WordsOf = Type.Object({ version: Type.Integer({ minimum: 1 }) });
export type WordsOf = Static<typeof WordsOf>;

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
