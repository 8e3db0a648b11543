import type { ClaimedSeat, Confirmation } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { oweRefund, post } from './books.js';
import { claimSeats, releaseOwner } from './claims.js';
import { takeLimits } from './limits.js';
import type { AttemptRow, OrderRow } from './rows.js';
import { issueTickets, isWaiting, requireUnused } from './tickets.js';
import { SqlRefusal, type Twin } from './twin.js';

const ENDED = new Set(['paid', 'refund-due', 'refunded', 'review']);

/** `confirm_payment`: money came; the state decides what it bought. */
export function confirmPayment(twin: Twin, id: string, amount: number, currency: string): Confirmation {
  const attempt = twin.attempts.get(id);
  if (!attempt) throw new SqlRefusal('payment-unknown');
  const order = twin.orders.get(attempt.order);
  if (!order) throw new Error(`no order ${attempt.order}`);
  twin.meet(order.state, 'confirm-payment');
  if (ENDED.has(attempt.state) && !twin.plants.has('confirm-again'))
    return { outcome: 'repeated', state: attempt.state, order: order.id, claims: [] };
  twin.attempts.change(id, { captured: amount, nextLookAt: undefined, state: 'paid' });
  const right = amount === attempt.amount && currency === attempt.currency;
  if (!right && !twin.plants.has('any-amount')) return review(twin, attempt, order, amount);
  const late = order.state === 'expired';
  const { why, claims } = judge(twin, order);
  if (why) return refuse(twin, attempt, order, why, late);
  const freed = issueTickets(twin, order.id, late, attempt.provider, amount);
  return { outcome: 'paid', late, order: order.id, claims, freed };
}

function review(twin: Twin, attempt: AttemptRow, order: OrderRow, amount: number): Confirmation {
  twin.attempts.change(attempt.id, { state: 'review' });
  post(twin, order.id, 'captured, wrong amount', { [`provider:${attempt.provider}`]: amount, 'in-review': -amount });
  if (isWaiting(order))
    twin.orders.change(order.id, {
      state: 'review',
      version: order.version + 1,
      endReason: 'wrong-amount',
      nextLookAt: undefined,
    });
  return { outcome: 'review', order: order.id, claims: [] };
}

/** Why the payment bought nothing; or what a late one claimed again. */
function judge(twin: Twin, order: OrderRow): { why?: string; claims: ClaimedSeat[] } {
  let claims: ClaimedSeat[] = [];
  if (order.state === 'paid') {
    if (!twin.plants.has('confirm-again')) return { why: 'paid-twice', claims };
  } else if (isWaiting(order)) {
    const cancelled = twin.linesOf(order.id).some((line) => twin.boards.get(line.screening)?.cancelled);
    if (cancelled) return { why: 'screening-cancelled', claims };
  } else if (order.state === 'expired') {
    const taken = refusedAs(twin, () => {
      claims = claimAgain(twin, order);
    });
    if (taken) return { why: taken === 'not-on-sale' ? 'screening-closed' : 'seats-gone', claims: [] };
  } else return { why: 'order-ended', claims };
  if (order.exchangeOf === undefined) return { claims };
  const replaced = twin.linesOf(order.id).flatMap((line) => (line.replaces ? [line.replaces] : []));
  return refusedAs(twin, () => requireUnused(twin, replaced, order.id)) ? { why: 'exchange-void', claims } : { claims };
}

function claimAgain(twin: Twin, order: OrderRow): ClaimedSeat[] {
  const lines = twin.linesOf(order.id);
  const closed = lines.some(({ screening }) => {
    const board = twin.boards.get(screening);
    return !board?.onSale || board.paused;
  });
  if (closed) throw new SqlRefusal('not-on-sale');
  takeLimits(twin, order.id, order.limits);
  return twin.plants.has('late-without-claim') ? [] : claimSeats(twin, 'order', order.id, lines);
}

function refuse(twin: Twin, attempt: AttemptRow, order: OrderRow, why: string, late: boolean): Confirmation {
  oweRefund(twin, attempt.id, why);
  let claims: ClaimedSeat[] = [];
  twin.orders.change(order.id, { version: order.version + 1 });
  if (order.state !== 'paid') {
    twin.orders.change(order.id, { state: 'refund-due', endReason: why, nextLookAt: undefined });
    if (isWaiting(order) || late) {
      const freed = releaseOwner(twin, order.id);
      if (!late) claims = freed;
    }
  }
  return { outcome: 'refund-due', reason: why, order: order.id, released: isWaiting(order), claims };
}

/** A block with an exception handler: what was refused inside is undone, and the code is answered. */
function refusedAs(twin: Twin, work: () => void): string | undefined {
  const savepoint = twin.journal.mark();
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof SqlRefusal)) throw error;
    twin.journal.rollback(savepoint);
    return error.message;
  }
}
