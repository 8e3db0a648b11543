import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape, MoneyShape, Uuid } from './common.js';

/** A word of the file: lower-case letters, digits and hyphens. */
export const Slug = Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-z0-9][a-z0-9-]*$' });
const Id = Slug;

/**
 * When a field or a paper is asked for: by the answers so far. A field that is not asked for counts as empty, and an
 * empty field is none of a list.
 */
const Asked = Type.Object({ field: Slug, is: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1 }) });
const Simple = Type.Union([
  Asked,
  Type.Object({ not: Asked }),
  Type.Object({ all: Type.Array(Asked, { minItems: 1 }) }),
  Type.Object({ any: Type.Array(Asked, { minItems: 1 }) }),
]);
export const Condition = Type.Union([
  Asked,
  Type.Object({ not: Simple }),
  Type.Object({ all: Type.Array(Simple, { minItems: 1 }) }),
  Type.Object({ any: Type.Array(Simple, { minItems: 1 }) }),
]);
export type Condition = Static<typeof Condition>;

/** What an application can be made into: the festival's badge, the foreign ministry's form, the table for visas. */
export const DocumentSetKind = Type.Union([
  Type.Literal('badge'),
  Type.Literal('foreign-ministry'),
  Type.Literal('visa'),
]);
export type DocumentSetKind = Static<typeof DocumentSetKind>;

/** Days after the edition's last day for which something is kept; then a job removes it. */
const KeepDays = Type.Integer({ minimum: 0, maximum: 3_650 });

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
  /** Asked for only then; always when absent. */
  when: Type.Optional(Condition),
  /** The paper's own date, told at the upload, lies at most so many days before the hand-in. */
  maxAgeDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  /** Most pixels of a picture, and most pages of a PDF; the festival's own limits when absent. */
  maxPixels: Type.Optional(Type.Integer({ minimum: 10_000, maximum: 100_000_000 })),
  maxPages: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  /** A portrait for the badge: kept at 3:4. */
  portrait: Type.Optional(Type.Boolean()),
  /** The uploader says whether it is a certified translation, where the paper is in another language. */
  translation: Type.Optional(Type.Boolean()),
  /** What a reviewer looks at in a paper of this kind. */
  checklist: Type.Optional(Type.Array(Type.Object({ id: Id, text: LocalTextShape }))),
  keepDays: Type.Optional(KeepDays),
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
    Type.Literal('date'),
    Type.Literal('number'),
    Type.Literal('country'),
    Type.Literal('yes-no'),
    Type.Literal('iin'),
    Type.Literal('passport-name'),
    Type.Literal('equipment'),
    Type.Literal('crew'),
  ]),
  required: Type.Boolean(),
  hint: Type.Optional(LocalTextShape),
  /** Asked for only then; always when absent. */
  when: Type.Optional(Condition),
  /** Tells about a person: encrypted where it is an identity number, and erased with the person. */
  personal: Type.Optional(Type.Boolean()),
  /** A change after the approval (identity, outlet) opens the review again. */
  material: Type.Optional(Type.Boolean()),
  /** Which document sets need it. */
  sets: Type.Optional(Type.Array(DocumentSetKind, { uniqueItems: true })),
  keepDays: Type.Optional(KeepDays),
  /** Characters; of `equipment` and `crew`, of the whole list as JSON. */
  maxLength: Type.Integer({ minimum: 1, maximum: 4_000 }),
  choices: Type.Optional(Type.Array(Type.Object({ id: Id, name: LocalTextShape }), { minItems: 1 })),
});
export type FormField = Static<typeof FormField>;

/** Whose places are counted: the whole category's, an outlet's, an outlet's of one medium, a country's. */
export const QuotaScope = Type.Union([
  Type.Literal('category'),
  Type.Literal('outlet'),
  Type.Literal('outlet-medium'),
  Type.Literal('country'),
]);
export type QuotaScope = Static<typeof QuotaScope>;

