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

  it('finds a payment that waited too long: the page of the provider waits for our answer', () => {
    expect(
      foundAfter(({ calls }) => {
        const { asked, told } = calls.find((call) => call.asked.who === 'bob')!;
        calls.push({
          asked: { at: asked.at, call: 99, who: 'bob', deed: 'pay' },
          told: { at: asked.at + 10_001, call: 99, status: 303, ...(told?.code && { code: told.code }) },
        });
      }),
    ).toEqual(['waits']);
  });

  it('finds a house that stays slow', () => {
    expect(foundAfter(late('cat', 150))).toEqual(['waits']);
    expect(foundAfter(late('cat', 110))).toEqual([]);
  });
});
