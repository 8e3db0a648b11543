import { Refusal } from '#libs/kernel';
import {
  ALLOCATION_CLASSES,
  type AllocationFacts,
  allocationCandidates,
  allocationTroubles,
  fillInRankOrder,
  judgeAllocations,
  requireAllocations,
} from './allocation.rules.js';

const OPENS = '2019-09-16T06:00:00.000Z';
const CLOSES = '2019-09-16T12:00:00.000Z';
const at = (hour: number) => new Date(`2019-09-16T${String(hour).padStart(2, '0')}:00:00Z`);

const screening = {
  screeningId: 's',
  allocations: [
    { id: 'public', classes: ['public'], capacity: 3, overflow: ['rest'] },
    { id: 'press', classes: ['press'], capacity: 2, opensAt: OPENS, closesAt: CLOSES, overflow: ['public', 'rest'] },
    { id: 'rest', classes: ['box-office'], capacity: 1, overflow: [] },
  ] satisfies AllocationFacts[],
};

describe('allocations', () => {
  it.each([
    [['public'], 1, ['s:public', 's:rest']],
    [['press'], 6, ['s:press', 's:public', 's:rest']],
    [['press', 'public'], 6, ['s:public', 's:press', 's:rest']],
    [['press', 'public'], 1, ['s:public', 's:rest']],
    [['box-office'], 1, ['s:rest']],
  ])('%j at %i draws in rank order: own shares first, then what they overflow into', (classes, hour, wanted) => {
    expect(allocationCandidates(screening, classes, at(hour))).toEqual(wanted);
  });

  it.each([
    [['jury'], 8, 'no-allocation', { rule: 'not-your-class', classes: ['box-office', 'press', 'public'] }],
    [['press'], 5, 'allocation-not-yet-open', { rule: 'not-yet-open', allocation: 'press', opensAt: OPENS }],
    [['press'], 12, 'allocation-closed', { rule: 'closed', allocation: 'press', closedAt: CLOSES }],
  ])('%j at %i is refused by a rule that is named', (classes, hour, code, facts) => {
    expect('no' in judgeAllocations(screening, classes, at(hour))).toBe(true);
    try {
      requireAllocations(screening, classes, at(hour));
      throw new Error('nothing was refused');
    } catch (error) {
      expect((error as Refusal).code).toBe(code);
      expect((error as Refusal).facts).toEqual({ screening: 's', ...facts });
    }
  });

  it('counts nothing where a screening has no allocations', () => {
    expect(allocationCandidates({ screeningId: 's', allocations: [] }, ['public'], at(1))).toEqual([]);
  });

  it('tells a manager what does not add up', () => {
    const odd = [
      { id: 'a', classes: ['public'], capacity: 8, opensAt: CLOSES, closesAt: OPENS, overflow: ['b'] },
      { id: 'c', classes: ['press'], capacity: 3, overflow: [] },
    ];
    expect(allocationTroubles(odd, 10).map((t) => t.trouble)).toEqual([
      'more-than-seats',
      'overflow-unknown',
      'window-empty',
    ]);
    expect(allocationTroubles(screening.allocations, 10).map((t) => t.trouble)).toEqual(['seats-uncounted']);
    expect(allocationTroubles(screening.allocations, 6)).toEqual([]);
  });
});

/** A small generator that gives the same numbers in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The most units that can go from one source over `arcs` (request → allocation) into allocations with room. */
function maximumFlow(demand: number[], room: number[], arcs: (request: number, allocation: number) => boolean): number {
  const left = [...room];
  const sent = demand.map(() => room.map(() => 0));
  const augment = (request: number, seen: Set<number>): boolean => {
    for (let a = 0; a < room.length; a++) {
      if (!arcs(request, a) || seen.has(a)) continue;
      seen.add(a);
      if (left[a]! > 0) {
        left[a]!--;
        sent[request]![a]!++;
        return true;
      }
      for (let other = 0; other < demand.length; other++) {
        if (sent[other]![a]! === 0 || !augment(other, seen)) continue;
        sent[other]![a]!--;
        sent[request]![a]!++;
        return true;
      }
    }
    return false;
  };
  let flow = 0;
  demand.forEach((n, request) => {
    for (let unit = 0; unit < n; unit++) if (augment(request, new Set())) flow++;
  });
  return flow;
}

