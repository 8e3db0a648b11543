import fc from 'fast-check';
import { canStep } from '#libs/kernel';
import { fitAllocations, MOVE_CYCLE, OVER, retryMs } from './move.rules.js';

const share = (id: string, capacity: number) => ({ id, classes: [id], capacity, overflow: [] });

describe('a move', () => {
  it('ends for good', () => {
    for (const state of OVER) expect(MOVE_CYCLE[state]).toEqual([]);
    expect([canStep(MOVE_CYCLE, 'confirmed', 'abandoning'), canStep(MOVE_CYCLE, 'seated', 'undoing')]).toEqual([
      false,
      true,
    ]);
  });

  it('asks tickets again less and less often', () => {
    expect([retryMs(0), retryMs(1), retryMs(50)]).toEqual([500, 1_000, 30_000]);
  });

  it('shrinks the shares of a smaller hall in proportion, and leaves those of a larger one', () => {
    expect(
      fitAllocations([share('public', 302), share('press', 24), share('guests', 20)], 173).map((one) => one.capacity),
    ).toEqual([151, 12, 10]);
    expect(fitAllocations([share('public', 76), share('press', 24)], 400).map((one) => one.capacity)).toEqual([76, 24]);
  });

  it('never shares out more seats than there are, nor one fewer than it could', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 600 }),
        (capacities, seats) => {
          const fitted = fitAllocations(
            capacities.map((capacity, i) => share(`s${i}`, capacity)),
            seats,
          );
          const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
          expect(sum(fitted.map((one) => one.capacity))).toBe(Math.min(sum(capacities), seats));
          fitted.forEach((one, i) => {
            expect(one.capacity).toBeLessThanOrEqual(capacities[i]! + 1);
          });
        },
      ),
    );
  });
});
