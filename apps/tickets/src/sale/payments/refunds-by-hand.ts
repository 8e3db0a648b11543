import { Injectable } from '@nestjs/common';
import type { RefundView } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { callFunction } from '../../inventory/seats/sql-function.js';

/** What a person decides about money on its way back. */
@Injectable()
export class RefundsByHand {
  constructor(
    private readonly database: Database,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  due(): Promise<RefundView[]> {
    return this.database.query<RefundView>(
      `SELECT r.id, r.order_id AS "orderId", o.number AS "orderNumber", r.attempt_id AS "attemptId",
              jsonb_build_object('amount', r.amount, 'currency', r.currency) AS amount, r.reason, r.made_at AS "madeAt"
         FROM refund r JOIN orders o ON o.id = r.order_id WHERE r.state = 'due' ORDER BY r.made_at LIMIT 500`,
    );
  }

  /** @throws payment-unknown, payment-not-in-review */
  async review(attempt: string, actor: string): Promise<{ state: string }> {
    const answer = await this.database.transaction(async (tx) => {
      await this.note(tx, actor, 'payment-review.refunded', attempt);
      return callFunction<{ state: string; freed: ClaimedSeat[] }>(tx, 'refund_review($1)', [attempt]);
    });
    this.relay.wake();
    await this.reconcile.tell('freed', answer.freed);
    return { state: answer.state };
  }

  /** @param account the account that the money left ("bank", "cash") @throws refund-not-by-hand */
  async paidOut(refund: string, actor: string, account: string): Promise<{ state: string }> {
    const state = await this.database.transaction(async (tx) => {
      await this.note(tx, actor, 'refund.paid-out', refund);
      return callFunction<string>(tx, 'pay_out_refund($1, $2)', [refund, account]);
    });
    this.relay.wake();
    return { state };
  }

  private async note(
    tx: { query(sql: string, values: unknown[]): Promise<unknown> },
    actor: string,
    action: string,
    subject: string,
  ) {
    await tx.query('INSERT INTO audit_entry (actor, action, subject) VALUES ($1, $2, $3)', [actor, action, subject]);
  }
}
