import type { ClaimedSeat, DueOrder, ReturnedLines } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { giveBack, post } from './books.js';
import { releaseLines, releaseOwner } from './claims.js';
import { isWaiting } from './tickets.js';
import type { Twin } from './twin.js';

const OPEN = new Set(['opening', 'open', 'unknown']);
const MINUTE = 60_000;

/** `pin_order`: true keeps the order 3 minutes more while the provider takes the money. */
export function pinOrder(twin: Twin, attemptId: string, amount: number): boolean {
  const attempt = twin.attempts.get(attemptId);
  if (attempt?.amount !== amount) return false;
  const order = twin.orders.get(attempt.order);
  twin.meet(order?.state, 'pin-order');
  if (order?.state !== 'awaiting-payment' || order.payUntil < twin.now() + MINUTE) return false;
  const payUntil = Math.max(order.payUntil, twin.now() + 3 * MINUTE);
  twin.orders.change(order.id, { payUntil, nextLookAt: payUntil });
  return true;
}

/** `take_due_orders`: the due ones for this worker, with their unfinished attempts. */
export function takeDueOrders(twin: Twin, most: number): DueOrder[] {
  const now = twin.now();
  return twin.orders
    .where(
      (order) => isWaiting(order) && order.payUntil <= now && (order.nextLookAt ?? Number.POSITIVE_INFINITY) <= now,
    )
    .sort((a, b) => a.payUntil - b.payUntil)
    .slice(0, most)
    .map((order) => {
      twin.meet(order.state, 'take-due');
      const alarm = now > order.payUntil + 15 * MINUTE;
      twin.orders.change(order.id, {
        state: 'expiring',
        version: order.version + (order.state === 'expiring' ? 0 : 1),
        looks: order.looks + 1,
        nextLookAt: now + Math.min(2 ** order.looks, 60) * 1_000,
        expiryAlarm: alarm,
      });
      const attempts = twin.attempts.where((row) => row.order === order.id && OPEN.has(row.state));
      return { order: order.id, alarm, attempts: attempts.map((row) => row.id) };
    });
}

/** `expire_order`: gives the seats back when nothing can be captured any more. */
export function expireOrder(
  twin: Twin,
  id: string,
): { outcome: 'expired' | 'waiting' | 'other'; claims: ClaimedSeat[] } {
  const order = twin.orders.get(id);
  twin.meet(order?.state, 'expire-order');
  const blind = twin.plants.has('expire-paid');
  if (!order || (order.state !== 'expiring' && !blind)) return { outcome: 'other', claims: [] };
  const open = twin.attempts.where((row) => row.order === id && OPEN.has(row.state));
  if (order.payUntil > twin.now() || open.length > 0) return { outcome: 'waiting', claims: [] };
  const claims = releaseOwner(twin, id);
  twin.orders.change(id, {
    state: 'expired',
    version: order.version + 1,
    endReason: 'not-paid',
    nextLookAt: undefined,
  });
  return { outcome: 'expired', claims };
}

/** `cancel_order`: ends an order that is not paid yet. */
export function cancelOrder(twin: Twin, id: string, why: string): { state: string; freed: ClaimedSeat[] } {
  const order = twin.orders.get(id);
  twin.meet(order?.state, 'cancel-order');
  if (!order || !isWaiting(order)) return { state: order?.state ?? '', freed: [] };
  const freed = releaseOwner(twin, id);
  twin.orders.change(id, { state: 'cancelled', version: order.version + 1, endReason: why, nextLookAt: undefined });
  return { state: 'cancelled', freed };
}

/** `return_lines`: live tickets of a paid order end, their seats are free, what they cost is owed less the fee kept. */
export function returnLines(
  twin: Twin,
  id: string,
  wanted: readonly number[],
  keptFee: number,
  why: string,
): ReturnedLines {
  const order = twin.orders.get(id);
  twin.meet(order?.state, 'return-lines');
  const nothing: ReturnedLines = { freed: [], lines: [], refund: 0 };
  if (order?.state !== 'paid') return nothing;
  const gone = twin.tickets.where(
    (row) => row.order === id && wanted.includes(row.line) && (row.state === 'live' || twin.plants.has('return-again')),
  );
  if (gone.length === 0) return nothing;
  const lines = gone.map((row) => row.line).sort((a, b) => a - b);
  let seats = 0;
  for (const { id: ticket, line } of gone) {
    twin.tickets.change(ticket, { state: 'ended', endedAs: 'refunded' });
    seats += twin.lines.change(`${id} ${line}`, { endedAs: 'refunded' }).amount;
  }
  const freed = releaseLines(twin, id, lines);
  const last = twin.linesOf(id).every((line) => line.endedAs !== undefined);
  const fees = why === 'buyer' ? 0 : returnFees(twin, id, lines, last);
  const kept = Math.min(keptFee, seats + fees);
  const refund = seats + fees - kept;
  post(twin, id, why, { sales: seats, fees: fees - kept, returns: -refund });
  giveBack(twin, id, refund, why);
  const refunds = twin.refunds.where((row) => row.order === id);
  const ended = refunds.some((row) => row.state === 'due')
    ? 'refund-due'
    : refunds.length > 0
      ? 'refunded'
      : 'cancelled';
  twin.orders.change(id, {
    version: order.version + 1,
    endReason: last ? why : order.endReason,
    state: last ? ended : order.state,
  });
  return { freed, lines, refund };
}

/** Service fees of these lines, and those of the whole order with its last line. */
function returnFees(twin: Twin, order: string, lines: readonly number[], last: boolean): number {
  const ended = twin.items.where(
    (item) =>
      item.order === order &&
      item.kind === 'fee' &&
      item.endedAs === undefined &&
      (item.line === undefined ? last : lines.includes(item.line)),
  );
  for (const item of ended) twin.items.change(`${order} ${item.no}`, { endedAs: 'refunded' });
  return ended.reduce((sum, item) => sum + item.amount, 0);
}
