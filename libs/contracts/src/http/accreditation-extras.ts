import { type Static, Type } from 'typebox';
import { Slug } from './accreditation-categories.js';
import { Instant, LocalTextShape, Uuid } from './common.js';

/** What is asked for besides the badge, and counted: a place at the red carpet, the photo call, the press conference. */
export const ExtraKind = Type.Union([
  Type.Literal('red-carpet'),
  Type.Literal('photo-call'),
  Type.Literal('press-conference'),
]);
export type ExtraKind = Static<typeof ExtraKind>;
export const ExtraRequestState = Type.Union([
  Type.Literal('asked'),
  Type.Literal('granted'),
  Type.Literal('refused'),
  Type.Literal('given-up'),
]);
export type ExtraRequestState = Static<typeof ExtraRequestState>;

/** `POST /editions/:id/extras`: an officer announces an extra of an event. */
export const AnnounceExtra = Type.Object({
  id: Slug,
  kind: ExtraKind,
  name: LocalTextShape,
  /** When it begins; festival time. */
  at: Instant,
  screeningId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  capacity: Type.Integer({ minimum: 1, maximum: 10_000 }),
  /** Who gets a place: everybody is drawn from, or an officer picks. */
  how: Type.Union([Type.Literal('draw'), Type.Literal('pick')]),
  /** Functions whose badges may ask; all when absent. */
  functions: Type.Optional(Type.Array(Slug, { minItems: 1, uniqueItems: true })),
  /** Until when one may ask; festival time. */
  asksUntil: Instant,
});
export type AnnounceExtra = Static<typeof AnnounceExtra>;

const Facts = {
  editionId: Type.String(),
  id: Type.String(),
  kind: ExtraKind,
  name: LocalTextShape,
  at: Instant,
  screeningId: Type.Union([Type.String(), Type.Null()]),
  capacity: Type.Integer(),
  granted: Type.Integer(),
  how: AnnounceExtra.properties.how,
  asksUntil: Instant,
  drawnAt: Type.Union([Instant, Type.Null()]),
  /** SHA-256 of the seed of the draw, out before anybody asks. */
  commitment: Type.String(),
};
/** `GET /editions/:id/extras`: what the caller may ask for, and how it stands. */
export const MyExtra = Type.Object({
  ...Facts,
  request: Type.Union([
    Type.Object({ id: Uuid, state: ExtraRequestState, place: Type.Union([Type.Integer(), Type.Null()]) }),
    Type.Null(),
  ]),
});
export type MyExtra = Static<typeof MyExtra>;
export const MyExtras = Type.Object({ extras: Type.Array(MyExtra) });
export type MyExtras = Static<typeof MyExtras>;

/** `GET /editions/:id/extras/:extra/requests`, for officers. */
export const ExtraRequest = Type.Object({
  id: Uuid,
  personId: Type.String(),
  applicationId: Uuid,
  name: Type.String(),
  line: Type.Union([Type.String(), Type.Null()]),
  functionName: LocalTextShape,
  state: ExtraRequestState,
  /** From 1, in the order that was drawn. */
  place: Type.Union([Type.Integer(), Type.Null()]),
  /** False once the badge no longer lives. */
  badge: Type.Boolean(),
  askedAt: Instant,
});
export type ExtraRequest = Static<typeof ExtraRequest>;
export const ExtraRequests = Type.Object({ ...Facts, requests: Type.Array(ExtraRequest) });
export type ExtraRequests = Static<typeof ExtraRequests>;
/** `POST /editions/:id/extras/:extra/requests/:request/decision`. */
export const DecideExtra = Type.Object({ granted: Type.Boolean() });
export type DecideExtra = Static<typeof DecideExtra>;

/** `GET /editions/:id/extras/:extra/draw`: everything that anybody needs to draw again and compare. */
export const ExtraDraw = Type.Object({
  commitment: Type.String(),
  seed: Type.String(),
  /** The rule in one sentence, for people. */
  rule: LocalTextShape,
  capacity: Type.Integer(),
  /** Ids of the requests in the order that was drawn. */
  drawn: Type.Array(Uuid),
});
export type ExtraDraw = Static<typeof ExtraDraw>;
