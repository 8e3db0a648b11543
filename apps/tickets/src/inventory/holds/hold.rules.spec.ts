import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { bestTogether, isGeneralAdmission, requireHoldable, seatPrice } from './hold.rules.js';

function hall(seats: PlanSeat[]): ScreeningFacts {
  return {
    data: {} as ScreeningFacts['data'],
    version: 1,
    seats,
    seatById: new Map(seats.map((seat) => [seat.id, seat])),
    prices: new Map([['A', 250_000]]),
    currency: 'KZT',
  };
}
/** Five rows of eight, an aisle between the fourth and the fifth seat. */
const seats: PlanSeat[] = [1, 2, 3, 4, 5].flatMap((row) =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((n) => ({
    id: `${row}-${n}`,
    row: `${row}`,
    number: `${n}`,
    category: 'A',
    kind: 'seat' as const,
    x: n * 10 + (n > 4 ? 30 : 0),
    y: row * 12,
  })),
);
const free = 'f'.repeat(seats.length);
const codeOf = (act: () => unknown) => {
  try {
    act();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('best seats', () => {
  it('are beside each other, a little behind the middle, on one side of the aisle', () => {
    expect(bestTogether(hall(seats), free, 2)).toEqual(['3-3', '3-4']);
    expect(bestTogether(hall(seats), free, 4)).toEqual(['3-1', '3-2', '3-3', '3-4']);
  });
  it('are never split by an aisle, nor found where no run is long enough', () => {
    expect(bestTogether(hall(seats), free, 5)).toBeUndefined();
  });
  it('leave taken and accessible places alone', () => {
    const taken = [...free].map((state, i) => (seats[i]!.row === '3' ? 's' : state)).join('');
    expect(bestTogether(hall(seats), taken, 2)?.every((id) => !id.startsWith('3-'))).toBe(true);
    const wheelchairs = seats.map((seat) => ({ ...seat, kind: 'wheelchair' as const }));
    expect(bestTogether(hall(wheelchairs), free, 1)).toBeUndefined();
  });
  it('seat a group in as few rows behind each other as can take it', () => {
    const wide: PlanSeat[] = seats.map((seat, i) => ({ ...seat, x: ((i % 8) + 1) * 10 }));
    const group = bestTogether(hall(wide), free, 14)!;
    const rows = Map.groupBy(group, (id) => id.split('-')[0]!);
    expect([rows.size, [...rows.values()].map((row) => row.length)]).toEqual([2, [7, 7]]);
    expect(new Set(group).size).toBe(14);
    expect(bestTogether(hall(wide), free, 40)).toHaveLength(40);
    expect(bestTogether(hall(wide), `s${free.slice(1)}`, 40)).toBeUndefined();
  });
  it('work on a plan without coordinates', () => {
    const bare = seats.map(({ x: _x, y: _y, ...seat }) => seat);
    expect(bestTogether(hall(bare), free, 2)).toEqual(['3-4', '3-5']);
  });
});

describe('what may be held', () => {
  const special: PlanSeat[] = [
    { id: 'w', row: '1', number: '1', category: 'A', kind: 'wheelchair' },
    { id: 'c', row: '1', number: '2', category: 'A', kind: 'companion', companionOf: 'w' },
    { id: 'x', row: '1', number: '3', category: 'Z', kind: 'seat' },
  ];
  it('is refused by the name of its rule', () => {
    expect(codeOf(() => requireHoldable(hall(special), ['nowhere'], 10))).toBe('seat-unknown');
    expect(codeOf(() => requireHoldable(hall(special), ['x'], 10))).toBe('seat-not-for-sale');
    expect(codeOf(() => requireHoldable(hall(special), ['c'], 10))).toBe('companion-alone');
    expect(codeOf(() => requireHoldable(hall(special), ['w', 'c'], 1))).toBe('too-many-seats');
    expect(codeOf(() => requireHoldable(hall(special), ['w', 'c'], 2))).toBe('none');
  });
  it('costs its category; a companion goes free with its wheelchair place', () => {
    expect([seatPrice(hall(special), special[0]!), seatPrice(hall(special), special[1]!)]).toEqual([250_000, 0]);
  });
  it('is seats without a face in a hall of general admission', () => {
    const g = [1, 2].map((n) => ({ id: `g${n}`, row: '', number: `${n}`, category: 'A', kind: 'seat' as const }));
    expect([isGeneralAdmission(hall(g)), isGeneralAdmission(hall(special))]).toEqual([true, false]);
  });
});
