import type { Check, Facts, OutboxFact, Violation } from './facts.js';
import type { Call } from './history.js';

export interface Ownership {
  order: string;
  screening: string;
  seat: string;
  from: number;
  to: number;
}

const REFUND_DUE = 'tickets.order.refund-due.v1';
const ENDS = new Set(['tickets.order.expired.v1', 'tickets.order.cancelled.v1', REFUND_DUE]);

/** From when to when each order had each of its seats, by what tickets told of it. */
export function ownerships(facts: Facts): Ownership[] {
  const told = Map.groupBy(facts.outbox, (one) => one.aggregate);
  const paid = new Set(facts.orders.filter((order) => order.state === 'paid').map((order) => order.id));
  const paidAt = new Map<string, number>();
  for (const one of facts.outbox) if (one.type === 'tickets.order.paid.v1') paidAt.set(one.aggregate, one.at);
  const exchangedBy = new Map<string, number>();
  for (const line of facts.lines) {
    const at = paidAt.get(line.order);
    if (line.replaces && at !== undefined) exchangedBy.set(line.replaces, at);
  }
  return facts.lines.flatMap((line) => {
    const until = line.ended === 'exchanged' ? exchangedBy.get(`${line.order} ${line.line}`) : undefined;
    // A second payment of a paid order is owed back; the order stands.
    const its = (told.get(line.order) ?? []).filter((one) => one.type !== REFUND_DUE || !paid.has(line.order));
    return spans(its, line.line, until).map(([from, to]) => ({
      order: line.order,
      screening: line.screening,
      seat: line.seat,
      from,
      to,
    }));
  });
}

function spans(told: readonly OutboxFact[], line: number, exchangedAt: number | undefined): [number, number][] {
  const found: [number, number][] = [];
  let from: number | undefined;
  const end = (at: number) => {
    if (from !== undefined) found.push([from, at]);
    from = undefined;
  };
  for (const one of told.toSorted((a, b) => a.version - b.version)) {
    if (one.type === 'tickets.order.placed.v1') from = one.at;
    // Paid at once, or late: the seats were taken in that moment.
    else if (one.type === 'tickets.order.paid.v1') from ??= one.at;
    else if (ENDS.has(one.type)) end(one.at);
    else if (one.type === 'tickets.order.lines-returned.v1' && one.lines.includes(line)) end(one.at);
  }
  if (exchangedAt !== undefined) end(exchangedAt);
  end(Number.POSITIVE_INFINITY);
  return found;
}

/** Two orders never have one seat at the same time. */
export const neverTwoOwners: Check = {
  id: 'two-owners',
  says: 'no seat belongs to two orders at the same time',
  find(facts) {
    const bySeat = Map.groupBy(ownerships(facts), (one) => `${one.screening} ${one.seat}`);
    const found: Violation[] = [];
    for (const owners of bySeat.values()) {
      owners.sort((a, b) => a.from - b.from);
      for (const [index, owner] of owners.entries()) {
        const next = owners[index + 1];
        if (!next || next.order === owner.order || next.from >= owner.to) continue;
        found.push({
          check: 'two-owners',
          says: `seat ${owner.seat} of ${owner.screening} belongs to ${owner.order} and from ${iso(next.from)} to ${next.order} too`,
          about: { orders: [owner.order, next.order], screening: owner.screening, seat: owner.seat },
        });
      }
    }
    return found;
  },
};

function iso(at: number): string {
  return new Date(at).toISOString();
}

const GIVING_UP = new Set(['give-back', 'exchange', 'cancel']);

