import { type Static, Type } from 'typebox';
import { Instant, MoneyShape, Uuid } from './common.js';

/** A receipt or credit note of an order: its paper, and what the fiscal register says. */
export const Receipt = Type.Object({
  id: Uuid,
  kind: Type.Union([Type.Literal('receipt'), Type.Literal('credit-note')]),
  /** Counted per edition and kind without gaps. */
  number: Type.Integer(),
  amount: MoneyShape,
  vat: MoneyShape,
  at: Instant,
  fiscal: Type.Object({
    state: Type.Union([Type.Literal('queued'), Type.Literal('registered'), Type.Literal('failed')]),
    number: Type.Union([Type.String(), Type.Null()]),
    qrLink: Type.Union([Type.String(), Type.Null()]),
  }),
});
export type Receipt = Static<typeof Receipt>;

/** A fiscal receipt as finance sees it. */
export const FiscalReceipt = Type.Object({
  id: Uuid,
  orderId: Uuid,
  kind: Type.Union([Type.Literal('sale'), Type.Literal('return')]),
  channel: Type.Union([Type.Literal('online'), Type.Literal('counter')]),
  provider: Type.String(),
  amount: MoneyShape,
  state: Type.Union([Type.Literal('queued'), Type.Literal('registered'), Type.Literal('failed')]),
  number: Type.Union([Type.String(), Type.Null()]),
  offlineNumber: Type.Union([Type.Integer(), Type.Null()]),
  tries: Type.Integer(),
  alarmed: Type.Boolean(),
  lastError: Type.Union([Type.String(), Type.Null()]),
  at: Instant,
});
export type FiscalReceipt = Static<typeof FiscalReceipt>;

export const FiscalReceiptQuery = Type.Object({
  state: Type.Optional(Type.Union([Type.Literal('queued'), Type.Literal('registered'), Type.Literal('failed')])),
});
export type FiscalReceiptQuery = Static<typeof FiscalReceiptQuery>;

/** A shift's Z report as the operator told it; amounts in minor units. */
export const ZReportView = Type.Object({
  shift: Type.Integer(),
  sales: Type.Object({ count: Type.Integer(), amount: Type.Integer() }),
  returns: Type.Object({ count: Type.Integer(), amount: Type.Integer() }),
});
export type ZReportView = Static<typeof ZReportView>;

/** Links that put a ticket into a phone's wallet; null where that wallet is not set up. */
export const WalletLinks = Type.Object({
  apple: Type.Union([Type.String(), Type.Null()]),
  google: Type.Union([Type.String(), Type.Null()]),
});
export type WalletLinks = Static<typeof WalletLinks>;
