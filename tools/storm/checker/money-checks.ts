import type { Check, Facts, Violation } from './facts.js';

/** Orders that exchanged tickets belong together: money wanders between them. */
function families(facts: Facts): Map<string, string[]> {
  const parent = new Map(facts.orders.map((order) => [order.id, order.exchangeOf ?? order.id]));
  const rootOf = (id: string): string => {
    const up = parent.get(id) ?? id;
    return up === id ? id : rootOf(up);
  };
  return new Map(
    [...Map.groupBy(facts.orders, (order) => rootOf(order.id))].map(([root, all]) => [root, all.map((o) => o.id)]),
  );
}

/** Who paid has tickets or the money back, by the provider's own log. */
export const moneyBuys: Check = {
  id: 'money',
  says: 'nobody paid without tickets or the money back, by the provider’s log',
  find(facts) {
    const attempts = new Map(facts.attempts.map((attempt) => [attempt.id, attempt]));
    const live = new Set(facts.tickets.filter((t) => t.state === 'live').map((t) => `${t.order} ${t.line}`));
    const found: Violation[] = [];
    const kept = new Map<string, number>();
    const inReview = new Set<string>();
    for (const payment of facts.payments) {
      const attempt = attempts.get(payment.attempt);
      if (!attempt) {
        if (payment.captured > payment.refunded)
          found.push({
            check: 'money',
            says: `payment ${payment.id} took money for an attempt that nobody knows`,
            about: {},
          });
        continue;
      }
      if (attempt.state === 'review') inReview.add(attempt.order);
      kept.set(attempt.order, (kept.get(attempt.order) ?? 0) + payment.captured - payment.refunded);
      if (payment.captured > 0 && attempt.captured !== payment.captured)
        found.push({
          check: 'money',
          says: `the provider took ${payment.captured} in payment ${payment.id}, our books say ${attempt.captured} (${attempt.state})`,
          about: { orders: [attempt.order] },
        });
    }
    for (const orders of families(facts).values()) {
      if (orders.some((order) => inReview.has(order))) continue;
      const members = new Set(orders);
      const money = orders.reduce((sum, order) => sum + (kept.get(order) ?? 0) - (facts.fees.get(order) ?? 0), 0);
      const worth = facts.lines
        .filter((line) => members.has(line.order) && live.has(`${line.order} ${line.line}`))
        .reduce((sum, line) => sum + line.amount, 0);
      if (money !== worth)
        found.push({
          check: 'money',
          says: `the provider keeps ${money} for tickets worth ${worth} (${orders.map((o) => facts.orders.find((x) => x.id === o)?.state).join(', ')})`,
          about: { orders },
        });
    }
    return found;
  },
};

/** What was told to a buyer is still so: a commit is never lost. */
export const nothingToldIsLost: Check = {
  id: 'told-is-kept',
  says: 'every order that was told stands, and what was told to be paid is or was given back',
  find({ calls, orders, lines }) {
    const known = new Map(orders.map((order) => [order.id, order]));
    const gone = new Map<string, Violation>();
    const asked = new Set(
      calls.filter((c) => c.asked.deed === 'give-back' || c.asked.deed === 'exchange').map((c) => c.asked.order),
    );
    for (const { told, asked: call } of calls) {
      const { order } = told ?? {};
      if (!order || gone.has(order.id)) continue;
      const stands = known.get(order.id);
      const says = !stands
        ? `order ${order.id} was told to ${call.who} and is nowhere`
        : order.state === 'paid' && stands.state !== 'paid' && !asked.has(order.id)
          ? `order ${order.id} was told to be paid and is ${stands.state}`
          : order.state === 'paid' &&
              !asked.has(order.id) &&
              lines.some((line) => line.order === order.id && line.ended)
            ? `order ${order.id} was told to be paid and lost a seat that nobody gave back`
            : undefined;
      if (says) gone.set(order.id, { check: 'told-is-kept', says, about: { orders: [order.id], who: call.who } });
    }
    return [...gone.values()];
  },
};

/** What says nothing of the order that a key means. */
const NOT_NOW = new Set(['request-in-flight', 'too-many-requests']);

/** I9 as buyers see it: a key always means the same order. */
export const oneKeyOneOrder: Check = {
  id: 'keys',
  says: 'I9 one Idempotency-Key is always answered with one order',
  find({ calls }) {
    const first = new Map<string, { order: string; at: number }>();
    const found: Violation[] = [];
    const keyed = calls.filter(({ asked }) => (asked.deed === 'order' || asked.deed === 'exchange') && asked.key);
    for (const { asked, told } of keyed) {
      const key = `${asked.who} ${asked.key}`;
      const before = first.get(key);
      if (told?.order && told.at < (before?.at ?? Number.POSITIVE_INFINITY))
        first.set(key, { order: told.order.id, at: told.at });
    }
    for (const { asked, told } of keyed) {
      const before = first.get(`${asked.who} ${asked.key}`);
      if (!before || !told) continue;
      const about = { orders: [before.order, told.order?.id ?? ''], who: asked.who };
      if (told.order && told.order.id !== before.order)
        found.push({
          check: 'keys',
          says: `key ${asked.key} of ${asked.who} made ${before.order} and ${told.order.id}`,
          about,
        });
      const refused = told.status >= 400 && told.status < 500 && !NOT_NOW.has(told.code ?? '');
      if (refused && asked.at > before.at)
        found.push({
          check: 'keys',
          says: `key ${asked.key} of ${asked.who} was answered with ${before.order}, and later with ${told.code}`,
          about,
        });
    }
    return found;
  },
};

/** Money that came is never followed by an expiry. */
export const endsOnlyWhenClosed: Check = {
  id: 'ends',
  says: 'no order gives its seats back after it was paid',
  find({ outbox, orders }) {
    const paid = new Map<string, number>();
    for (const one of outbox) if (one.type === 'tickets.order.paid.v1') paid.set(one.aggregate, one.version);
    const known = new Set(orders.map((order) => order.id));
    return outbox
      .filter((one) => one.type === 'tickets.order.expired.v1' && known.has(one.aggregate))
      .filter((one) => (paid.get(one.aggregate) ?? Number.POSITIVE_INFINITY) < one.version)
      .map((one) => ({
        check: 'ends',
        says: `order ${one.aggregate} expired after it was paid`,
        about: { orders: [one.aggregate] },
      }));
  },
};
