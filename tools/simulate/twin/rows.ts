import type {
  LimitDocument,
  OrderItemDocument,
  OrderLineDocument,
} from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import type { OrderState } from '../../../apps/tickets/src/sale/orders/order.rules.js';
import type { AttemptState } from '../../../apps/tickets/src/sale/payments/payment-attempts.store.js';

/** The tables of tickets that the sale protocol touches, as plain rows; moments are milliseconds since 1970. */
export interface OrderRow {
  id: string;
  /** Caller and Idempotency-Key of the checkout. */
  call: string;
  number: string;
  edition: string;
  person: string;
  buyer: string;
  language: string;
  state: OrderState;
  total: number;
  currency: string;
  limits: readonly LimitDocument[];
  payUntil: number;
  nextLookAt: number | undefined;
  looks: number;
  expiryAlarm: boolean;
  version: number;
  exchangeOf: string | undefined;
  paidFrom: readonly string[];
  promo: string | undefined;
  paidLate: boolean;
  endReason: string | undefined;
}

export interface LineRow extends OrderLineDocument {
  order: string;
  endedAs: string | undefined;
}

export interface ItemRow extends OrderItemDocument {
  order: string;
  endedAs: string | undefined;
}

export interface TicketRow {
  id: string;
  order: string;
  line: number;
  screening: string;
  seat: string;
  state: 'live' | 'ended';
  endedAs: string | undefined;
}

export interface ClaimRow {
  screening: string;
  seat: string;
  no: number;
  ownerKind: string;
  owner: string;
  line: number;
}

export interface LimitRow {
  id: string;
  capacity: number;
  used: number;
}

export interface LimitUseRow {
  limit: string;
  owner: string;
  n: number;
}

export interface LineLimitRow extends LimitUseRow {
  line: number;
}

export interface AttemptRow {
  id: string;
  order: string;
  provider: string;
  providerPaymentId: string | undefined;
  redirectUrl: string | undefined;
  amount: number;
  currency: string;
  state: AttemptState;
  livesUntil: number;
  captured: number;
  refunded: number;
  refundTarget: number;
  refundStarted: boolean;
  nextLookAt: number | undefined;
  looks: number;
}

export interface RefundRow {
  id: string;
  order: string;
  attempt: string | undefined;
  amount: number;
  upto: number;
  state: 'due' | 'refunded';
}

export interface LedgerRow {
  order: string;
  posting: number;
  account: string;
  amount: number;
  reason: string;
}

export interface HoldRow {
  screening: string;
  seat: string;
  hold: string;
  buyer: string;
  until: number;
  extended: boolean;
}

export interface BoardRow {
  screening: string;
  edition: string;
  planId: string;
  planVersion: number;
  epoch: number;
  holdStore: 'redis' | 'closed' | 'postgres';
  onSale: boolean;
  paused: boolean;
  cancelled: boolean;
}

export interface HoldStoreRow {
  identity: string;
  store: 'redis' | 'closed' | 'postgres';
  switchedAt: number;
  answeredAt: number;
}
