import type { Check, Violation } from './facts.js';

/** I5, tellers: what was committed is on the topic, each order's facts in their order. */
export const everythingIsTold: Check = {
  id: 'told',
  says: 'I5 every outbox row is published, and the facts of an order arrive in their order',
  find({ outbox, kafka }) {
    const arrived = new Set(kafka.map((one) => one.fact));
    const found: Violation[] = outbox
      .filter((one) => !arrived.has(one.fact))
      .map((one) => ({
        check: 'told',
        says: `${one.type} of ${one.aggregate} (seq ${one.seq}) ${one.published ? 'is marked as published and is on no topic' : 'was never published'}`,
        about: { orders: [one.aggregate] },
      }));
    const seen = new Set<string>();
    const last = new Map<string, number>();
    for (const one of kafka) {
      if (seen.has(one.fact)) continue;
      seen.add(one.fact);
      const before = last.get(one.aggregate) ?? 0;
      if (one.version < before)
        found.push({
          check: 'told',
          says: `${one.type} of ${one.aggregate} came with version ${one.version} after ${before}`,
          about: { orders: [one.aggregate] },
        });
      last.set(one.aggregate, Math.max(before, one.version));
    }
    return found;
  },
};

/** What notifications acts on. */
export const HEARD: ReadonlySet<string> = new Set([
  'tickets.order.paid.v1',
  'tickets.order.refund-due.v1',
  'tickets.order.refunded.v1',
  'tickets.order.lines-returned.v1',
]);

/** I5, hearers: each fact has one effect. */
export const everythingIsHeardOnce: Check = {
  id: 'heard',
  says: 'I5 each fact is heard once by its hearer and has one effect there',
  find({ outbox, heard, deliveries }) {
    const times = new Map<string, number>();
    for (const fact of heard) times.set(fact, (times.get(fact) ?? 0) + 1);
    const found: Violation[] = outbox
      .filter((one) => HEARD.has(one.type) && one.published && !times.has(one.fact))
      .map((one) => ({
        check: 'heard',
        says: `${one.type} of ${one.aggregate} was never heard`,
        about: { orders: [one.aggregate] },
      }));
    const of = new Map(outbox.map((one) => [one.fact, one]));
    for (const [fact, count] of times) {
      const one = of.get(fact);
      if (one && count > 1)
        found.push({
          check: 'heard',
          says: `${one.type} of ${one.aggregate} was heard ${count} times`,
          about: { orders: [one.aggregate] },
        });
    }
    for (const same of Map.groupBy(deliveries, (d) => `${d.fact} ${d.template}`).values())
      if (same.length > 1)
        found.push({
          check: 'heard',
          says: `one fact queued ${same[0]!.template} ${same.length} times`,
          about: { orders: [of.get(same[0]!.fact)?.aggregate ?? ''] },
        });
    return found;
  },
};

/** What may leave a mail in the middle: then a second one may come, and says that it may be the second. */
const LOSES_MAILS = /notifications.* killed|every service|postgres|backends/i;

/** No mail is missing or double; one that may be the second says so, and comes only where a sender or its database died. */
export const mailsOnce: Check = {
  id: 'mails',
  says: 'no mail is missing, none came twice without a reason and without saying so',
  find({ calls, outbox, orders, mails, deliveries, faults }) {
    const found: Violation[] = [];
    const excused = faults.some(({ what }) => LOSES_MAILS.test(what));
    const tooMany = (got: typeof mails) => got.filter((mail) => !(mail.repeat && excused)).length > 1;
    const paid = new Set(outbox.filter((one) => one.type === 'tickets.order.paid.v1').map((one) => one.aggregate));
    const address = new Map<string, string>();
    for (const { asked, told } of calls) if (asked.email && told?.order) address.set(told.order.id, asked.email);
    const byFile = new Map<string, typeof mails>();
    for (const mail of mails) for (const file of mail.files) byFile.set(file, [...(byFile.get(file) ?? []), mail]);
    for (const order of orders) {
      const to = address.get(order.id);
      if (!paid.has(order.id) || !to) continue;
      const got = (byFile.get(`tickets-${order.number}.pdf`) ?? []).filter((mail) => mail.to === to);
      const says =
        got.length === 0
          ? `${to} has no mail with the tickets of order ${order.number}`
          : tooMany(got)
            ? `${to} got the tickets of order ${order.number} ${got.length} times`
            : undefined;
      if (says) found.push({ check: 'mails', says, about: { orders: [order.id] } });
    }
    const byDelivery = Map.groupBy(mails, (mail) => mail.delivery);
    for (const delivery of deliveries) {
      const got = byDelivery.get(delivery.id) ?? [];
      const says =
        delivery.state !== 'sent'
          ? `${delivery.template} (${delivery.id}) is ${delivery.state}`
          : got.length === 0
            ? `${delivery.template} (${delivery.id}) is called sent and no mail has come`
            : tooMany(got)
              ? `${delivery.template} (${delivery.id}) came ${got.length} times`
              : undefined;
      if (says) found.push({ check: 'mails', says, about: {} });
    }
    return found;
  },
};

/** Every scan that a gate was told of is kept, and nobody enters twice. */
export const scansKept: Check = {
  id: 'scans',
  says: 'I7 every scan is kept as it was told, and a code enters once',
  find({ calls, scans }) {
    const kept = new Map(scans.map((scan) => [scan.id, scan]));
    const found: Violation[] = [];
    const entered = new Map<string, string>();
    for (const { asked, told } of calls) {
      if (asked.deed !== 'scan' || told?.status !== 200 || !asked.scan) continue;
      const row = kept.get(asked.scan);
      if (!row || row.verdict !== told.verdict)
        found.push({
          check: 'scans',
          says: `scan ${asked.scan} was told ${told.verdict} and is ${row ? `kept as ${row.verdict}` : 'not kept'}`,
          about: { who: asked.who },
        });
      if (told.verdict !== 'ok' || !asked.code) continue;
      const before = entered.get(asked.code);
      if (before !== undefined && before !== asked.scan)
        found.push({
          check: 'scans',
          says: `one code was let in by ${before} and ${asked.scan}`,
          about: { who: asked.who },
        });
      entered.set(asked.code, asked.scan);
    }
    return found;
  },
};

/** The invariants that are SQL. */
export const invariantsHold: Check = {
  id: 'sql',
  says: 'the invariants of docs/architecture.md in SQL count zero',
  find({ invariants }) {
    return invariants
      .filter((row) => row.violations > 0)
      .map((row) => ({ check: `sql ${row.id}`, says: `${row.id}, ${row.says}: ${row.violations}`, about: {} }));
  },
};

/** A no that says nothing: an error that nobody foresaw, or an answer without a code. */
const UNFORESEEN = new Set(['unexpected', 'no-code']);

/** Whatever is broken, people are told what they can do. */
export const refusalsAreClear: Check = {
  id: 'clear',
  says: 'every no has a code that tells what to do; nobody is told of an unforeseen error',
  find({ calls }) {
    const found = new Map<string, Violation & { times: number }>();
    for (const { asked, told } of calls) {
      if (!told?.code || told.status === 0 || asked.deed === 'pay' || !UNFORESEEN.has(told.code)) continue;
      const key = `${asked.deed} ${told.status} ${told.code}`;
      const before = found.get(key);
      const times = (before?.times ?? 0) + 1;
      const says = `${asked.deed} was answered ${told.status} ${told.code} ${times} times`;
      found.set(key, { check: 'clear', says, about: before?.about ?? { who: asked.who }, times });
    }
    return [...found.values()].map(({ check, says, about }) => ({ check, says, about }));
  },
};
