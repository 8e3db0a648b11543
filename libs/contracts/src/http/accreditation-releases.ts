import { type Static, Type } from 'typebox';
import { Slug as Id } from './accreditation-categories.js';
import { Instant, LocalTextShape, Uuid } from './common.js';

/** What an officer may prepare for many at once. */
export const PreparedDecision = Type.Union([Type.Literal('approve'), Type.Literal('reject'), Type.Literal('waitlist')]);
export type PreparedDecision = Static<typeof PreparedDecision>;

export const ReleaseState = Type.Union([Type.Literal('prepared'), Type.Literal('released'), Type.Literal('discarded')]);
export type ReleaseState = Static<typeof ReleaseState>;

/** `POST /releases`: an act that makes its decisions visible at once; by itself where a time is set. */
export const OpenRelease = Type.Object({
  edition: Id,
  name: Type.String({ minLength: 1, maxLength: 120 }),
  /** Festival time. */
  releaseAt: Type.Optional(Instant),
});
export type OpenRelease = Static<typeof OpenRelease>;

/** `PUT /releases/:id` with `If-Match`. */
export const ChangeRelease = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  releaseAt: Type.Union([Instant, Type.Null()]),
});
export type ChangeRelease = Static<typeof ChangeRelease>;

/** `POST /releases/:id/decisions`: takes the places now; what can't go is answered and not prepared. */
export const PrepareDecisions = Type.Object({
  decisions: Type.Array(
    Type.Object({
      applicationId: Uuid,
      decision: PreparedDecision,
      /** What the applicant reads; needed to reject and to put on the waiting list. */
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
      override: Type.Optional(Type.Boolean()),
    }),
    { minItems: 1, maxItems: 1_000 },
  ),
});
export type PrepareDecisions = Static<typeof PrepareDecisions>;

/** Why a decision was not prepared, or would not go, or did not. */
export const NotGoing = Type.Object({ applicationId: Uuid, code: Type.String(), reason: LocalTextShape });
export type NotGoing = Static<typeof NotGoing>;

/** `POST /releases/:id/undo`: takes back these, or all; their places are free again. */
export const UndoDecisions = Type.Object({
  applicationIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 1_000 })),
});
export type UndoDecisions = Static<typeof UndoDecisions>;

export const Release = Type.Object({
  id: Uuid,
  edition: Type.String(),
  name: Type.String(),
  state: ReleaseState,
  version: Type.Integer(),
  /** Festival time at which it goes by itself. */
  releaseAt: Type.Union([Instant, Type.Null()]),
  releasedAt: Type.Union([Instant, Type.Null()]),
  /** How many of each decision. */
  counts: Type.Object({ approve: Type.Integer(), reject: Type.Integer(), waitlist: Type.Integer() }),
  /** Decisions that would not go as things stand now; after the release, those that did not. */
  notGoing: Type.Array(NotGoing),
});
export type Release = Static<typeof Release>;
export const ReleaseList = Type.Object({ releases: Type.Array(Release) });
export type ReleaseList = Static<typeof ReleaseList>;

/** What a preparation answers: the release, and what was refused of it. */
export const Prepared = Type.Object({ release: Release, refused: Type.Array(NotGoing) });
export type Prepared = Static<typeof Prepared>;

/** `GET /releases/:id/decisions?after=`: the preview, by application. */
export const ReleasePage = Type.Object({ after: Type.Optional(Uuid) });
export type ReleasePage = Static<typeof ReleasePage>;
export const ReleaseDecisions = Type.Object({
  decisions: Type.Array(
    Type.Object({
      applicationId: Uuid,
      name: Type.String(),
      outlet: Type.Union([Type.String(), Type.Null()]),
      category: Type.String(),
      decision: PreparedDecision,
      reason: Type.Union([Type.String(), Type.Null()]),
      by: Type.String(),
    }),
  ),
  next: Type.Union([Uuid, Type.Null()]),
});
export type ReleaseDecisions = Static<typeof ReleaseDecisions>;
