import type { PlanGeometry } from '#libs/contracts';
import {
  addRow,
  done,
  moveSeats,
  NOT_FOR_SALE,
  paintCategory,
  paintKind,
  readDrawing,
  redone,
  removeSeats,
  renameRows,
  renumber,
  toPlan,
  undone,
} from './drawing.rules';

const label = { kk: 'z', ru: 'z', en: 'z' };
const plan: PlanGeometry = {
  planId: 'p',
  version: 1,
  hallId: 'h',
  name: 'Hall',
  width: 200,
  height: 200,
  pitch: 30,
  categories: ['A', 'B'],
  screen: { x: 20, y: 0, width: 120, height: 10, stage: false },
  zones: [
    {
      name: 'stalls',
      label,
      rows: [
        {
          row: '1',
          seats: [
            ['1-1', '1', 30, 60, 0, 0, ''],
            ['1-2', '2', 60, 60, 0, 0, ''],
            ['1-3', '3', 90, 60, 0, 0, ''],
          ],
        },
        {
          row: '2',
          seats: [
            ['2-1', '1', 30, 100, 1, 1, ''],
            ['2-2', '2', 60, 100, 1, 2, '2-1'],
          ],
        },
      ],
    },
  ],
};
const some = (...ids: string[]) => new Set(ids);

describe('a drawing of a hall', () => {
  const drawing = readDrawing(plan);
  const seat = (from: typeof drawing, id: string) => from.seats.find((one) => one.id === id)!;

  it('goes out as it came in', () => {
    const out = toPlan(drawing);
    expect(out.categories).toEqual(['A', 'B']);
    expect(out.zones[0]!.rows.map((row) => row.seats.length)).toEqual([3, 2]);
    expect(out.zones[0]!.rows[1]!.seats[1]).toMatchObject({ kind: 'companion', companionOf: '2-1' });
  });

  it('paints categories, keeps none that nobody has, and knows seats that are not for sale', () => {
    const painted = paintCategory(paintCategory(drawing, some('1-1', '1-2', '1-3'), 'Gold'), some('1-3'), NOT_FOR_SALE);
    expect(toPlan(painted).categories).toEqual(['B', 'Gold', NOT_FOR_SALE]);
    expect(seat(painted, '1-1')).toMatchObject({ category: 'Gold', shape: 2 });
  });

  it('gives a companion place to the nearest wheelchair place, and takes it back with that', () => {
    const wide = paintKind(drawing, some('1-3'), 'wheelchair');
    expect(seat(paintKind(wide, some('1-2'), 'companion'), '1-2').companionOf).toBe('1-3');
    const ordinary = paintKind(drawing, some('2-1'), 'seat');
    expect(seat(ordinary, '2-2')).toMatchObject({ kind: 'seat', companionOf: '' });
    expect(paintKind(ordinary, some('1-1'), 'companion')).toBe(ordinary);
  });

  it('numbers rows from either side, odd or even, and leaves ids alone', () => {
    const odd = renumber(drawing, some('1-1', '1-2', '1-3'), { from: 'right', start: 1, step: 2 });
    expect(['1-1', '1-2', '1-3'].map((id) => seat(odd, id).number)).toEqual(['5', '3', '1']);
    const rows = renameRows(drawing, some('1-1', '2-1'), '7');
    expect([seat(rows, '1-3').row, seat(rows, '2-2').row]).toEqual(['7', '8']);
    expect(seat(renameRows(drawing, some('1-1', '2-1'), 'C'), '2-1').row).toBe('D');
  });

  it('draws a straight row and an arc behind the last row, and grows to hold them', () => {
    const straight = addRow(drawing, { row: '3', seats: 8, first: 1, category: 'B', zone: 0, radius: 0 });
    const ys = straight.seats.filter((one) => one.row === '3').map((one) => one.y);
    expect(new Set(ys)).toEqual(new Set([139]));
    expect(Math.min(...straight.seats.map((one) => one.x))).toBeGreaterThanOrEqual(30 - 1e-9);
    expect(straight.width).toBeGreaterThan(200);
    const arc = addRow(drawing, { row: '3', seats: 3, first: 1, category: 'B', zone: 0, radius: 200 });
    const [left, middle, right] = arc.seats.filter((one) => one.row === '3').map((one) => one.y);
    expect(left).toBeCloseTo(right!);
    expect(left).toBeLessThan(middle!);
  });

  it('moves and removes seats, companions losing their chair', () => {
    expect(seat(moveSeats(drawing, some('1-1'), -100, 10), '1-1')).toMatchObject({ x: 0, y: 70 });
    const fewer = removeSeats(drawing, some('2-1'));
    expect(seat(fewer, '2-2')).toMatchObject({ kind: 'seat', index: 3 });
  });

  it('goes back and forth', () => {
    const start = { past: [], now: drawing, future: [] };
    const next = done(start, paintCategory(drawing, some('1-1'), 'B'));
    expect(undone(next).now).toBe(drawing);
    expect(redone(undone(next)).now).toBe(next.now);
    expect(undone(start)).toEqual(start);
  });
});
