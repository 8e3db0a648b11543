import { Inject, Injectable } from '@nestjs/common';
import { Relay } from '#libs/messaging';
import { INVENTORY, type InventoryPort, type ReturnedLines } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';

/** `buyer` changed his mind; the others are the festival's doing, and then service fees go back too. */
export type ReturnReason = 'buyer' | 'screening-cancelled' | 'screening-moved' | 'seat-lost';

/** Lines of a paid order go back: tickets end, seats are free, money is owed. Done twice it does nothing the second time. */
@Injectable()
export class ReturnLines {
  constructor(
    private readonly orders: OrdersQueries,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  /** @param keptFee minor units that stay with the festival; 0 whenever it is not the buyer's wish */
  async execute(command: {
    order: string;
    lines: number[];
    reason: ReturnReason;
    keptFee?: number;
  }): Promise<ReturnedLines> {
    const { full } = await this.orders.telling(command.order);
    const returned = await this.inventory.returnLines(
      command.order,
      command.lines,
      command.keptFee ?? 0,
      command.reason,
      {
        lines: full.lines,
      },
    );
    this.relay.wake();
    await this.reconcile.tell('freed', returned.freed);
    return returned;
  }
}
