import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, MoneyShape, Uuid } from './common.js';

/**
 * `POST {TICKETS_URL}/internal/accreditation-fees`: told again, it changes nothing; a fee that was withdrawn is due again
 * in a higher round.
 */
export const DemandFee = Type.Object({
  applicationId: Uuid,
  /** Counts what is said about the fee of an application: demands and withdrawals, each one higher. */
  round: Type.Integer({ minimum: 1 }),
  personId: Uuid,
  editionId: Type.String({ minLength: 1, maxLength: 80 }),
  /** What is paid for, as the order and the receipt say it. */
  name: LocalTextShape,
  amount: Type.Integer({ minimum: 1 }),
  currency: Type.Literal('KZT'),
  /** Festival time after which no order is placed for it. */
  payUntil: Instant,
});
export type DemandFee = Static<typeof DemandFee>;

/** `open`: an order for it waits for its payment page; asked again later. */
export const FeeState = Type.Object({
  state: Type.Union([Type.Literal('due'), Type.Literal('open'), Type.Literal('paid'), Type.Literal('withdrawn')]),
});
export type FeeState = Static<typeof FeeState>;

/**
 * `DELETE {TICKETS_URL}/internal/accreditation-fees/:applicationId`: nobody needs to pay any more. `paid=return` also gives
 * back what was paid already, for an application that has ended. A fee that was demanded in a higher round than this stays.
 */
export const WithdrawFee = Type.Object({
  round: Type.Integer({ minimum: 1 }),
  paid: Type.Optional(Type.Literal('return')),
});
export type WithdrawFee = Static<typeof WithdrawFee>;

/** `GET /accreditation-fees/:applicationId`: the own fee. */
export const AccreditationFee = Type.Object({
  applicationId: Uuid,
  editionId: Type.String(),
  name: LocalTextShape,
  price: MoneyShape,
  payUntil: Instant,
  state: Type.Union([Type.Literal('due'), Type.Literal('paid'), Type.Literal('withdrawn')]),
  /** The order that waits for its payment, or that paid. */
  orderId: Type.Union([Uuid, Type.Null()]),
});
export type AccreditationFee = Static<typeof AccreditationFee>;

/** `POST /accreditation-fees/:applicationId/order` → the order; paid like any other. */
export const OrderFee = Type.Object({
  language: LanguageShape,
  consent: Type.Object({ terms: Type.Literal(true), version: Type.String({ minLength: 1, maxLength: 40 }) }),
});
export type OrderFee = Static<typeof OrderFee>;
