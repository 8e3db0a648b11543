import type { PlanGeometry } from '#libs/contracts';
import {
  bestSeats,
  clamped,
  leavesLonelySeat,
  neighbour,
  readHall,
  rowEnds,
  toggled,
  wholeHall,
  zoomed,
} from './hall.rules';

const plan: PlanGeometry = {
  planId: 'p',
  version: 1,
  hallId: 'h',
  name: 'Small',
  width: 300,
  height: 200,
  pitch: 30,
  categories: ['A', 'B'],
  screen: { x: 60, y: 0, width: 120, height: 10, stage: false },
  zones: [
    {
      name: 'Hall',
      label: { kk: 'Зал', ru: 'Зал', en: 'Hall' },
      rows: [
        { row: '1', seats: [1, 2, 3, 4, 5].map((n) => [`1-${n}`, `${n}`, n * 30 + (n > 3 ? 30 : 0), 60, 0, 0, '']) },
        {
          row: '2',
          seats: [
            [`2-1`, '1', 30, 96, 1, 1, ''],
            ['2-2', '2', 60, 96, 1, 2, '2-1'],
            ['2-3', '3', 150, 96, 1, 0, ''],
          ],
        },
      ],
    },
  ],
};
const hall = readHall(plan);
const seat = (id: string) => hall.seats.find((other) => other.id === id)!;

describe('a hall', () => {
  it('keeps seats in the order of the state string', () => {
    expect(hall.seats.map((s) => s.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(seat('2-2')).toMatchObject({ kind: 'companion', companionOf: '2-1', shape: 1 });
  });

  it('lets the arrow keys jump over aisles and between rows', () => {
    expect(neighbour(hall.seats, seat('1-3'), 'right')?.id).toBe('1-4');
    expect(neighbour(hall.seats, seat('1-1'), 'left')).toBeUndefined();
    expect(neighbour(hall.seats, seat('1-5'), 'down')?.id).toBe('2-3');
    expect(neighbour(hall.seats, seat('2-1'), 'up')?.id).toBe('1-1');
    expect(rowEnds(hall.seats, seat('1-3')).map((s) => s.id)).toEqual(['1-1', '1-5']);
  });

  it('adds the wheelchair place to its companion and gives both back together', () => {
    expect(toggled([], seat('2-2'), hall)).toEqual(['2-1', '2-2']);
    expect(toggled([], seat('2-2'), hall, true)).toEqual(['2-2']);
    expect(toggled(['2-1', '2-2', '1-1'], seat('2-1'), hall)).toEqual(['1-1']);
    expect(toggled(['1-1'], seat('1-2'), hall)).toEqual(['1-1', '1-2']);
  });

  it('sees a lonely seat', () => {
    expect(leavesLonelySeat(hall, 'ffffffff', ['1-2'])).toBe(true);
    expect(leavesLonelySeat(hall, 'ffffffff', ['1-1', '1-2', '1-3'])).toBe(false);
    expect(leavesLonelySeat(hall, 'sfffffff', ['1-3', '1-4', '1-5'])).toBe(true);
  });

  it('finds the best seats beside each other, never across an aisle and never a wheelchair place', () => {
    const ids = (states: string, count: number) => bestSeats(hall, states, count, null)?.map((s) => s.id);
    expect(ids('ffffffff', 2)).toEqual(['1-2', '1-3']);
    expect(ids('ssffsfff', 2)).toBeUndefined();
    expect(ids('sssfffff', 2)).toEqual(['1-4', '1-5']);
    expect(ids('ffffffff', 4)).toBeUndefined();
    expect(ids('ssssffff', 1)).toEqual(['2-3']);
  });

  it('shows the whole hall at first, zooms about a point and never loses the hall', () => {
    const whole = wholeHall(hall.box, 600, 400);
    expect(hall.box.width * whole.scale).toBeLessThanOrEqual(600);
    const near = zoomed(whole, 100, { x: 300, y: 200 }, plan.pitch, whole.scale);
    expect(near.scale * plan.pitch).toBeCloseTo(64);
    const away = clamped({ ...near, x: 99_999 }, hall.box, 600, 400);
    expect(away.x + hall.box.x * away.scale).toBeLessThanOrEqual(600 - 79);
  });
});
