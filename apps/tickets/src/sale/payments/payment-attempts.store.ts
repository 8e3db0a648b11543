import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import type { PaymentAttempt } from './payment-provider.js';

export type AttemptState = 'opening' | 'open' | 'unknown' | 'paid' | 'closed' | 'refund-due' | 'refunded' | 'review';

export interface AttemptRow extends PaymentAttempt {
  state: AttemptState;
  captured: number;
  refunded: number;
  /** Minor units that in all have to go back through this payment. */
  refundTarget: number;
  redirectUrl: string | null;
  refundStarted: boolean;
}

interface RawRow extends Omit<AttemptRow, 'amount' | 'captured' | 'refunded' | 'refundTarget' | 'providerPaymentId'> {
  amount: string;
  currency: string;
  captured: string;
  refunded: string;
  refundTarget: string;
  providerPaymentId: string | null;
}

const COLUMNS = `id, order_id AS "orderId", provider, provider_payment_id AS "providerPaymentId", amount, currency, state,
  redirect_url AS "redirectUrl", lives_until AS "livesUntil", captured, refunded, refund_target AS "refundTarget", refund_started AS "refundStarted"`;

function shape(row: RawRow): AttemptRow {
  return {
    ...row,
    amount: { amount: Number(row.amount), currency: row.currency },
    captured: Number(row.captured),
    refunded: Number(row.refunded),
    refundTarget: Number(row.refundTarget),
    providerPaymentId: row.providerPaymentId ?? undefined,
  };
}

/** Rows of payment attempts. What moves money or seats is a function of the inventory port, not here. */
@Injectable()
export class PaymentAttempts {
  constructor(private readonly database: Database) {}

  /** The intent, written before the provider is asked; undefined when the order can't be paid any more. */
  async intend(id: string, orderId: string, provider: string, lifeSeconds: number): Promise<AttemptRow | undefined> {
    const [row] = await this.database.hot<RawRow>(
      'intend-payment',
      `INSERT INTO payment_attempt (id, order_id, provider, amount, currency, state, lives_until, next_look_at)
       SELECT $1, o.id, $3, o.total, o.currency, 'opening', clock_timestamp() + make_interval(secs => $4),
              clock_timestamp() + interval '5 seconds'
         FROM orders o WHERE o.id = $2 AND o.state = 'awaiting-payment' AND o.total > 0 AND o.pay_until > clock_timestamp()
       RETURNING ${COLUMNS}`,
      [id, orderId, provider, lifeSeconds],
    );
    return row && shape(row);
  }

  async opened(id: string, providerPaymentId: string, redirectUrl: string): Promise<void> {
    await this.database.hot(
      'payment-opened',
      `UPDATE payment_attempt SET provider_payment_id = $2, redirect_url = $3, looks = 0,
              state = CASE WHEN state IN ('opening', 'unknown') THEN 'open' ELSE state END,
              next_look_at = CASE WHEN state IN ('opening', 'unknown') THEN clock_timestamp() + interval '20 seconds' ELSE next_look_at END
        WHERE id = $1`,
      [id, providerPaymentId, redirectUrl],
    );
  }

  /**
   * Only from a state in which money is awaited. One that is closed is looked at a few times more, the first time in five
   * minutes: a provider that was slow itself may take money after it said that it had none, and its call may get lost.
   */
  async become(id: string, state: 'unknown' | 'closed'): Promise<void> {
    await this.database.hot(
      'payment-became',
      `UPDATE payment_attempt SET state = $2,
              looks = CASE WHEN $2 = 'closed' THEN 0 ELSE looks END,
              next_look_at = CASE WHEN $2 = 'closed' THEN clock_timestamp() + interval '5 minutes' ELSE next_look_at END
        WHERE id = $1 AND state IN ('opening', 'open', 'unknown')`,
      [id, state],
    );
  }

  async one(id: string): Promise<AttemptRow | undefined> {
    const [row] = await this.database.hot<RawRow>(
      'payment-attempt',
      `SELECT ${COLUMNS} FROM payment_attempt WHERE id = $1`,
      [id],
    );
    return row && shape(row);
  }

  async ofOrder(orderId: string): Promise<AttemptRow[]> {
    const rows = await this.database.hot<RawRow>(
      'payment-attempts-of-order',
      `SELECT ${COLUMNS} FROM payment_attempt WHERE order_id = $1 ORDER BY opened_at`,
      [orderId],
    );
    return rows.map(shape);
  }

  /**
   * Attempts whose time to look has come, taken for this worker: the next look is set before the provider is asked. What is
   * closed is looked at after five minutes, then after another hour, twelve hours and twice a day.
   */
  async takeDue(most: number): Promise<AttemptRow[]> {
    const rows = await this.database.hot<RawRow>(
      'due-payments',
      `UPDATE payment_attempt SET looks = looks + 1,
              next_look_at = CASE
                WHEN state <> 'closed' THEN clock_timestamp() + make_interval(secs => least(2 ^ least(looks, 6), 60))
                WHEN looks < 4 THEN clock_timestamp() + least(interval '1 hour' * 12 ^ looks, interval '1 day') END
        WHERE id IN (SELECT id FROM payment_attempt WHERE next_look_at <= clock_timestamp()
                      ORDER BY next_look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [most],
    );
    return rows.map(shape);
  }

  /** Once a refund has started, a repeated callback must not be answered with "rejected". */
  async refundStarts(id: string): Promise<boolean> {
    const rows = await this.database.hot(
      'refund-starts',
      `UPDATE payment_attempt SET refund_started = true WHERE id = $1 AND refund_target > refunded RETURNING 1`,
      [id],
    );
    return rows.length > 0;
  }

  async answered(key: string): Promise<string | undefined> {
    const [row] = await this.database.hot<{ answer: string }>(
      'provider-answer',
      'SELECT answer FROM provider_event WHERE key = $1',
      [key],
    );
    return row?.answer;
  }

  /** The first answer to a call stands; who comes second gets it. */
  async keepAnswer(key: string, attempt: string, answer: string): Promise<string> {
    const [row] = await this.database.hot<{ answer: string }>(
      'keep-provider-answer',
      `INSERT INTO provider_event (key, attempt_id, answer) VALUES ($1, $2, $3)
       ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING answer`,
      [key, attempt, answer],
    );
    return row?.answer ?? answer;
  }
}
