import { byOwner, keepsSeat, rangesOf } from './seating.rules';

const place = (row: string, number: string) => ({ id: `${row}-${number}`, row, number });

describe('a seating', () => {
  it('names neighbours as a range, row by row', () => {
    const seats = ['3', '1', '2', '7', '—'].map((number) => place('2', number));
    expect(rangesOf([...seats, place('3', '10')])).toEqual([
      ['2', '1–3, 7, —'],
      ['3', '10'],
    ]);
  });

  it('is told by owner, and knows who keeps row and number', () => {
    const line = (ownerId: string, to: ReturnType<typeof place> | null) => ({
      ownerKind: 'order' as const,
      ownerId,
      number: 'A-1',
      line: 0,
      from: place('1', '1'),
      to,
      worse: false,
    });
    const owners = byOwner([line('a', place('1', '1')), line('b', null), line('a', place('2', '1'))]);
    expect(owners.map(({ ownerId, lines }) => [ownerId, lines.map(keepsSeat)])).toEqual([
      ['a', [true, false]],
      ['b', [false]],
    ]);
  });
});
