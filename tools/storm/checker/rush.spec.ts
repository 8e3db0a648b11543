import type { Facts } from './facts.js';
import { foundAfter } from './facts-cast.js';

/** Makes every answer of a buyer this late. */
const late = (who: string, ms: number) => (facts: Facts) => {
  for (const { asked, told } of facts.calls)
    if (asked.who === who && told && asked.deed === 'order') told.at = asked.at + ms;
};

describe('the checker, after a rush,', () => {
  it('finds a call of the rush that waited too long', () => {
    expect(foundAfter(late('bob', 10_001))).toEqual(['waits']);
    expect(foundAfter(late('bob', 9_999))).toEqual([]);
  });

  it('finds a house that stays slow', () => {
    expect(foundAfter(late('cat', 150))).toEqual(['waits']);
    expect(foundAfter(late('cat', 110))).toEqual([]);
  });
});
