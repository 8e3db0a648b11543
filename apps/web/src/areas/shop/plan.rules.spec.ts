import { planClashes, sharedIds } from './plan.rules';
import type { Show } from './programme.rules';

const show = (id: string, venueId: string, from: string, to: string) =>
  ({
    screening: { id, venueId, startsAt: `2019-09-16T${from}:00.000Z`, endsAt: `2019-09-16T${to}:00.000Z` },
  }) as Show;
const travel = { minutes: 30, between: [{ from: 'a', to: 'b', minutes: 12 }] };
const clashes = (...shows: Show[]) =>
  planClashes(shows, travel).map(({ first, second, kind }) => [first.screening.id, second.screening.id, kind]);

describe('a plan', () => {
  it('warns where two shows overlap, in whatever order they were starred', () => {
    expect(clashes(show('2', 'a', '10:00', '12:00'), show('1', 'a', '09:00', '10:30'))).toEqual([
      ['1', '2', 'overlap'],
    ]);
  });

  it('warns where the way between two venues is longer than the time', () => {
    expect(clashes(show('1', 'a', '09:00', '10:00'), show('2', 'c', '10:20', '12:00'))).toEqual([['1', '2', 'travel']]);
    expect(clashes(show('1', 'a', '09:00', '10:00'), show('2', 'b', '10:20', '12:00'))).toEqual([]);
  });

  it('needs no way inside one venue', () => {
    expect(clashes(show('1', 'c', '09:00', '10:00'), show('2', 'c', '10:00', '12:00'))).toEqual([]);
  });

  it('is read from a link, without what is no id', () => {
    expect(sharedIds('a-1,b.2,a-1,<x>,')).toEqual(['a-1', 'b.2']);
    expect(sharedIds(null)).toEqual([]);
  });
});
