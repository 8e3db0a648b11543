import { SetRate } from './set-rate.rules.js';

describe('a set rate', () => {
  it('lets so many start in a second, and saves no more than a second’s worth', () => {
    const rate = new SetRate(50, 0);
    expect(rate.allowance(0)).toBe(50);
    rate.spend(50);
    expect(rate.allowance(0)).toBe(0);
    expect(rate.untilNext()).toBe(20);
    expect(rate.allowance(100)).toBe(5);
    expect(rate.allowance(60_000)).toBe(50);
    expect(rate.untilNext()).toBe(0);
  });
});
