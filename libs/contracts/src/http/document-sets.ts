import { type Static, Type } from 'typebox';
import { DocumentSetKind, Slug } from './accreditation-categories.js';
import { Instant, LanguageShape, LocalTextShape, Uuid } from './common.js';

/** What an officer should know of a person's papers before a set goes out. */
export const SetWarning = Type.Object({
  code: Type.Union([
    /** Fewer days before the arrival than an invitation takes. */
    Type.Literal('visa-too-late'),
    Type.Literal('passport-expired'),
    /** The passport ends sooner after the departure than is asked for. */
    Type.Literal('passport-ends-early'),
    /** A paper without the word that it is a certified translation. */
    Type.Literal('translation-missing'),
  ]),
  /** The field or the kind of paper. */
  field: Type.String(),
  text: LocalTextShape,
});
export type SetWarning = Static<typeof SetWarning>;

/** Days and months that the set was checked by; they are frozen with it. */
export const SetRules = Type.Object({
  /** An invitation is asked for at least so many days before the arrival. */
  visaLeadDays: Type.Integer(),
  /** A passport lives at least so many months after the departure. */
  passportMonths: Type.Integer(),
});
export type SetRules = Static<typeof SetRules>;

export const SetPerson = Type.Object({
  applicationId: Uuid,
  personId: Type.String(),
  /** As the passport has it, where the form asks for that. */
  name: Type.String(),
  categoryName: LocalTextShape,
  warnings: Type.Array(SetWarning),
  /** Fields that the set needs and that are empty: such a person stays out. */
  missing: Type.Array(Type.String()),
});
export type SetPerson = Static<typeof SetPerson>;
/** `GET /document-sets/preview`: who would be in the set now. */
export const DocumentSetPreview = Type.Object({
  editionId: Type.String(),
  kind: DocumentSetKind,
  rules: SetRules,
  people: Type.Array(SetPerson),
});
export type DocumentSetPreview = Static<typeof DocumentSetPreview>;
export const DocumentSetOf = Type.Object({ edition: Slug, kind: DocumentSetKind });
export type DocumentSetOf = Static<typeof DocumentSetOf>;

/** `POST /document-sets`: freezes what the approved applications say now. */
export const FreezeDocumentSet = Type.Object({
  editionId: Slug,
  kind: DocumentSetKind,
  /** All who belong to it when absent. */
  applicationIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 2_000, uniqueItems: true })),
});
export type FreezeDocumentSet = Static<typeof FreezeDocumentSet>;

const Frozen = {
  id: Uuid,
  editionId: Type.String(),
  kind: DocumentSetKind,
  rules: SetRules,
  /** SHA-256 over the columns and the digests of the rows. */
  sha256: Type.String(),
  people: Type.Integer(),
  warnings: Type.Integer(),
  frozenAt: Instant,
};
export const DocumentSet = Type.Object({
  ...Frozen,
  rows: Type.Array(
    Type.Object({
      applicationId: Uuid,
      /** Null once the person is erased. */
      name: Type.Union([Type.String(), Type.Null()]),
      warnings: Type.Array(SetWarning),
      sha256: Type.String(),
      /** False where the row no longer has the digest that it was frozen with. */
      intact: Type.Boolean(),
    }),
  ),
  /** Who had to stay out, and for want of what. */
  leftOut: Type.Array(Type.Object({ applicationId: Uuid, missing: Type.Array(Type.String()) })),
});
export type DocumentSet = Static<typeof DocumentSet>;
export const DocumentSets = Type.Object({ sets: Type.Array(Type.Object(Frozen)) });
export type DocumentSets = Static<typeof DocumentSets>;
export const DocumentSetsOf = Type.Object({ edition: Slug });
export type DocumentSetsOf = Static<typeof DocumentSetsOf>;

/** `GET /document-sets/:id/file`. */
export const DocumentSetFile = Type.Object({
  format: Type.Union([Type.Literal('xlsx'), Type.Literal('pdf')]),
  /** Which table of a spreadsheet; a PDF has them all. */
  table: Type.Optional(
    Type.Union([Type.Literal('people'), Type.Literal('crew'), Type.Literal('equipment'), Type.Literal('papers')]),
  ),
  language: Type.Optional(LanguageShape),
});
export type DocumentSetFile = Static<typeof DocumentSetFile>;
