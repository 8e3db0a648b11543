import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  FoundOrders,
  OrderAtDesk,
  OrderFilter,
  ReturnAtDesk as ReturnAtDeskBody,
  WriteOrderNote,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  type Role,
  valid,
} from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import type { OrderRow } from '../../sale/orders/orders.queries.js';
import { OrderDeskQueries } from './order-desk.queries.js';
import { ReturnAtDesk } from './return-at-desk.js';

const READERS: Role[] = ['box-office', 'finance', 'house-manager'];
const RETURNERS: Role[] = ['box-office', 'finance'];

/** Orders as staff handle them. */
@Controller()
export class OrderDeskController {
  constructor(
    private readonly desk: OrderDeskQueries,
    private readonly returns: ReturnAtDesk,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('editions/:id/orders')
  @Access('box-office', 'finance', 'house-manager')
  @Answers('Orders of the edition that fit, the newest first', FoundOrders)
  find(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Query(valid(OrderFilter)) filter: OrderFilter,
  ): Promise<FoundOrders> {
    requireRoleIn(caller, edition, READERS);
    return this.desk.find(edition, filter);
  }

  @Get('orders/:id/desk')
  @Access('box-office', 'finance', 'house-manager')
  @Answers('The order with its payments, refunds and notes; no code opens anything', OrderAtDesk)
  async one(@CallerParam() caller: Caller, @Param('id') id: string): Promise<OrderAtDesk> {
    return this.desk.atDesk(await this.known(caller, id, READERS));
  }

  @Post('orders/:id/notes')
  @HttpCode(200)
  @Access('box-office', 'finance', 'house-manager')
  @Answers('The order with the note', OrderAtDesk)
  async note(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(WriteOrderNote)) body: WriteOrderNote,
  ): Promise<OrderAtDesk> {
    const order = await this.known(caller, id, READERS);
    const operation = { key, caller: caller.id, operation: 'order-note', body: { id, body } };
    await this.idempotency.once(operation, async (tx) => {
      await tx.query('INSERT INTO order_note (order_id, actor, text) VALUES ($1, $2, $3)', [id, caller.id, body.text]);
      return {};
    });
    return this.desk.atDesk(order);
  }

  @Post('orders/:id/desk-returns')
  @HttpCode(200)
  @Access('box-office', 'finance')
  @Answers('The order after its tickets went back; the money follows', OrderAtDesk)
  async giveBack(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(ReturnAtDeskBody)) body: ReturnAtDeskBody,
  ): Promise<OrderAtDesk> {
    await this.known(caller, id, RETURNERS);
    return this.returns.execute(caller, id, body);
  }

  /** @throws order-unknown, role-needed in another edition than the caller's */
  private async known(caller: Caller, id: string, roles: Role[]): Promise<OrderRow> {
    if (!isId(id)) throw orderUnknown();
    const order = await this.desk.row(id);
    requireRoleIn(caller, order.edition, roles);
    return order;
  }
}
