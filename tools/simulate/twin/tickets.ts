import type { ClaimedSeat } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { giveBack, post } from './books.js';
import { releaseLines } from './claims.js';
import type { OrderRow } from './rows.js';
import { SqlRefusal, type Twin } from './twin.js';

/** `require_unused`: a ticket can be exchanged while it is live and no other exchange of it is under way. */
export function requireUnused(twin: Twin, tickets: readonly string[], forOrder: string): void {
  if (twin.plants.has('exchange-unlooked')) return;
  const bad = tickets.find((id) => {
    if (twin.tickets.get(id)?.state !== 'live') return true;
    return twin.lines
      .where((line) => line.replaces === id && line.order !== forOrder)
      .some(({ order }) => isWaiting(twin.orders.get(order)));
  });
  if (bad) throw new SqlRefusal('ticket-used-or-ended', { ticket: bad });
}

export function isWaiting(order: OrderRow | undefined): boolean {
  return order?.state === 'awaiting-payment' || order?.state === 'expiring';
}

/** `issue_tickets`: the order is paid. Answers the seats that became free. */
export function issueTickets(twin: Twin, id: string, late: boolean, paidBy: string, paid: number): ClaimedSeat[] {
  const before = twin.orders.get(id);
  if (!before) throw new Error(`no order ${id}`);
  const order = twin.orders.change(id, {
    state: 'paid',
    version: before.version + 1,
    paidLate: late,
    nextLookAt: undefined,
  });
  for (const { line, screening, seat } of twin.linesOf(id)) {
    const ticket = twin.id();
    twin.tickets.put(ticket, { id: ticket, order: id, line, screening, seat, state: 'live', endedAs: undefined });
  }
  const freed = order.exchangeOf === undefined ? [] : endReplaced(twin, order, order.exchangeOf);
  const items = twin.items.where((item) => item.order === id);
  const sum = (kind: string) => items.filter((item) => item.kind === kind).reduce((n, item) => n + item.amount, 0);
  const [fees, credit] = [sum('fee'), -sum('exchange-credit')];
  if (paid + credit > 0)
    post(twin, id, 'captured', {
      exchange: credit,
      fees: -fees,
      sales: fees - credit - paid,
      ...(paid > 0 && { [`provider:${paidBy}`]: paid }),
    });
  return freed;
}

/** `end_replaced`: the old tickets end, their value is credited to the new order, what is left over is owed. */
function endReplaced(twin: Twin, order: OrderRow, oldId: string): ClaimedSeat[] {
  const old = twin.orders.get(oldId);
  if (!old) throw new Error(`no order ${oldId}`);
  let value = 0;
  const numbers: number[] = [];
  for (const { replaces } of twin.linesOf(order.id)) {
    const ticket = replaces === undefined ? undefined : twin.tickets.get(replaces);
    if (!ticket) continue;
    const key = `${oldId} ${ticket.line}`;
    value += twin.lines.get(key)?.amount ?? 0;
    numbers.push(ticket.line);
    twin.tickets.change(ticket.id, { state: 'ended', endedAs: 'exchanged' });
    twin.lines.change(key, { endedAs: 'exchanged' });
  }
  const freed = releaseLines(twin, oldId, numbers);
  const credit = -twin.items
    .where((item) => item.order === order.id && item.kind === 'exchange-credit')
    .reduce((n, item) => n + item.amount, 0);
  twin.orders.change(oldId, { version: old.version + 1 });
  post(twin, oldId, 'exchanged', { sales: value, exchange: -credit, returns: credit - value });
  giveBack(twin, oldId, value - credit, 'exchange');
  return freed;
}
