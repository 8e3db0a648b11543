import { limitId } from '../../copies/programme-copy/limit-id.rules.js';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { allocationRefusal } from './allocation.refusals.js';

/** Which share of a hall somebody draws from. The accreditations' categories name them, one table maps one to the other. */
export const ALLOCATION_CLASSES = [
  'public',
  'press',
  'industry',
  'guest',
  'jury',
  'sponsor',
  'film-team',
  'box-office',
] as const;

export type AllocationFacts = ScreeningData['allocations'][number];
export type CountedScreening = Pick<ScreeningData, 'screeningId' | 'allocations'>;

/** Why somebody of these classes can draw from nothing now; each no names its rule. */
export type AllocationNo =
  | { rule: 'not-your-class'; classes: string[] }
  | { rule: 'not-yet-open'; allocation: string; opensAt: string }
  | { rule: 'closed'; allocation: string; closedAt: string };

/**
 * What somebody of these classes may draw from at `at` (festival time): limits in rank order, or the rule that says no.
 * An allocation's window binds its own classes alone; whoever overflows into it comes by the right of the allocation
 * that names it, in the order in which it names them. Overflow is not followed further: the list is the whole of it.
 * No limits at all when the screening counts nothing.
 */
export function judgeAllocations(
  data: CountedScreening,
  classes: readonly string[],
  at: Date,
): { candidates: string[] } | { no: AllocationNo } {
  if (data.allocations.length === 0) return { candidates: [] };
  const own = data.allocations.filter((a) => a.classes.some((name) => classes.includes(name)));
  if (own.length === 0) {
    const offered = [...new Set(data.allocations.flatMap((a) => a.classes))].sort();
    return { no: { rule: 'not-your-class', classes: offered } };
  }
  const open = own.filter((a) => windowOf(a, at) === 'open');
  if (open.length === 0) return { no: whyShut(own, at) };
  const ranked = [...new Set([...open.map((a) => a.id), ...open.flatMap((a) => a.overflow)])];
  const known = new Set(data.allocations.map((a) => a.id));
  return { candidates: ranked.filter((id) => known.has(id)).map((id) => limitId(data.screeningId, id)) };
}

/**
 * The same for whoever draws now.
 * @throws no-allocation, allocation-not-yet-open, allocation-closed: each names its rule and facts
 */
export function requireAllocations(data: CountedScreening, classes: readonly string[], at: Date): string[] {
  const judged = judgeAllocations(data, classes, at);
  if ('no' in judged) throw allocationRefusal(data.screeningId, judged.no);
  return judged.candidates;
}

/** The same for callers that only need to know whether there is anything. */
export function allocationCandidates(
  data: CountedScreening,
  classes: readonly string[],
  at: Date,
): string[] | undefined {
  const judged = judgeAllocations(data, classes, at);
  return 'candidates' in judged ? judged.candidates : undefined;
}

/** Open from `opensAt`, included, until `closesAt`, excluded. */
export function windowOf(allocation: AllocationFacts, at: Date): 'not-yet-open' | 'open' | 'closed' {
  if (allocation.opensAt && at < new Date(allocation.opensAt)) return 'not-yet-open';
  if (allocation.closesAt && at >= new Date(allocation.closesAt)) return 'closed';
  return 'open';
}

/** Of several shut ones, the one that opens next is the answer; else the one that closed last. */
function whyShut(own: readonly AllocationFacts[], at: Date): AllocationNo {
  const next = own
    .filter((a) => windowOf(a, at) === 'not-yet-open')
    .sort((a, b) => Date.parse(a.opensAt!) - Date.parse(b.opensAt!))[0];
  if (next) return { rule: 'not-yet-open', allocation: next.id, opensAt: next.opensAt! };
  const last = [...own].sort((a, b) => Date.parse(b.closesAt!) - Date.parse(a.closesAt!))[0]!;
  return { rule: 'closed', allocation: last.id, closedAt: last.closesAt! };
}

/**
 * How `take_limit` fills a request: each limit in rank order as far as it has room, all places or none. A request may
 * be split, so nobody is refused while what they may draw from has room for all of it; those who came earlier keep
 * the places that they were given.
 * @returns one limit per place in the order of filling, or undefined when there is too little room in all
 */
export function fillInRankOrder(
  candidates: readonly string[],
  room: (limit: string) => number,
  places: number,
): string[] | undefined {
  const filled: string[] = [];
  for (const limit of new Set(candidates))
    for (let free = room(limit); free > 0 && filled.length < places; free--) filled.push(limit);
  return filled.length === places ? filled : undefined;
}

export type AllocationTrouble =
  | { trouble: 'more-than-seats'; capacity: number; seats: number }
  | { trouble: 'seats-uncounted'; capacity: number; seats: number }
  | { trouble: 'overflow-unknown'; allocation: string; overflow: string }
  | { trouble: 'window-empty'; allocation: string };

/**
 * What a manager should know of a screening's allocations. Shares may add up to more than the seats: then the seats
 * decide. They may add up to fewer: then the rest is reached only by a block or at the counter.
 */
export function allocationTroubles(allocations: readonly AllocationFacts[], seats: number): AllocationTrouble[] {
  if (allocations.length === 0) return [];
  const capacity = allocations.reduce((sum, a) => sum + a.capacity, 0);
  const known = new Set(allocations.map((a) => a.id));
  return [
    ...(capacity > seats ? [{ trouble: 'more-than-seats' as const, capacity, seats }] : []),
    ...(capacity < seats ? [{ trouble: 'seats-uncounted' as const, capacity, seats }] : []),
    ...allocations.flatMap((a) => [
      ...a.overflow
        .filter((id) => !known.has(id))
        .map((overflow) => ({ trouble: 'overflow-unknown' as const, allocation: a.id, overflow })),
      ...(a.opensAt && a.closesAt && Date.parse(a.opensAt) >= Date.parse(a.closesAt)
        ? [{ trouble: 'window-empty' as const, allocation: a.id }]
        : []),
    ]),
  ];
}
