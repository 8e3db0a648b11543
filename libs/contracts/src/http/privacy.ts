import { type Static, Type } from 'typebox';
import { Instant, Uuid } from './common.js';

/** `GET {service}/internal/people/:id/traces`: what of a person is still there, by kind; nothing when it is forgotten. */
export const Traces = Type.Object({
  left: Type.Array(Type.Object({ what: Type.String(), count: Type.Integer({ minimum: 1 }) })),
});
export type Traces = Static<typeof Traces>;

/** `GET {service}/internal/people/:id/export`: everything that the service knows of a person, by kind. */
export const PersonRecords = Type.Record(Type.String(), Type.Unknown());
export type PersonRecords = Static<typeof PersonRecords>;

/** `GET /api/people/me/export`. */
export const PersonExport = Type.Object({
  personId: Uuid,
  exportedAt: Instant,
  /** By part of the system: `gateway`, `accreditations`, `tickets`, `notifications`. */
  parts: Type.Record(Type.String(), PersonRecords),
});
export type PersonExport = Static<typeof PersonExport>;

/** `POST /api/people/me/erasure`. */
export const EraseMe = Type.Object({ confirm: Type.Literal(true) });
export type EraseMe = Static<typeof EraseMe>;

/** `POST /api/people/erasures`, for a person who asked in another way. */
export const ErasePersonBody = Type.Object({
  email: Type.String({ format: 'email', maxLength: 254 }),
  /** Where the wish is documented: a letter's number, a request's. */
  reason: Type.String({ minLength: 3, maxLength: 300 }),
});
export type ErasePersonBody = Static<typeof ErasePersonBody>;

/** How far an erasure is. Nobody is named: the person's id is all that is left. */
export const Erasure = Type.Object({
  personId: Uuid,
  askedAt: Instant,
  /** `people-topic`: the contact data on the compacted topic, gone once the brokers have compacted it. */
  parts: Type.Array(
    Type.Object({
      part: Type.Union([
        Type.Literal('gateway'),
        Type.Literal('accreditations'),
        Type.Literal('tickets'),
        Type.Literal('notifications'),
        Type.Literal('people-topic'),
      ]),
      state: Type.Union([Type.Literal('pending'), Type.Literal('verified')]),
      checkedAt: Type.Union([Instant, Type.Null()]),
      /** What was still there at the last look, or why nobody could look. */
      left: Type.Array(Type.String()),
    }),
  ),
  /** When everything was seen to be gone; null while something is pending. */
  doneAt: Type.Union([Instant, Type.Null()]),
});
export type Erasure = Static<typeof Erasure>;
export const Erasures = Type.Object({ erasures: Type.Array(Erasure) });
export type Erasures = Static<typeof Erasures>;
