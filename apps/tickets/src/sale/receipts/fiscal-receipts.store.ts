import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import type { FiscalAnswer } from './fiscal-registrar.js';
import type { FiscalState } from './receipt.rules.js';

export interface FiscalRow {
  id: string;
  source: string;
  kind: 'sale' | 'return';
  channel: 'online' | 'counter';
  provider: string;
  orderId: string;
  providerPaymentId: string | null;
  amount: number;
  currency: string;
  state: FiscalState;
  number: string | null;
  qrLink: string | null;
  originalId: string | null;
  originalNumber: string | null;
  originalAmount: number | null;
  offlineNumber: number | null;
  offlineAt: Date | null;
  tries: number;
  alarmed: boolean;
  lastError: string | null;
  madeAt: Date;
}

type Raw = Omit<FiscalRow, 'amount' | 'originalAmount' | 'offlineNumber'> & {
  amount: string;
  originalAmount: string | null;
  offlineNumber: string | null;
};

const COLUMNS = `f.id, f.source, f.kind, f.channel, f.provider, f.order_id AS "orderId", a.provider_payment_id AS "providerPaymentId",
  f.amount, f.currency, f.state, f.number, f.qr_link AS "qrLink", f.original_id AS "originalId", s.number AS "originalNumber",
  s.amount AS "originalAmount", f.offline_number AS "offlineNumber", f.offline_at AS "offlineAt", f.tries,
  f.alarmed_at IS NOT NULL AS alarmed, f.last_error AS "lastError", f.made_at AS "madeAt"`;
const FROM = `FROM fiscal_receipt f LEFT JOIN payment_attempt a ON a.id = f.attempt_id
  LEFT JOIN fiscal_receipt s ON s.id = f.original_id`;

function shape(row: Raw): FiscalRow {
  return {
    ...row,
    amount: Number(row.amount),
    originalAmount: row.originalAmount === null ? null : Number(row.originalAmount),
    offlineNumber: row.offlineNumber === null ? null : Number(row.offlineNumber),
  };
}

/** The queue of fiscal receipts. What is queued is never lost: it is registered, or it failed and says so. */
@Injectable()
export class FiscalReceipts {
  constructor(private readonly database: Database) {}

  /**
   * Due ones, taken for this worker: the next try is set before anybody is asked (2 s, doubled, 10 minutes at most).
   * A return waits until its sale is registered.
   */
  async takeDue(most: number): Promise<FiscalRow[]> {
    const rows = await this.database.hot<Raw>(
      'due-fiscal-receipts',
      `WITH due AS (
         SELECT d.id FROM fiscal_receipt d
          WHERE d.state = 'queued' AND d.next_try_at <= clock_timestamp()
            AND (d.original_id IS NULL OR EXISTS (SELECT 1 FROM fiscal_receipt o WHERE o.id = d.original_id AND o.state = 'registered'))
          ORDER BY d.next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED),
       taken AS (
         UPDATE fiscal_receipt SET tries = tries + 1,
                next_try_at = clock_timestamp() + make_interval(secs => least(2 ^ least(tries + 1, 10), 600))
          WHERE id IN (SELECT id FROM due) RETURNING *)
       SELECT ${COLUMNS} ${FROM.replace('FROM fiscal_receipt f', 'FROM taken f')}`,
      [most],
    );
    return rows.map(shape);
  }

  async one(id: string): Promise<FiscalRow | undefined> {
    const [row] = await this.database.hot<Raw>('fiscal-receipt', `SELECT ${COLUMNS} ${FROM} WHERE f.id = $1`, [id]);
    return row && shape(row);
  }

  async ofOrder(order: string): Promise<FiscalRow[]> {
    const rows = await this.database.hot<Raw>(
      'fiscal-receipts-of-order',
      `SELECT ${COLUMNS} ${FROM} WHERE f.order_id = $1 ORDER BY f.made_at, f.id`,
      [order],
    );
    return rows.map(shape);
  }

  async inState(state: FiscalState, most: number): Promise<FiscalRow[]> {
    const rows = await this.database.hot<Raw>(
      'fiscal-receipts-in-state',
      `SELECT ${COLUMNS} ${FROM} WHERE f.state = $1 ORDER BY f.made_at DESC, f.id LIMIT $2`,
      [state, most],
    );
    return rows.map(shape);
  }

  async registered(id: string, answer: Extract<FiscalAnswer, { outcome: 'registered' }>): Promise<void> {
    await this.database.hot(
      'fiscal-registered',
      `UPDATE fiscal_receipt SET state = 'registered', number = $2, qr_link = $3, register = coalesce($4, register), shift_no = $5,
              registered_at = clock_timestamp(), next_try_at = NULL, last_error = NULL
        WHERE id = $1 AND state <> 'registered'`,
      [id, answer.number, answer.qrLink, answer.register ?? null, answer.shift ?? null],
    );
  }

  /** Still queued; the reason stands for who looks. Answers whether this is the moment to raise the alarm. */
  async waits(id: string, reason: string, alarmAfter: number): Promise<boolean> {
    const [row] = await this.database.hot<{ alarm: boolean }>(
      'fiscal-waits',
      `WITH before AS (SELECT id, alarmed_at FROM fiscal_receipt WHERE id = $1 FOR UPDATE)
       UPDATE fiscal_receipt f SET last_error = $2,
              alarmed_at = CASE WHEN f.tries >= $3 THEN coalesce(f.alarmed_at, clock_timestamp()) ELSE f.alarmed_at END
         FROM before b WHERE f.id = b.id AND f.state = 'queued'
       RETURNING b.alarmed_at IS NULL AND f.alarmed_at IS NOT NULL AS alarm`,
      [id, reason, alarmAfter],
    );
    return row?.alarm === true;
  }

  async failed(id: string, reason: string): Promise<void> {
    await this.database.hot(
      'fiscal-failed',
      `UPDATE fiscal_receipt SET state = 'failed', last_error = $2, alarmed_at = coalesce(alarmed_at, clock_timestamp()), next_try_at = NULL
        WHERE id = $1 AND state = 'queued'`,
      [id, reason],
    );
  }

  /** Another try for one that failed, or at once for one that waits. False when there is nothing to try. */
  async retry(id: string): Promise<boolean> {
    const rows = await this.database.hot(
      'fiscal-retry',
      `UPDATE fiscal_receipt SET state = 'queued', tries = 0, alarmed_at = NULL, next_try_at = clock_timestamp()
        WHERE id = $1 AND state IN ('failed', 'queued') RETURNING 1`,
      [id],
    );
    return rows.length > 0;
  }

  async numberOffline(id: string, register: string): Promise<void> {
    await this.database.hot('fiscal-offline', 'SELECT number_offline($1, $2)', [id, register]);
  }
}
