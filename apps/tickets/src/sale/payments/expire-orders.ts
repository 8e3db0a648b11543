import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Relay } from '#libs/messaging';
import { LOGGER } from '#libs/service-defaults';
import { type DueOrder, INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { OrdersQueries } from '../orders/orders.queries.js';
import { ConfirmPayment } from './confirm-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';
import { PAYMENT_PROVIDER, type PaymentProvider } from './payment-provider.js';

/** Step 5: due orders end, but never while a payment of theirs may still arrive. */
@Injectable()
export class ExpireOrders {
  constructor(
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    @Inject(PAYMENT_PROVIDER) private readonly provider: PaymentProvider,
    private readonly attempts: PaymentAttempts,
    private readonly confirm: ConfirmPayment,
    private readonly orders: OrdersQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(most: number): Promise<void> {
    for (const due of await this.inventory.takeDueOrders(most))
      await this.one(due).catch((error) => this.logger.warn({ err: error, order: due.order }, 'order not expired'));
  }

  private async one(due: DueOrder): Promise<void> {
    if (due.alarm) this.logger.error({ order: due.order }, 'an order can neither be paid nor expire for 15 minutes');
    for (const id of due.attempts) {
      const attempt = await this.attempts.one(id);
      if (!attempt) continue;
      const closed = await this.provider.close(attempt, new Date());
      if (closed.outcome === 'paid') {
        await this.confirm.execute(attempt, closed.amount);
        return;
      }
      await this.attempts.become(id, closed.outcome);
      if (closed.outcome === 'unknown') return;
    }
    const { short } = await this.orders.telling(due.order);
    const { claims } = await this.inventory.expireOrder(due.order, short);
    this.relay.wake();
    await this.reconcile.tell('freed', claims);
  }
}
