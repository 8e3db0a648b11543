import type { PlanGeometry } from '#libs/contracts';
import { readHall } from '../../../seat-map/hall.rules';
import { seatsInGroups } from './seats-in-groups.rules';

/** Rows A and B of six seats each. */
const plan: PlanGeometry = {
  planId: 'p',
  version: 1,
  hallId: 'h',
  name: 'Small',
  width: 300,
  height: 200,
  pitch: 30,
  categories: ['A'],
  screen: { x: 60, y: 0, width: 120, height: 10, stage: false },
  zones: [
    {
      name: 'Hall',
      label: { kk: 'Зал', ru: 'Зал', en: 'Hall' },
      rows: ['A', 'B'].map((row, y) => ({
        row,
        seats: [1, 2, 3, 4, 5, 6].map((n) => [`${row}-${n}`, `${n}`, n * 30, 60 + y * 36, 0, 0, '']),
      })),
    },
  ],
};
const hall = () => readHall(plan);

describe('seats that a till takes along', () => {
  it('are as many as were asked for, each once', () => {
    const found = seatsInGroups(hall(), 'f'.repeat(12), 10);
    expect([found.length, new Set(found).size]).toEqual([10, 10]);
  });

  it('are beside one another while there is room, and single ones after that', () => {
    // A: free 1-3 and 5; B: free 6 alone.
    const states = 'fffxfxxxxxxf';
    const found = seatsInGroups(hall(), states, 5);
    expect(found.slice(0, 3).sort()).toEqual(['A-1', 'A-2', 'A-3']);
    expect(found.slice(3).sort()).toEqual(['A-5', 'B-6']);
  });

  it('are fewer where fewer are free, and none where none is', () => {
    expect(seatsInGroups(hall(), `f${'x'.repeat(11)}`, 5)).toEqual(['A-1']);
    expect(seatsInGroups(hall(), 'x'.repeat(12), 5)).toEqual([]);
  });
});