interface World {
  allocations: AllocationFacts[];
  requests: { classes: string[]; n: number; at: Date; cancels: number | undefined }[];
}

function world(seed: number): World {
  const roll = dice(seed);
  const size = 1 + roll(5);
  const ids = Array.from({ length: size }, (_, i) => `a${i}`);
  const allocations = ids.map((id) => ({
    id,
    classes: ALLOCATION_CLASSES.filter(() => roll(4) === 0),
    capacity: roll(7),
    ...(roll(3) === 0 && { opensAt: at(roll(12)).toISOString() }),
    ...(roll(3) === 0 && { closesAt: at(12 + roll(12)).toISOString() }),
    overflow: ids.filter((other) => other !== id && roll(3) === 0).sort(() => roll(3) - 1),
  }));
  const requests = Array.from({ length: 1 + roll(14) }, () => ({
    classes: [ALLOCATION_CLASSES[roll(ALLOCATION_CLASSES.length)]!],
    n: 1 + roll(4),
    at: at(roll(24)),
    cancels: roll(5) === 0 ? roll(14) : undefined,
  }));
  return { allocations, requests };
}

describe('thousands of random allocations against the oracle of maximum flow', () => {
  it('never give more than a share holds, and never refuse while what the rules allow has room', () => {
    let served = 0;
    let refused = 0;
    let split = 0;
    for (let seed = 1; seed <= 4_000; seed++) {
      const { allocations, requests } = world(seed);
      const ids = allocations.map((a) => `s:${a.id}`);
      const used = new Map(ids.map((id) => [id, 0]));
      const capacity = new Map(allocations.map((a) => [`s:${a.id}`, a.capacity]));
      const room = (id: string) => capacity.get(id)! - used.get(id)!;
      const given: (string[] | undefined)[] = [];
      for (const request of requests) {
        if (request.cancels !== undefined)
          for (const id of given[request.cancels] ?? []) used.set(id, used.get(id)! - 1);
        if (request.cancels !== undefined && given[request.cancels]) given[request.cancels] = undefined;
        const candidates = allocationCandidates({ screeningId: 's', allocations }, request.classes, request.at);
        // The oracle knows the rule in its own words: open for one's class, or named by such a one as its overflow.
        const mine = allocations.filter(
          (a) =>
            a.classes.includes(request.classes[0]!) &&
            (!a.opensAt || request.at >= new Date(a.opensAt)) &&
            (!a.closesAt || request.at < new Date(a.closesAt)),
        );
        const allowed = allocations.map((a) => mine.includes(a) || mine.some((m) => m.overflow.includes(a.id)));
        const most = maximumFlow([request.n], ids.map(room), (_, a) => allowed[a]!);
        const filled = candidates && fillInRankOrder(candidates, room, request.n);
        expect([seed, filled !== undefined]).toEqual([seed, most === request.n]);
        for (const id of filled ?? []) used.set(id, used.get(id)! + 1);
        given.push(filled);
        for (const id of ids) expect(used.get(id)! <= capacity.get(id)! && used.get(id)! >= 0).toBe(true);
        if (filled) served++;
        else refused++;
        if (new Set(filled).size > 1) split++;
      }
    }
    expect(Math.min(served, refused, split)).toBeGreaterThan(500);
  });

  it('seat together never more than any division of the shares could', () => {
    for (let seed = 5_001; seed <= 6_000; seed++) {
      const { allocations, requests } = world(seed);
      const candidates = requests.map(
        (r) => allocationCandidates({ screeningId: 's', allocations }, r.classes, r.at) ?? [],
      );
      const left = new Map(allocations.map((a) => [`s:${a.id}`, a.capacity]));
      let placed = 0;
      requests.forEach((request, i) => {
        const filled = fillInRankOrder(candidates[i]!, (id) => left.get(id)!, request.n) ?? [];
        for (const id of filled) left.set(id, left.get(id)! - 1);
        placed += filled.length;
      });
      const best = maximumFlow(
        requests.map((r) => r.n),
        allocations.map((a) => a.capacity),
        (r, a) => candidates[r]!.includes(`s:${allocations[a]!.id}`),
      );
      expect(placed).toBeLessThanOrEqual(best);
    }
  });
});
