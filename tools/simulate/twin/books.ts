import type { Twin } from './twin.js';

/** `post_ledger`: one posting of many legs, which sum to zero or nothing is written. */
export function post(twin: Twin, order: string, reason: string, legs: Record<string, number>): void {
  const sum = Object.values(legs).reduce((total, value) => total + value, 0);
  if (sum !== 0) throw new Error(`a posting of order ${order} does not sum to zero`);
  const posting = twin.draw();
  for (const [account, amount] of Object.entries(legs))
    if (amount !== 0) twin.ledger.put(`${posting} ${account}`, { order, posting, account, amount, reason });
}

/** `owe_refund`: the whole payment begins its way back. */
export function oweRefund(twin: Twin, attempt: string, why: string): void {
  const { captured, order, provider } = twin.attempts.change(attempt, {
    state: 'refund-due',
    refundTarget: twin.attempts.get(attempt)?.captured ?? 0,
    nextLookAt: twin.now() + 5_000,
    looks: 0,
  });
  addRefund(twin, order, attempt, captured, captured);
  post(twin, order, `captured, ${why}`, { [`provider:${provider}`]: captured, 'owed-to-buyer': -captured });
}

/** `give_back`: an amount through the payments that carry its money, its own first, then those it was exchanged from. */
export function giveBack(twin: Twin, order: string, value: number, why: string): void {
  if (value <= 0) return;
  const sources = [order, ...(twin.orders.get(order)?.paidFrom ?? [])];
  let remaining = value;
  for (const source of sources)
    for (const attempt of twin.attempts.where((row) => row.order === source)) {
      if (attempt.state !== 'paid' && attempt.state !== 'refund-due') continue;
      const part = Math.min(remaining, attempt.captured - attempt.refundTarget);
      if (part <= 0) continue;
      remaining -= part;
      if (source === order) post(twin, order, why, { returns: part, 'owed-to-buyer': -part });
      else {
        post(twin, order, why, { returns: part, exchange: -part });
        post(twin, source, why, { exchange: part, 'owed-to-buyer': -part });
      }
      const refundTarget = attempt.refundTarget + part;
      twin.attempts.change(attempt.id, {
        refundTarget,
        looks: 0,
        nextLookAt: twin.now(),
        state: refundTarget >= attempt.captured ? 'refund-due' : attempt.state,
      });
      addRefund(twin, order, attempt.id, part, refundTarget);
    }
  if (remaining > 0) {
    post(twin, order, why, { returns: remaining, 'owed-to-buyer': -remaining });
    addRefund(twin, order, undefined, remaining, remaining);
  }
}

/** `record_refund`: the provider said how much has gone back in all. */
export function recordRefund(twin: Twin, id: string, told: number): string {
  const attempt = twin.attempts.get(id);
  if (!attempt) throw new Error(`no attempt ${id}`);
  twin.meet(attempt.state, 'record-refund');
  const inAll = Math.min(told, attempt.refundTarget);
  const before = twin.plants.has('refund-booked-twice') ? 0 : attempt.refunded;
  if (inAll <= before) return attempt.state;
  post(twin, attempt.order, 'refunded', {
    'owed-to-buyer': inAll - before,
    [`provider:${attempt.provider}`]: before - inAll,
  });
  const after = twin.attempts.change(id, {
    refunded: inAll,
    state: inAll >= attempt.captured ? 'refunded' : attempt.state,
    nextLookAt: inAll >= attempt.refundTarget ? undefined : attempt.nextLookAt,
  });
  for (const done of twin.refunds.where((row) => row.attempt === id && row.state === 'due' && row.upto <= inAll)) {
    twin.refunds.change(done.id, { state: 'refunded' });
    const order = twin.orders.get(done.order);
    if (!order) continue;
    const more = twin.refunds.where((row) => row.order === done.order && row.state === 'due').length > 0;
    const state = order.state === 'refund-due' && !more ? 'refunded' : order.state;
    twin.orders.change(order.id, { version: order.version + 1, state });
  }
  return after.state;
}

function addRefund(twin: Twin, order: string, attempt: string | undefined, amount: number, upto: number): void {
  const id = twin.id();
  twin.refunds.put(id, { id, order, attempt, amount, upto, state: 'due' });
}
