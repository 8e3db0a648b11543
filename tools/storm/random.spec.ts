import { Dice } from './random.js';

const throws = (dice: Dice) => Array.from({ length: 50 }, () => dice.between(1, 6));

describe('the dice of a storm', () => {
  it('throw the same for the same seed and something else for another', () => {
    expect(throws(new Dice(7))).toEqual(throws(new Dice(7)));
    expect(throws(new Dice(7))).not.toEqual(throws(new Dice(8)));
  });

  it('show every side and none beside', () => {
    const many = Array.from({ length: 60 }, (_, seed) => throws(new Dice(seed))).flat();
    expect([...new Set(many)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of a part are its own, whatever others throw', () => {
    const dice = new Dice(7);
    const before = throws(dice.fork('buyer 3'));
    throws(dice);
    expect(throws(dice.fork('buyer 3'))).toEqual(before);
    expect(throws(dice.fork('buyer 4'))).not.toEqual(before);
  });

  it('never choose what weighs nothing', () => {
    const dice = new Dice(7);
    const kinds = Array.from({ length: 200 }, () => dice.weighted({ buy: 3, leave: 1, never: 0 }));
    expect([...new Set(kinds)].sort()).toEqual(['buy', 'leave']);
  });
});
