import { activeFilters, filterFrom, filterInto, fullness, NO_FILTER, passes, type Show } from './programme.rules';

const show = (change: Partial<Show['screening']> = {}) =>
  ({
    screening: { sectionId: 's', venueId: 'v', subtitles: ['ru'], languages: ['ar'], access: ['step-free'], ...change },
  }) as Show;

describe('the programme’s list', () => {
  it('says how full a hall is', () => {
    expect([undefined, 0, 9, 20, 96, 300].map((free) => fullness(free, 346))).toEqual([
      'unknown',
      'none',
      'last',
      'last',
      'some',
      'many',
    ]);
  });

  it('lets through what every chosen filter lets through', () => {
    expect(passes(show(), NO_FILTER, 0)).toBe(true);
    expect(passes(show(), { ...NO_FILTER, withSeats: true }, 0)).toBe(false);
    expect(passes(show(), { ...NO_FILTER, withSeats: true }, undefined)).toBe(true);
    expect(passes(show(), { ...NO_FILTER, tongue: 'kk' }, 5)).toBe(false);
    expect(passes(show(), { ...NO_FILTER, tongue: 'ar' }, 5)).toBe(true);
    expect(passes(show({ access: [] }), { ...NO_FILTER, stepFree: true }, 5)).toBe(false);
    expect(activeFilters({ ...NO_FILTER, section: 's', withSeats: true })).toBe(2);
  });

  it('carries its filters in the address and leaves the rest of it alone', () => {
    const filter = { ...NO_FILTER, venue: 'arman', withSeats: true };
    const params = filterInto(new URLSearchParams('day=2019-09-16&film=old'), filter);
    expect(params.toString()).toBe('day=2019-09-16&venue=arman&withSeats=1');
    expect(filterFrom(params)).toEqual(filter);
  });
});