/** How many may be approved. */
export const QuotaRule = Type.Object({
  of: QuotaScope,
  capacity: Type.Integer({ minimum: 0, maximum: 100_000 }),
  /**
   * What becomes of an approval that finds no place: refused, the application goes to the waiting list, or an officer
   * may exceed the number and says why.
   */
  whenFull: Type.Union([Type.Literal('refuse'), Type.Literal('waitlist'), Type.Literal('override')]),
});
export type QuotaRule = Static<typeof QuotaRule>;

/** Days that people have; festival time. */
export const Terms = Type.Object({
  /** To answer a request for information, unless the officer names a day. */
  informationDays: Type.Integer({ minimum: 1, maximum: 60 }),
  /** To pay the fee after the approval. */
  paymentDays: Type.Integer({ minimum: 1, maximum: 60 }),
  /** Hours to take a place that became free. */
  offerHours: Type.Integer({ minimum: 1, maximum: 720 }),
  /** To appeal against a rejection. */
  appealDays: Type.Integer({ minimum: 0, maximum: 60 }),
  /** Within which the festival means to decide; shown, and the queue is sorted by it. */
  decisionDays: Type.Integer({ minimum: 1, maximum: 120 }),
});
export type Terms = Static<typeof Terms>;

/**
 * What a badge's holder is and may do: the one table from function to rights. What is absent is the edition's rule.
 */
export const FunctionRow = Type.Object({
  id: Id,
  name: LocalTextShape,
  /** Allocations that its holder may draw from. */
  classes: Type.Array(
    Type.Union([
      Type.Literal('press'),
      Type.Literal('industry'),
      Type.Literal('guest'),
      Type.Literal('jury'),
      Type.Literal('sponsor'),
      Type.Literal('film-team'),
    ]),
    { uniqueItems: true },
  ),
  /** Access areas, A to Z. */
  areas: Type.Array(Type.String({ pattern: '^[A-Z]$' }), { uniqueItems: true }),
  /** When it opens doors; festival time. As long as the badge is valid when absent. */
  windows: Type.Optional(Type.Array(Type.Object({ from: Instant, until: Instant }), { minItems: 1, maxItems: 60 })),
  /** Bookings for screenings of one day. */
  dailyQuota: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
  /** Whether bookings at the same time are allowed (a programmer who looks into three halls). */
  overlap: Type.Optional(Type.Boolean()),
  /** No-shows that only warn, and the hours for which the next one blocks. */
  warnings: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
  blockHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 720 })),
  invented: Type.Optional(Type.Boolean()),
});
export type FunctionRow = Static<typeof FunctionRow>;

/** A category as a row of `data/<edition>/accreditation.json`; what its holders may do is its function's row. */
export const CategoryFileRow = Type.Object({
  id: Id,
  name: LocalTextShape,
  description: LocalTextShape,
  /** What a badge's holder is: a row of `functions`. */
  function: Id,
  form: Type.Array(FormField, { minItems: 1 }),
  evidence: Type.Array(EvidenceRule),
  /** What the officer looks at before deciding. */
  checklist: Type.Array(Type.Object({ id: Id, text: LocalTextShape })),
  quotas: Type.Array(QuotaRule, { maxItems: 4 }),
  /** Festival time in which one may apply; always when absent. */
  opensAt: Type.Optional(Instant),
  closesAt: Type.Optional(Instant),
  /** What an accreditation costs; nothing when absent. */
  fee: Type.Optional(MoneyShape),
  terms: Type.Optional(Terms),
  /** Two officers must agree before an approval counts. */
  secondOpinion: Type.Optional(Type.Boolean()),
  /** May be filled in and decided at the desk on the day. */
  walkUp: Type.Optional(Type.Boolean()),
  /** Days after the edition's last day for which what has none of its own is kept; until somebody asks when absent. */
  keepDays: Type.Optional(KeepDays),
  /** Which document sets are made of an application; the badge alone when absent. */
  sets: Type.Optional(Type.Array(DocumentSetKind, { uniqueItems: true })),
  invented: Type.Optional(Type.Boolean()),
});
export type CategoryFileRow = Static<typeof CategoryFileRow>;

