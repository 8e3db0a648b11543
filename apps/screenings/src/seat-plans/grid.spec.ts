import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readGrid, writeGrid } from './grid.rules.js';
import { readPretix } from './pretix.rules.js';
import { generalPlan, planProblems, seatsOf, withAccess } from './seat-plan.rules.js';

const read = (text: string) => {
  const { plan, problems, access } = readGrid('Grid', text);
  return { plan: withAccess(plan, access), problems: [...problems, ...planProblems(plan, access, problems)] };
};

describe('a hall as a grid', () => {
  const SMALL = 'Hall,1,1:A,2:A,,3:A\r\n\r\nHall,2,1:B:w,2:B:c=2-1#side\r\nHall,3,1:B\r\n';

  it('has aisles, gaps between rows, wheelchair and companion places and ids of one’s own', () => {
    const { plan, problems } = read(SMALL);
    expect(problems).toEqual([]);
    expect(seatsOf(plan).map(({ id, kind, companionOf, category }) => [id, kind, companionOf, category])).toEqual([
      ['1-1', 'seat', undefined, 'A'],
      ['1-2', 'seat', undefined, 'A'],
      ['1-3', 'seat', undefined, 'A'],
      ['2-1', 'wheelchair', undefined, 'B'],
      ['side', 'companion', '2-1', 'B'],
      ['3-1', 'seat', undefined, 'B'],
    ]);
    const [one, two, three] = plan.zones[0]!.rows[0]!.seats;
    expect([two!.x - one!.x, three!.x - two!.x]).toEqual([plan.pitch, 2 * plan.pitch]);
  });

  it('is the same after it was written and read again', () => {
    expect(writeGrid(read(SMALL).plan)).toBe(SMALL);
    for (const text of [SMALL.replaceAll(',', ';'), SMALL.replaceAll(',', '\t'), `\uFEFF${SMALL}`])
      expect(writeGrid(read(text).plan)).toBe(SMALL);
  });

  it('keeps names with commas and quotes', () => {
    const text = '"Балкон, ""верх""",1,1:A\r\n';
    expect(read(text).plan.zones[0]?.name).toBe('Балкон, "верх"');
    expect(writeGrid(read(text).plan)).toBe(text);
  });

  it('names every bad cell and every seat that cannot be, all at once', () => {
    const { problems } = read('Hall,1,1:A,zzz,1:A\nHall,2,1:B:c=9-9\nHall,1,5:A\nHall,,7:A\n');
    expect(problems.map(({ code, seat, pointer }) => [code, seat ?? pointer])).toEqual([
      ['plan-malformed', '/1/4'],
      ['seat-repeated', '1-1'],
      ['place-repeated', '1-1'],
      ['row-repeated', '/zones/0/rows/2'],
      ['row-unnamed', '/zones/0/rows/3'],
      ['companion-without-seat', '2-1'],
    ]);
  });

  it('holds every seat of a drawn hall, in its row, once', () => {
    const file = join(__dirname, '../../../../data/almaty-2019/plans/palace-main.json');
    const { plan } = readPretix(JSON.parse(readFileSync(file, 'utf8')));
    const again = read(writeGrid(plan!));
    expect(again.problems).toEqual([]);
    const places = (of: typeof plan) =>
      seatsOf(of!)
        .map(({ id, row, number, category }) => `${id} ${row} ${number} ${category}`)
        .sort();
    expect(places(again.plan)).toEqual(places(plan));
  });

  it('comes back from any grid of seats and gaps', () => {
    const row = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }).filter((cells) => cells.some(Boolean));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const least = Math.min(...rows.map((cells) => cells.indexOf(true)));
        const text = rows
          .map((cells, r) => {
            const last = cells.lastIndexOf(true);
            return ['Z', `${r + 1}`, ...cells.slice(least, last + 1).map((seat, c) => (seat ? `${c + 1}:A` : ''))].join(
              ',',
            );
          })
          .join('\r\n');
        const { plan, problems } = read(text);
        expect(problems).toEqual([]);
        // A hall whose rows hold one seat each says nothing of its pitch.
        expect(
          read(writeGrid(plan)).plan.zones[0]!.rows.map((one) => one.seats.map((seat) => [seat.id, seat.x])),
        ).toEqual(plan.zones[0]!.rows.map((one) => one.seats.map((seat) => [seat.id, seat.x])));
      }),
    );
  });
});

describe('a hall without numbered seats', () => {
  it('has as many places as people may come in, g1…gN', () => {
    const plan = generalPlan('Club', 120, 'A');
    const seats = seatsOf(plan);
    expect([seats[0]?.id, seats.at(-1)?.id, seats.length, plan.admission]).toEqual(['g1', 'g120', 120, 'general']);
    expect(new Set(seats.map((seat) => `${seat.x} ${seat.y}`)).size).toBe(120);
  });
});
