import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape, Uuid } from './common.js';

const PerMinute = Type.Integer({ minimum: 1, maximum: 100_000 });

/** A queue before an on-sale. Once it has opened, only its rate and its end can be changed. */
export const PutEntryQueue = Type.Object({
  editionId: Type.String({ minLength: 1, maxLength: 80 }),
  name: LocalTextShape,
  opensAt: Instant,
  /** How many are let in each minute. */
  perMinute: PerMinute,
  closed: Type.Optional(Type.Boolean()),
});
export type PutEntryQueue = Static<typeof PutEntryQueue>;

export const EntryQueueState = Type.Union([Type.Literal('gathering'), Type.Literal('open'), Type.Literal('closed')]);

export const EntryQueueView = Type.Object({
  id: Uuid,
  editionId: Type.String(),
  name: LocalTextShape,
  opensAt: Instant,
  perMinute: PerMinute,
  state: EntryQueueState,
  /** SHA-256 of the seed, hex: published before anybody can join. */
  commitment: Type.String(),
  /** How many have a place. */
  places: Type.Integer(),
});
export type EntryQueueView = Static<typeof EntryQueueView>;

/** A place and how it stands; the token is the place's only key and names the browser that uses it. */
export const QueuePlace = Type.Object({
  queueId: Uuid,
  placeId: Uuid,
  token: Type.String(),
  state: Type.Union([
    Type.Literal('gathering'),
    Type.Literal('waiting'),
    Type.Literal('admitted'),
    Type.Literal('over'),
  ]),
  opensAt: Instant,
  /** From 1; absent before the draw. */
  place: Type.Optional(Type.Integer()),
  ahead: Type.Optional(Type.Integer()),
  /** Seconds until it is this place's turn at the rate of now. */
  seconds: Type.Optional(Type.Integer()),
  /** Until when the shop is open for an admitted place. */
  until: Type.Optional(Instant),
});
export type QueuePlace = Static<typeof QueuePlace>;

export const LookAtPlace = Type.Object({ token: Type.String({ minLength: 1, maxLength: 400 }) });
export type LookAtPlace = Static<typeof LookAtPlace>;

/** Everything that anybody needs to draw again and compare. */
export const QueueDraw = Type.Object({
  commitment: Type.String(),
  seed: Type.String(),
  /** The rule in one sentence, for people. */
  rule: LocalTextShape,
  /** Place ids of those who were there at the opening, in the order that was drawn. */
  drawn: Type.Array(Uuid),
  /** How many came later, in the order in which they came. */
  later: Type.Integer(),
});
export type QueueDraw = Static<typeof QueueDraw>;
