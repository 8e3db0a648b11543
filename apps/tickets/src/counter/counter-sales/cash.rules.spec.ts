import { roundedCash } from './cash.rules.js';

describe('cash', () => {
  it.each([
    [250_000, 250_000, 0],
    [250_200, 250_000, -200],
    [250_249, 250_000, -249],
    [250_250, 250_500, 250],
    [250_300, 250_500, 200],
    [199, 500, 301],
    [0, 0, 0],
  ])('of %i tiyn is %i to the nearest 5 tenge', (total, handed, roundedBy) => {
    expect(roundedCash(total, 5)).toEqual({ total: handed, roundedBy });
  });

  it('of whole tenge needs no rounding where the step is one', () => {
    for (const total of [100, 12_300, 9_999_900]) expect(roundedCash(total, 1)).toEqual({ total, roundedBy: 0 });
  });
});
