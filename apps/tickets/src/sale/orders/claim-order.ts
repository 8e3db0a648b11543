import { Injectable } from '@nestjs/common';
import type { Order } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { OrdersQueries } from './orders.queries.js';

/** An order that was placed without an account becomes the signed-in person's, who proves it with the mailed link. */
@Injectable()
export class ClaimOrder {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
  ) {}

  /** @throws order-unknown without the key or the browser that placed it */
  async execute(caller: Caller, id: string, key: string | undefined): Promise<Order> {
    const order = await this.orders.owned(id, caller, key);
    if (order.person !== caller.id)
      await this.database.query('UPDATE orders SET person_id = $2, version = version + 1 WHERE id = $1', [
        id,
        caller.id,
      ]);
    return this.orders.view(id, caller, key);
  }
}
