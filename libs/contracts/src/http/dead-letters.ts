import { type Static, Type } from 'typebox';
import { Instant } from './common.js';

export const DeadLetterFilter = Type.Object({ all: Type.Optional(Type.Boolean()) });
export type DeadLetterFilter = Static<typeof DeadLetterFilter>;

const Nullable = Type.Union([Type.String(), Type.Null()]);

/** A fact that a service could not hear; on topics of people only where it stands is kept. */
export const DeadLetterView = Type.Object({
  id: Type.String(),
  topic: Type.String(),
  partition: Type.Integer(),
  offset: Type.String(),
  key: Nullable,
  type: Nullable,
  reason: Type.String(),
  attempts: Type.Integer(),
  state: Type.Union([
    Type.Literal('open'),
    Type.Literal('replay'),
    Type.Literal('replayed'),
    Type.Literal('dropped'),
    Type.Literal('settled'),
  ]),
  at: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  event: Type.Unknown(),
});
export type DeadLetterView = Static<typeof DeadLetterView>;

export const DeadLetterList = Type.Object({ letters: Type.Array(DeadLetterView) });
export type DeadLetterList = Static<typeof DeadLetterList>;