/** A category with what its function gives, as the service works with it. */
export const CategoryRow = Type.Object({
  ...CategoryFileRow.properties,
  functionName: LocalTextShape,
  classes: FunctionRow.properties.classes,
  areas: FunctionRow.properties.areas,
  /** What the function allows beyond the edition's own rules. */
  rights: Type.Object({
    windows: FunctionRow.properties.windows,
    dailyQuota: FunctionRow.properties.dailyQuota,
    overlap: FunctionRow.properties.overlap,
    warnings: FunctionRow.properties.warnings,
    blockHours: FunctionRow.properties.blockHours,
  }),
});
export type CategoryRow = Static<typeof CategoryRow>;

/** An outlet whose place in a category differs from the category's rule. */
export const OutletRow = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  /** The same outlet written otherwise, also in another script. */
  aliases: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 120 }))),
  category: Id,
  capacity: Type.Integer({ minimum: 0, maximum: 1_000 }),
  /** Its places of one medium ("tv": 2), where the category counts them. */
  media: Type.Optional(Type.Record(Slug, Type.Integer({ minimum: 0, maximum: 1_000 }))),
  whenFull: Type.Optional(QuotaRule.properties.whenFull),
  invented: Type.Optional(Type.Boolean()),
});
export type OutletRow = Static<typeof OutletRow>;

/** What an applicant agrees to before handing in; another text is another version. */
export const ConsentText = Type.Object({
  version: Type.String({ minLength: 1, maxLength: 40 }),
  text: LocalTextShape,
});
export type ConsentText = Static<typeof ConsentText>;

/** `POST /editions/:id/categories`: the whole file; the same file twice changes nothing. */
export const AccreditationFile = Type.Object({
  $schema: Type.Optional(Type.String()),
  edition: Id,
  note: Type.Optional(Type.String()),
  consent: Type.Optional(ConsentText),
  /** The one table from a function to its rights. */
  functions: Type.Array(FunctionRow, { minItems: 1, maxItems: 100 }),
  categories: Type.Array(CategoryFileRow, { minItems: 1, maxItems: 100 }),
  outlets: Type.Array(OutletRow, { maxItems: 2_000 }),
});
export type AccreditationFile = Static<typeof AccreditationFile>;

/** A quota whose number is below its use: nobody lost anything by it, who came last is named first. */
export const QuotaOver = Type.Object({
  of: QuotaScope,
  category: Type.String(),
  /** The outlet or the country whose quota it is. */
  subject: Type.Union([Type.String(), Type.Null()]),
  capacity: Type.Integer(),
  used: Type.Integer(),
  applications: Type.Array(Uuid),
});
export type QuotaOver = Static<typeof QuotaOver>;
const Counts = Type.Object({ added: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() });
export const CategoriesImported = Type.Object({ categories: Counts, outlets: Counts, over: Type.Array(QuotaOver) });
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
  opensAt: Type.Union([Instant, Type.Null()]),
  closesAt: Type.Union([Instant, Type.Null()]),
  /** Whether one may apply now, by festival time. */
  open: Type.Boolean(),
  fee: Type.Union([MoneyShape, Type.Null()]),
  terms: Terms,
  sets: Type.Array(DocumentSetKind),
  invented: Type.Boolean(),
});
export type CategoryView = Static<typeof CategoryView>;
export const CategoryList = Type.Object({
  editionId: Type.String(),
  /** What is agreed to with the hand-in; null where the edition asks for nothing. */
  consent: Type.Union([ConsentText, Type.Null()]),
  categories: Type.Array(CategoryView),
});
export type CategoryList = Static<typeof CategoryList>;
export const CategoriesOf = Type.Object({ edition: Id });
export type CategoriesOf = Static<typeof CategoriesOf>;
