import { Injectable } from '@nestjs/common';
import type { Order, TransferTicket as TransferTicketBody } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { type Caller, Idempotency } from '#libs/service-defaults';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { type OrderRow, OrdersQueries } from '../../sale/orders/orders.queries.js';
import { PlaceOrder } from '../../sale/orders/place-order.js';
import { untilOf } from '../../sale/pricing/price.rules.js';
import { changeRefused, ticketEnded } from './change.refusals.js';
import { hourTrouble } from './change.rules.js';
import { ChangesQueries } from './changes.queries.js';

/**
 * A ticket goes to another person: its code dies, the new holder is mailed a link to a new one. The buyer keeps the
 * order and the right to the money; the seat is the holder's.
 */
@Injectable()
export class TransferTicket {
  constructor(
    private readonly changes: ChangesQueries,
    private readonly orders: OrdersQueries,
    private readonly people: PlaceOrder,
    private readonly idempotency: Idempotency,
    private readonly relay: Relay,
  ) {}

  /** @throws order-unknown, ticket-ended and its kin, change-too-late, buyer-needed for an address nobody can have */
  async execute(
    caller: Caller,
    orderId: string,
    ticketId: string,
    accessKey: string | undefined,
    key: string,
    body: TransferTicketBody,
  ): Promise<Order> {
    const { order, sight } = await this.orders.seen(orderId, caller, accessKey);
    const ticket = order.tickets?.find((one) => one.id === ticketId);
    const theirs = sight.of === 'tickets' ? sight.ids.includes(ticketId) : ticket?.holder === null;
    if (!ticket || !theirs) throw ticketEnded();
    const holder = await this.people.person({ kind: 'visitor', id: caller.id, roles: [] }, body.to, body.language);
    const { full } = await this.orders.telling(orderId);
    const place = (full.lines as { line: number }[]).find((one) => one.line === ticket.line);
    const call = { key, caller: caller.id, operation: 'transfer-ticket', body: { ticketId, ...body } };
    await this.idempotency.once(call, async (tx) => {
      await this.requireInTime(order, ticket.line);
      return callFunction<string>(tx, 'replace_ticket($1, $2, $3, $4)', [ticketId, holder, 'transferred', { place }]);
    });
    this.relay.wake();
    return this.orders.view(orderId, caller, accessKey);
  }

  /** Whether the ticket itself is live and unused is the database's to say, under its lock. */
  private async requireInTime(order: OrderRow, number: number): Promise<void> {
    const { lines, rules, at } = await this.changes.of(order);
    const why = hourTrouble(untilOf(lines.get(number)!.startsAt, rules.returns.transferUntilMinutes), at);
    if (why) throw changeRefused(why, number);
  }
}
