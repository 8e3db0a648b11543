import { Injectable } from '@nestjs/common';
import type { ChargebackView, CloseChargeback, RecordChargeback } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { callFunction } from '../../inventory/seats/sql-function.js';

const VIEW = `SELECT c.id, c.provider, c.reference, c.attempt_id AS "attemptId", c.order_id AS "orderId", o.number AS "orderNumber",
  jsonb_build_object('amount', c.amount, 'currency', c.currency) AS amount, c.state, c.made_at AS "madeAt"
  FROM chargeback c JOIN orders o ON o.id = c.order_id`;

/** The payer's bank takes money back: tickets are suspended at once, finance sees the dispute and says how it ended. */
@Injectable()
export class Chargebacks {
  constructor(
    private readonly database: Database,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  /** Open disputes first. */
  queue(): Promise<ChargebackView[]> {
    return this.database.query<ChargebackView>(`${VIEW} ORDER BY (c.state = 'open') DESC, c.made_at DESC LIMIT 500`);
  }

  /** Told by a provider or by finance; the same reference is the same chargeback. @throws chargeback-too-large */
  async record(attempt: string, told: RecordChargeback): Promise<ChargebackView> {
    const made = await this.database.transaction((tx) =>
      callFunction<{ id: string }>(tx, 'charge_back($1, $2, $3)', [attempt, told.amount, told.reference]),
    );
    this.relay.wake();
    return this.one(made.id);
  }

  /** @throws chargeback-unknown, chargeback-closed for the other outcome */
  async close(id: string, actor: string, { outcome }: CloseChargeback): Promise<ChargebackView> {
    const { freed } = await this.database.transaction(async (tx: Tx) => {
      await tx.query(`INSERT INTO audit_entry (actor, action, subject) VALUES ($1, $2, $3)`, [
        actor,
        `chargeback.${outcome}`,
        id,
      ]);
      return callFunction<{ freed: ClaimedSeat[] }>(tx, 'close_chargeback($1, $2)', [id, outcome]);
    });
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    return this.one(id);
  }

  private async one(id: string): Promise<ChargebackView> {
    const [row] = await this.database.query<ChargebackView>(`${VIEW} WHERE c.id = $1`, [id]);
    return row!;
  }
}
