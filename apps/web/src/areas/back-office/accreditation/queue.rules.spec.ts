import { addressOf, filterIn, neighbour } from './queue.rules';

describe('the queue', () => {
  it('keeps its filter in the address and nothing else of it', () => {
    const filter = filterIn(new URLSearchParams('state=submitted&search=Әсел&foo=1'));
    expect(filter).toEqual({ state: 'submitted', search: 'Әсел' });
    expect(addressOf({ ...filter, reviewer: 'me' })).toEqual({ state: 'submitted', search: 'Әсел', reviewer: 'me' });
  });

  it('goes from row to row and stops at its ends', () => {
    const ids = ['a', 'b', 'c'];
    expect([neighbour(ids, null, 1), neighbour(ids, 'a', 1), neighbour(ids, 'c', 1), neighbour(ids, 'a', -1)]).toEqual([
      'a',
      'b',
      'c',
      'a',
    ]);
    expect(neighbour([], null, 1)).toBeUndefined();
  });
});
