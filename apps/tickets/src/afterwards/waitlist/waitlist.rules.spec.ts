import { knownWaitlistRules, nextOffers } from './waitlist.rules.js';

const first = (free: readonly string[], count: number) => free.slice(0, count);
const line = (...sizes: number[]) => sizes.map((seats, i) => ({ id: `${i + 1}`, seats }));

describe('the line', () => {
  it.each([
    [
      'serves in order',
      line(1, 1, 1),
      2,
      false,
      [
        ['1', 1],
        ['2', 1],
      ],
    ],
    ['gives groups all their seats or none', line(3), 2, false, []],
    ['lets nobody pass a group that has to wait', line(3, 1), 2, false, []],
    ['lets others pass where the edition says so', line(3, 1, 2), 2, true, [['2', 1]]],
    [
      'serves a group and then who is behind it',
      line(2, 1),
      3,
      false,
      [
        ['1', 2],
        ['2', 1],
      ],
    ],
    ['serves nobody from an empty pool', line(1), 0, true, []],
    ['lets a small one pass two groups', line(4, 3, 2), 2, true, [['3', 2]]],
  ] as const)('%s', (_, waiting, pool, passOver, wanted) => {
    const seats = Array.from({ length: pool }, (_, i) => `A-${i + 1}`);
    const offers = nextOffers(waiting, seats, { passOver }, first);
    expect(offers.map(({ entry, seats }) => [entry.id, seats.length])).toEqual(wanted);
    expect(new Set(offers.flatMap((offer) => offer.seats)).size).toBe(offers.flatMap((offer) => offer.seats).length);
  });

  it('has the festival’s rules where the edition says nothing', () => {
    expect(knownWaitlistRules({})).toEqual({ offerMinutes: 30, closesMinutesBefore: 120, passOver: false });
  });
});
