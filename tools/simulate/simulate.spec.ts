import { play } from './run-seed.js';
import { shrink } from './shrink.js';
import { PLANTS, type Plant } from './twin/planted.js';

const MOST_SEEDS = 60;

describe('the simulated sale', () => {
  it('keeps every promise while calls are lost, doubled, delayed and processes die', async () => {
    for (let seed = 1; seed <= 20; seed++)
      expect([seed, (await play({ seed, turn: 0 })).violation]).toEqual([seed, undefined]);
  });

  it('plays a seed twice the same, step by step', async () => {
    const [one, two] = [await play({ seed: 7, turn: 0 }, true), await play({ seed: 7, turn: 0 }, true)];
    expect(one.trace.length).toBeGreaterThan(500);
    expect(two.trace).toEqual(one.trace);
  });

  it('gives the clock back', async () => {
    const before = Date;
    await play({ seed: 3, turn: 0 });
    expect(Date).toBe(before);
  });

  it.each(Object.entries(PLANTS) as [Plant, string][])('finds it when %s: %s', async (plant) => {
    let violation: string | undefined;
    for (let seed = 1; violation === undefined && seed <= MOST_SEEDS; seed++)
      violation = (await play({ seed, turn: 0, plants: new Set([plant]) })).violation;
    expect(violation).toBeDefined();
  });

  it('shrinks a failing run to the actors that it takes', async () => {
    const run = { seed: 1, turn: 0, plants: new Set<Plant>(['any-amount', 'claim-kept']) };
    const { violation } = await play(run);
    const shortest = await shrink(run, violation ?? '');
    expect(shortest.run.only?.length).toBeLessThanOrEqual(3);
    expect((await play(shortest.run)).violation).toBe(shortest.outcome.violation);
  });
});
