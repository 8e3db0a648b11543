import { roundedCash } from '#libs/kernel';
import { backOf } from './cash.rules.js';

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

describe('money that is owed to a buyer', () => {
  const cash = (amount: number) => ({ cash: true, amount });
  const card = (amount: number) => ({ cash: false, amount });
  it.each([
    ['came in cash and is handed over', 150_000, [cash(250_000)], 150_000, 0],
    ['is rounded where it is handed over', 150_300, [cash(250_000)], 150_500, 0],
    ['goes back to a card untouched', 150_300, [card(250_000)], 0, 150_300],
    ['takes the latest payment first', 150_000, [card(100_000), cash(250_000)], 50_000, 100_000],
    ['waits for finance where no payment carries it', 150_000, [cash(100_000)], 100_000, 50_000],
    ['is nothing where nothing is left over', 0, [cash(100_000)], 0, 0],
  ])('%s', (_, owed, carried, inCash, otherwise) => {
    expect(backOf(owed, carried, 5)).toEqual({ cash: inCash, otherwise });
  });
});
