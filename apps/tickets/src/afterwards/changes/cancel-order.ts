import { Inject, Injectable } from '@nestjs/common';
import type { Order } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import type { Caller } from '#libs/service-defaults';
import { INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { orderNotPayable } from '../../sale/orders/order.refusals.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';

/** An order that is not paid yet is given up. Its payment page may live on: what still comes through it is owed back. */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly orders: OrdersQueries,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  /** @throws order-unknown, order-not-payable when it is paid or over */
  async execute(caller: Caller, id: string, key: string | undefined): Promise<Order> {
    await this.orders.owned(id, caller, key);
    const { state } = await this.within(id, 'buyer');
    if (state !== 'cancelled') throw orderNotPayable({ state });
    return this.orders.view(id, caller, key);
  }

  /** For whoever ends orders on the festival's behalf; answers the state in which the order is now. */
  async within(id: string, why: 'buyer' | 'screening-cancelled'): Promise<{ state: string }> {
    const { short } = await this.orders.telling(id);
    const { state, freed } = await this.inventory.cancelOrder(id, why, short);
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    return { state };
  }
}
