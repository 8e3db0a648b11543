import type { PlanGeometry } from '#libs/contracts';
import { readHall } from './hall.rules';
import { replacementFor } from './lost-seats.rules';

const row = (name: string, y: number) => ({
  row: name,
  seats: [1, 2, 3, 4, 5, 6].map((n) => [`${name}-${n}`, `${n}`, n * 30, y, 0, 0, ''] as const),
});
const hall = readHall({
  planId: 'p',
  version: 1,
  hallId: 'h',
  name: 'Small',
  width: 300,
  height: 200,
  pitch: 30,
  categories: ['A'],
  screen: null,
  zones: [{ name: 'Hall', label: { kk: 'Зал', ru: 'Зал', en: 'Hall' }, rows: [row('1', 60), row('2', 96)] }],
} as unknown as PlanGeometry);
const offer = (states: string, lost: string[], kept: string[] = []) => {
  const found = replacementFor(hall, states, lost, kept);
  return found && [found.seats.map((seat) => seat.id), found.fresh.map((seat) => seat.id), found.sameRow];
};

describe('seats for somebody who lost some', () => {
  it('are the nearest free ones beside what stays', () => {
    expect(offer('ffhhffffffff', ['1-4'], ['1-3'])).toEqual([['1-2', '1-3'], ['1-2'], true]);
  });

  it('are of the same row before they are of another', () => {
    expect(offer('fssssfffffff', ['1-5'])).toEqual([['1-6'], ['1-6'], true]);
  });

  it('are of the next row where the row has none together', () => {
    expect(offer('sssfssffffff', ['1-2', '1-3'])).toEqual([['2-2', '2-3'], ['2-2', '2-3'], false]);
  });

  it('are none where nothing is left together', () => {
    expect(offer('sfsfsfsfsfsf', ['1-1', '1-3'])).toBeUndefined();
  });
});
