import { type Static, Type } from 'typebox';

/** One text in Kazakh, Russian and English. */
export const LocalTextShape = Type.Object({ kk: Type.String(), ru: Type.String(), en: Type.String() });
export type LocalTextShape = Static<typeof LocalTextShape>;

/** Integer minor units and an ISO 4217 code. */
export const MoneyShape = Type.Object({ amount: Type.Integer(), currency: Type.String() });
export type MoneyShape = Static<typeof MoneyShape>;

export const LanguageShape = Type.Union([Type.Literal('kk'), Type.Literal('ru'), Type.Literal('en')]);

/** An instant in UTC, ISO 8601 ("2019-09-16T13:30:00.000Z"). */
export const Instant = Type.String({ format: 'date-time' });
export const Uuid = Type.String({ format: 'uuid' });

/** RFC 9457 answer to everything that is refused. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  correlationId: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), code: Type.String(), reason: Type.String() }))),
  facts: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});
export type Problem = Static<typeof Problem>;
