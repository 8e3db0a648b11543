import type {
  OrderLineDocument,
  PlacedOrder,
  PlaceOrderDocument,
} from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { claimSeats, placeKey } from './claims.js';
import { takeLimits } from './limits.js';
import { issueTickets, requireUnused } from './tickets.js';
import { SqlRefusal, type Twin } from './twin.js';

/** `place_order`: the whole basket becomes claims and one order, or nothing does. */
export function placeOrder(twin: Twin, document: PlaceOrderDocument): PlacedOrder {
  const { idempotency: call, order, lines } = document;
  const key = `${call.caller}|${call.key}`;
  const known = twin.idempotency.get(key);
  twin.meet(known ? 'answered-before' : undefined, 'place-order');
  if (known) {
    if (known.fingerprint !== call.fingerprint) throw new SqlRefusal('idempotency-key-reused');
    return { order: known.order, repeated: true, claims: [], freed: [] };
  }
  requireOnSale(twin, lines);
  const replaced = lines.flatMap((line) => (line.replaces ? [line.replaces] : []));
  if (order.exchangeOf !== undefined) requireUnused(twin, replaced, order.id);
  const due = twin.now() + order.paySeconds * 1_000;
  const old = order.exchangeOf === undefined ? undefined : twin.orders.get(order.exchangeOf);
  twin.orders.put(order.id, {
    id: order.id,
    call: key,
    number: order.number,
    edition: order.edition,
    person: order.person,
    buyer: order.buyer,
    language: order.language,
    state: 'awaiting-payment',
    total: order.total,
    currency: order.currency,
    limits: document.limits,
    payUntil: due,
    nextLookAt: due,
    looks: 0,
    expiryAlarm: false,
    version: 1,
    exchangeOf: order.exchangeOf,
    paidFrom: old ? [old.id, ...old.paidFrom] : [],
    promo: order.promo,
    paidLate: false,
    endReason: undefined,
  });
  takeLimits(twin, order.id, document.limits);
  const claims = claimSeats(twin, 'order', order.id, lines);
  for (const line of lines) {
    twin.lines.put(`${order.id} ${line.line}`, { ...line, order: order.id, endedAs: undefined });
    twin.holds.delete(placeKey(line.screening, line.seat));
  }
  for (const item of document.items ?? [])
    twin.items.put(`${order.id} ${item.no}`, { ...item, order: order.id, endedAs: undefined });
  if (!twin.plants.has('key-forgotten')) twin.idempotency.put(key, { fingerprint: call.fingerprint, order: order.id });
  const freed = order.total === 0 ? issueTickets(twin, order.id, false, '', 0) : [];
  return { order: order.id, repeated: false, claims, freed, payUntil: new Date(due).toISOString() };
}

/** `require_on_sale`: the seats of every line are still on sale, on the plan that the buyer saw. */
function requireOnSale(twin: Twin, lines: readonly OrderLineDocument[]): void {
  const bad = lines
    .toSorted((a, b) => (a.screening < b.screening ? -1 : 1))
    .find(({ screening, plan, plan_id }) => {
      const board = twin.boards.get(screening);
      if (!board?.onSale || board.paused) return true;
      return board.planVersion !== plan || board.planId !== (plan_id ?? board.planId);
    });
  if (!bad) return;
  const board = twin.boards.get(bad.screening);
  throw new SqlRefusal(board?.onSale && !board.paused ? 'plan-changed' : 'not-on-sale', { screening: bad.screening });
}
