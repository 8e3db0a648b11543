import { type Static, Type } from 'typebox';
import { Slug } from './accreditation-categories.js';
import { ApplicationState } from './accreditations.js';
import { Instant, Uuid } from './common.js';

/** `GET /review/duplicates`. */
export const DuplicatesOf = Type.Object({
  edition: Slug,
  /** Only pairs with this application. */
  application: Type.Optional(Uuid),
});
export type DuplicatesOf = Static<typeof DuplicatesOf>;

const Twin = Type.Object({
  id: Uuid,
  personId: Uuid,
  category: Type.String(),
  state: ApplicationState,
  name: Type.String(),
  outlet: Type.Union([Type.String(), Type.Null()]),
  submittedAt: Type.Union([Instant, Type.Null()]),
});
/** Two applications that may be one person's, the likeliest first. */
export const DuplicatePair = Type.Object({
  first: Twin,
  second: Twin,
  /** What speaks for it: `same-name` in one script or another, `like-name` by its sound, and equal answers. */
  because: Type.Array(
    Type.Union([
      Type.Literal('same-name'),
      Type.Literal('like-name'),
      Type.Literal('same-outlet'),
      Type.Literal('same-phone'),
      Type.Literal('same-birthday'),
      Type.Literal('same-identity-number'),
    ]),
  ),
});
export type DuplicatePair = Static<typeof DuplicatePair>;
export const DuplicateList = Type.Object({ pairs: Type.Array(DuplicatePair) });
export type DuplicateList = Static<typeof DuplicateList>;

/** `POST /review/duplicates/merge`: `drop` ends as withdrawn and stays readable behind `keep`. */
export const MergeDuplicates = Type.Object({
  keep: Uuid,
  drop: Uuid,
  reason: Type.String({ minLength: 1, maxLength: 1_000 }),
});
export type MergeDuplicates = Static<typeof MergeDuplicates>;

/** `POST /review/duplicates/dismiss`: two people after all; the pair is not shown again. */
export const DismissDuplicates = Type.Object({ first: Uuid, second: Uuid });
export type DismissDuplicates = Static<typeof DismissDuplicates>;

/** `GET /review/applications/:id/merged`: what was merged into an application, with its history. */
export const MergedApplications = Type.Object({
  merged: Type.Array(
    Type.Object({
      id: Uuid,
      personId: Uuid,
      category: Type.String(),
      fields: Type.Record(Type.String(), Type.String()),
      history: Type.Array(
        Type.Object({
          at: Instant,
          state: ApplicationState,
          by: Type.Union([Type.Literal('applicant'), Type.Literal('officer'), Type.Literal('system')]),
          reason: Type.Union([Type.String(), Type.Null()]),
        }),
      ),
    }),
  ),
});
export type MergedApplications = Static<typeof MergedApplications>;