/** Nobody is told "yours" for a seat that another was told is his, who never gave it up. */
export const toldYoursOnce: Check = {
  id: 'told-yours-once',
  says: 'nobody is told "yours" for a seat that another has',
  find({ calls }) {
    const gaveUp = new Set<string>();
    for (const { asked } of calls) if (asked.order && GIVING_UP.has(asked.deed)) gaveUp.add(asked.order);
    const owners = new Map<string, string>();
    const found: Violation[] = [];
    for (const { told } of calls) {
      if (told?.order?.state !== 'paid' || told.order.codes.length === 0) continue;
      for (const line of told.order.lines) {
        if (line.ended) continue;
        const seat = `${line.screening} ${line.seat}`;
        const owner = owners.get(seat);
        if (owner === undefined || gaveUp.has(owner)) owners.set(seat, told.order.id);
        else if (owner !== told.order.id && !gaveUp.has(told.order.id))
          found.push({
            check: 'told-yours-once',
            says: `seat ${line.seat} of ${line.screening} was told to be of ${owner} and of ${told.order.id}`,
            about: { orders: [owner, told.order.id], screening: line.screening, seat: line.seat },
          });
      }
    }
    return firstOfEach(found);
  },
};

function firstOfEach(found: Violation[]): Violation[] {
  const seen = new Set<string>();
  return found.filter(({ says }) => !seen.has(says) && seen.add(says));
}

/** How long Redis may believe that a sold seat is free, and how long after something that owed it the news has died. */
const COURTESY_MS = 2_000;
const AFTER_LOSS_MS = 35_000;
const LOSES_NEWS = /tickets|every service|postgres/i;

/** I6 from the other side: no hold is granted on a seat that was sold a while ago. */
export const noHoldOnSoldSeats: Check = {
  id: 'hold-on-sold',
  says: 'no hold is granted on a seat that was sold over 2 s before (35 s after a process died that owed Redis the news)',
  find(facts) {
    const sold = Map.groupBy(ownerships(facts), (one) => `${one.screening} ${one.seat}`);
    const losses = facts.faults.filter(({ what }) => LOSES_NEWS.test(what)).map(({ at }) => at);
    const found: Violation[] = [];
    for (const { asked, told } of facts.calls) {
      if (asked.deed !== 'hold' || told?.status !== 201 || !told.held) continue;
      for (const seat of told.held.seats) {
        const owner = (sold.get(`${told.held.screening} ${seat}`) ?? []).find(
          (one) => one.from <= asked.at && one.to > told.at,
        );
        if (!owner) continue;
        const late = losses.some((at) => at > owner.from - COURTESY_MS && at <= asked.at);
        if (asked.at - owner.from <= (late ? AFTER_LOSS_MS : COURTESY_MS)) continue;
        found.push({
          check: 'hold-on-sold',
          says: `${asked.who} was granted a hold on ${seat} of ${told.held.screening}, which ${owner.order} had for ${Math.round((asked.at - owner.from) / 1_000)} s`,
          about: { orders: [owner.order], screening: told.held.screening, seat, who: asked.who },
        });
      }
    }
    return found;
  },
};

/** A hold lives at least so long unless its buyer does something about it. */
const HOLD_MS = 290_000;
const LETS_GO = new Set(['hold', 'drop', 'order', 'exchange']);

/** Two people never hold one seat, as long as nothing was broken between the two. */
export const neverTwoHolds: Check = {
  id: 'two-holds',
  says: 'no seat is held by two at the same time, unless something broke between the two',
  find(facts) {
    const { calls, faults } = facts;
    const owned = Map.groupBy(ownerships(facts), (one) => `${one.screening} ${one.seat}`);
    const byBuyer = Map.groupBy(calls, ({ asked }) => asked.who);
    const bySeat = new Map<string, { who: string; from: number; to: number; asked: number }[]>();
    for (const [who, own] of byBuyer)
      for (const { asked, told } of own) {
        if (asked.deed !== 'hold' || told?.status !== 201 || !told.held) continue;
        const next = own.find((one) => one.asked.call > asked.call && LETS_GO.has(one.asked.deed));
        const to = Math.min(next?.asked.at ?? Number.POSITIVE_INFINITY, told.at + HOLD_MS);
        for (const seat of told.held.seats) {
          const key = `${told.held.screening} ${seat}`;
          bySeat.set(key, [...(bySeat.get(key) ?? []), { who, asked: asked.at, from: told.at, to }]);
        }
      }
    const found: Violation[] = [];
    for (const [key, holds] of bySeat) {
      const [screening = '', seat = ''] = key.split(' ');
      for (const [index, one] of holds.entries())
        for (const other of holds.slice(index + 1)) {
          const [first, second] = one.from <= other.from ? [one, other] : [other, one];
          if (first.who === second.who || second.asked <= first.from || second.from >= first.to) continue;
          if (faults.some(({ at }) => at >= first.asked - COURTESY_MS && at <= second.from)) continue;
          // An older token may have bought the seat in between and given it back: a claim ends a hold.
          if (owned.get(key)?.some(({ from }) => from > first.asked && from <= second.from)) continue;
          found.push({
            check: 'two-holds',
            says: `seat ${seat} of ${screening} was held by ${first.who} and ${second.who}`,
            about: { screening, seat, who: second.who },
          });
        }
    }
    return found;
  },
};

