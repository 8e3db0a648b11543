import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Money } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { LOGGER } from '#libs/service-defaults';
import { type Confirmation, INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { OrdersQueries } from '../orders/orders.queries.js';

/** Step 4: callback, return page and poller all end here. Money came; the database decides what it bought. */
@Injectable()
export class ConfirmPayment {
  constructor(
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly orders: OrdersQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(attempt: { id: string; orderId: string }, paid: Money): Promise<Confirmation> {
    const { full } = await this.orders.telling(attempt.orderId);
    const confirmation = await this.inventory.confirmPayment(attempt.id, paid.amount, paid.currency, full);
    this.relay.wake();
    if (confirmation.claims.length > 0)
      await this.reconcile.tell(confirmation.released ? 'freed' : 'claimed', confirmation.claims);
    if (confirmation.freed) await this.reconcile.tell('freed', confirmation.freed);
    if (confirmation.outcome !== 'repeated')
      this.logger.info(
        { order: confirmation.order, outcome: confirmation.outcome, reason: confirmation.reason },
        'payment confirmed',
      );
    if (confirmation.outcome === 'review')
      this.logger.error({ order: confirmation.order }, 'payment needs review: wrong amount or currency');
    return confirmation;
  }
}
