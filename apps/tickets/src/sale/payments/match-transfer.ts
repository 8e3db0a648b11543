import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { RecordBankTransfer } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import type { Confirmation } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { OrdersQueries } from '../orders/orders.queries.js';

/** A person matched money on the bank account to an invoice: from here on it is a payment like any other. */
@Injectable()
export class MatchTransfer {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Safe to send twice: one reference is one transfer. @throws order-unknown, order-not-invoiced */
  async execute(order: string, actor: string, body: RecordBankTransfer): Promise<Pick<Confirmation, 'outcome'>> {
    const { full } = await this.orders.telling(order);
    const confirmation = await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'bank-transfer.matched', $2, $3)`,
        [actor, order, JSON.stringify({ reference: body.reference, amount: body.amount })],
      );
      return callFunction<Confirmation>(tx, 'bank_transfer($1, $2, $3, $4)', [
        order,
        body.amount,
        body.reference,
        full,
      ]);
    });
    this.relay.wake();
    await this.reconcile.tell(confirmation.released ? 'freed' : 'claimed', confirmation.claims);
    this.logger.info({ order, outcome: confirmation.outcome }, 'bank transfer matched');
    return { outcome: confirmation.outcome };
  }
}
