import { cashDue, changeOf, countedSum, quickAmounts, typedCount, typedTenge } from './cash.rules';

const tenge = (amount: number) => amount * 100;

describe('cash at the counter', () => {
  it('rounds to the nearest five tenge, a half upwards, and only where a step is set', () => {
    expect([1_001, 1_002, 1_003, 1_007, 1_008].map((sum) => cashDue(tenge(sum), 500) / 100)).toEqual([
      1_000, 1_000, 1_005, 1_005, 1_010,
    ]);
    expect(cashDue(tenge(1_002) + 50, 500)).toBe(tenge(1_005));
    expect(cashDue(tenge(1_002), 0)).toBe(tenge(1_002));
  });

  it('knows no change before enough was given', () => {
    expect(changeOf(tenge(5_000), tenge(4_999))).toBeUndefined();
    expect(changeOf(tenge(5_000), tenge(5_000))).toBe(0);
    expect(changeOf(tenge(5_000), tenge(10_000))).toBe(tenge(5_000));
  });

  it('offers the sum itself first, then what the usual notes make of it', () => {
    expect(quickAmounts(tenge(5_000)).map((sum) => sum / 100)).toEqual([5_000, 10_000, 15_000, 20_000]);
    expect(quickAmounts(tenge(6_250)).map((sum) => sum / 100)).toEqual([6_250, 7_000, 10_000, 20_000]);
    expect(quickAmounts(tenge(1_250)).map((sum) => sum / 100)).toEqual([1_250, 2_000, 5_000, 10_000]);
    expect(quickAmounts(tenge(24_700)).map((sum) => sum / 100)).toEqual([24_700, 25_000, 30_000, 40_000]);
    expect(quickAmounts(0)).toEqual([]);
  });

  it('offers for any sum four amounts that grow, and none that is too little', () => {
    for (let sum = 5; sum < 120_000; sum += 415) {
      const offered = quickAmounts(tenge(sum));
      expect(offered).toHaveLength(4);
      expect(offered).toEqual([...new Set(offered)].sort((a, b) => a - b));
      expect(Math.min(...offered)).toBe(tenge(sum));
    }
  });

  it('adds up a drawer', () => {
    expect(countedSum({})).toBe(0);
    expect(countedSum({ 20000: 2, 500: 3, 5: 1 })).toBe(tenge(41_505));
  });

  it('reads what people type', () => {
    expect(typedTenge('10 000')).toBe(tenge(10_000));
    expect(typedTenge('10\u00a0000')).toBe(tenge(10_000));
    expect(['', '-5', '1e3', '12,5'].map(typedTenge)).toEqual([undefined, undefined, undefined, undefined]);
    expect(['', '7', ' 12 ', '-1', 'x'].map(typedCount)).toEqual([0, 7, 12, undefined, undefined]);
  });
});