/** I6 and its reverse at rest: the map and the claims say the same. */
export const mapAgrees: Check = {
  id: 'map',
  says: 'I6 at rest every seat shown free can be claimed and every seat shown sold is',
  find({ maps, claims }) {
    const claimed = new Set(claims.map((claim) => `${claim.screening} ${claim.seat}`));
    return maps.flatMap(({ screening, from, seats }) =>
      [...seats].flatMap(([seat, letter]) => {
        const sold = claimed.has(`${screening} ${seat}`);
        if ((letter === 'f' && !sold) || letter === 'h' || (letter !== 'f' && sold)) return [];
        const says = `${from} shows seat ${seat} of ${screening} as ${letter === 'f' ? 'free though it is claimed' : 'taken though it is not'}`;
        return [{ check: 'map', says, about: { screening, seat } }];
      }),
    );
  },
};

/** I8: a mark never replaces a higher claim number within an epoch. */
export const marksGoForward: Check = {
  id: 'marks',
  says: 'I8 the claim number of a Redis mark never goes back within an epoch',
  find({ marks }) {
    const there = new Map<string, number>();
    const found: Violation[] = [];
    for (const mark of marks) {
      if ('epoch' in mark) {
        for (const seat of there.keys()) if (seat.startsWith(`${mark.screening} `)) there.delete(seat);
      } else if ('freed' in mark) there.delete(`${mark.screening} ${mark.freed}`);
      else {
        const seat = `${mark.screening} ${mark.seat}`;
        const before = there.get(seat) ?? -1;
        if (before > mark.no)
          found.push({
            check: 'marks',
            says: `the mark of seat ${mark.seat} of ${mark.screening} went from claim ${before} back to ${mark.no}`,
            about: { screening: mark.screening, seat: mark.seat },
          });
        there.set(seat, mark.no);
      }
    }
    return found;
  },
};

/** Nothing is claimed while sales stand still. */
export const stopsHold: Check = {
  id: 'stops',
  says: 'nothing is sold between the stop of a sale and its opening',
  find(facts) {
    return ownerships(facts).flatMap((one) =>
      facts.stops
        .filter((stop) => stop.screening === one.screening && one.from > stop.from && one.from < stop.until)
        .map((stop) => ({
          check: 'stops',
          says: `seat ${one.seat} of ${one.screening} was claimed by ${one.order} ${Math.round(one.from - stop.from)} ms after sales had stopped`,
          about: { orders: [one.order], screening: one.screening, seat: one.seat },
        })),
    );
  },
};

/** The calls that tell the story of a violation, in order. */
export function storyOf(calls: readonly Call[], { about }: Violation): Call[] {
  const orders = new Set(about.orders);
  const buyers = new Set(about.who ? [about.who] : []);
  for (const { asked, told } of calls)
    if ((asked.order && orders.has(asked.order)) || (told?.order && orders.has(told.order.id))) buyers.add(asked.who);
  return calls.filter(({ asked, told }) => {
    if (!buyers.has(asked.who)) return false;
    if (asked.deed === 'look') return false;
    if (about.seat && asked.deed === 'hold') return asked.seats?.includes(about.seat);
    return asked.order === undefined || orders.size === 0 || orders.has(asked.order) || told?.order !== undefined;
  });
}
