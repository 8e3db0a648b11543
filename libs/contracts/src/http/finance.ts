import { type Static, Type } from 'typebox';
import { Instant, MoneyShape, Uuid } from './common.js';

const MinorUnits = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });

/** One provider's day by an edition's own clock; minor units. Closed days stand as their digest says. */
export const SettlementDay = Type.Object({
  provider: Type.String(),
  /** "2019-09-16" */
  day: Type.String(),
  currency: Type.String(),
  captured: Type.Integer(),
  refunded: Type.Integer(),
  chargedBack: Type.Integer(),
  entries: Type.Integer(),
  closedAt: Type.Union([Instant, Type.Null()]),
  digest: Type.Union([Type.String(), Type.Null()]),
});
export type SettlementDay = Static<typeof SettlementDay>;

export const LedgerEntry = Type.Object({
  posting: Uuid,
  account: Type.String(),
  /** Minor units: what comes in is positive. */
  amount: Type.Integer(),
  currency: Type.String(),
  reason: Type.String(),
  at: Instant,
});
export type LedgerEntry = Static<typeof LedgerEntry>;

const Account = Type.String({ minLength: 2, maxLength: 40, pattern: '^[a-z][a-z:-]*$' });

/** Moves an amount between two accounts of one order's books. */
export const CorrectLedger = Type.Object({
  from: Account,
  to: Account,
  amount: MinorUnits,
  reason: Type.String({ minLength: 3, maxLength: 200 }),
});
export type CorrectLedger = Static<typeof CorrectLedger>;

export const RecordChargeback = Type.Object({
  amount: MinorUnits,
  /** The provider's own name for the dispute. */
  reference: Type.String({ minLength: 1, maxLength: 120 }),
});
export type RecordChargeback = Static<typeof RecordChargeback>;

export const CloseChargeback = Type.Object({ outcome: Type.Union([Type.Literal('won'), Type.Literal('lost')]) });
export type CloseChargeback = Static<typeof CloseChargeback>;

export const ChargebackView = Type.Object({
  id: Uuid,
  provider: Type.String(),
  reference: Type.String(),
  attemptId: Uuid,
  orderId: Uuid,
  orderNumber: Type.String(),
  amount: MoneyShape,
  state: Type.Union([Type.Literal('open'), Type.Literal('won'), Type.Literal('lost')]),
  madeAt: Instant,
});
export type ChargebackView = Static<typeof ChargebackView>;

export const RefundView = Type.Object({
  id: Uuid,
  orderId: Uuid,
  orderNumber: Type.String(),
  /** Null for a return that no provider carries. */
  attemptId: Type.Union([Uuid, Type.Null()]),
  amount: MoneyShape,
  reason: Type.String(),
  madeAt: Instant,
});
export type RefundView = Static<typeof RefundView>;

export const PayOutRefund = Type.Object({ account: Account });
export type PayOutRefund = Static<typeof PayOutRefund>;
