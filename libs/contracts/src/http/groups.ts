import { type Static, Type } from 'typebox';
import { LanguageShape, MoneyShape, Uuid } from './common.js';

const Bin = Type.String({ pattern: '^\\d{12}$' });

/** A group's seats, placed by the group desk: one leader, paid by invoice or by the link, kept until the due date. */
export const PlaceGroupOrder = Type.Object({
  holds: Type.Array(Type.String({ maxLength: 8_000 }), { minItems: 1, maxItems: 8 }),
  kinds: Type.Optional(
    Type.Array(
      Type.Object({
        screeningId: Type.String({ maxLength: 80 }),
        seatId: Type.String({ maxLength: 40 }),
        kind: Type.String({ minLength: 1, maxLength: 40 }),
      }),
      { maxItems: 480 },
    ),
  ),
  promo: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  leader: Type.Object({
    email: Type.String({ format: 'email', maxLength: 254 }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  }),
  language: LanguageShape,
  /** Who is invoiced; its business number is checked. */
  company: Type.Object({ name: Type.String({ minLength: 2, maxLength: 200 }), bin: Bin }),
  /** "2019-09-12": the seats are kept to the end of that day, by the edition's own clock. */
  dueOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  /** One code that admits all of them, in as many parts as they come; or a code each. */
  codes: Type.Union([Type.Literal('one'), Type.Literal('each')]),
  consent: Type.Object({ terms: Type.Literal(true), version: Type.String({ minLength: 1, maxLength: 40 }) }),
});
export type PlaceGroupOrder = Static<typeof PlaceGroupOrder>;

/** Money that reached the bank account, matched to an order by a person. */
export const RecordBankTransfer = Type.Object({
  /** Minor units. */
  amount: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
  /** The bank's own reference: the same one is the same transfer. */
  reference: Type.String({ minLength: 1, maxLength: 120 }),
});
export type RecordBankTransfer = Static<typeof RecordBankTransfer>;

/** Invoices that wait for their money, the one that is due first on top. */
export const OpenInvoice = Type.Object({
  orderId: Uuid,
  number: Type.String(),
  company: Type.Object({ name: Type.String(), bin: Type.String() }),
  places: Type.Integer(),
  total: MoneyShape,
  dueOn: Type.String(),
});
export type OpenInvoice = Static<typeof OpenInvoice>;
