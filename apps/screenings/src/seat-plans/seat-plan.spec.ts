import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPretix } from './pretix.rules.js';
import { writePretix } from './pretix-writing.rules.js';
import { planProblems, seatsOf, withAccess } from './seat-plan.rules.js';

const data = join(__dirname, '../../../../data/almaty-2019');
const file = (name: string) => JSON.parse(readFileSync(join(data, name), 'utf8'));
const none = { wheelchair: [], companions: {}, zoneLabels: {} };

const small = (change: (plan: ReturnType<typeof sketch>) => void = () => undefined) => {
  const plan = sketch();
  change(plan);
  const read = readPretix(plan);
  return [...read.problems, ...(read.plan ? planProblems(read.plan, none, read.problems) : [])];
};
const seat = (guid: string, n: string, category = 'A') => ({
  seat_guid: guid,
  seat_number: n,
  position: { x: Number(n) * 30, y: 0 },
  category,
});
const sketch = () => ({
  name: 'Small',
  categories: [{ name: 'A', color: '#000' }],
  zones: [
    {
      name: 'Hall',
      position: { x: 0, y: 0 },
      rows: [{ row_number: '1', position: { x: 0, y: 0 }, seats: [seat('a', '1'), seat('b', '2')] }],
    },
  ],
});

describe('a seat plan', () => {
  it('of the demo is sound, and the Palace has its documented 2,567 seats', () => {
    const rows = file('plans.json').plans as {
      id: string;
      file: string;
      wheelchair: string[];
      companions: Record<string, string>;
    }[];
    for (const row of rows) {
      const { plan, problems } = readPretix(file(row.file));
      expect(problems).toEqual([]);
      expect(planProblems(plan!, { ...none, wheelchair: row.wheelchair, companions: row.companions })).toEqual([]);
      if (row.id === 'palace-main') expect(seatsOf(plan!)).toHaveLength(2567);
      if (row.id === 'mega-concert') expect(seatsOf(plan!)).toHaveLength(346);
    }
  });

  it('names a repeated seat, an empty row, a repeated place and an unknown category', () => {
    const codes = (change: Parameters<typeof small>[0]) => small(change).map((p) => [p.code, p.seat]);
    expect(codes((p) => p.zones[0]!.rows[0]!.seats.push(seat('a', '3')))).toEqual([['seat-repeated', 'a']]);
    expect(codes((p) => p.zones[0]!.rows.push({ row_number: '2', position: { x: 0, y: 0 }, seats: [] }))).toEqual([
      ['row-empty', undefined],
    ]);
    expect(codes((p) => p.zones[0]!.rows[0]!.seats.push(seat('c', '2')))).toEqual([['place-repeated', 'c']]);
    expect(codes((p) => p.zones[0]!.rows[0]!.seats.push(seat('c', '3', 'Z')))).toEqual([['category-unknown', 'c']]);
  });

  it('names everything that is wrong in one go: what cannot be read, where a seat stands and what it is', () => {
    const problems = small((plan) => {
      Object.assign(plan, { size: { width: 100, height: 100 } });
      plan.categories.push({ name: 'A', color: '#111' });
      plan.zones[0]!.rows[0]!.seats.push(
        seat('far', '9'),
        { ...seat('', '3') },
        { ...seat('on-b', '4'), position: { x: 60, y: 0 } },
      );
      plan.zones[0]!.rows.push({ row_number: '', position: { x: 0, y: 0 }, seats: [seat('x'.repeat(41), '1', 'Z')] });
    });
    expect(problems.map((p) => p.code)).toEqual([
      'plan-malformed',
      'category-repeated',
      'seat-outside',
      'seats-collide',
      'row-unnamed',
      'seat-id-too-long',
      'seats-collide',
      'category-unknown',
    ]);
    expect(problems[2]).toMatchObject({ seat: 'far', pointer: '/zones/0/rows/0/seats/2' });
  });

  it('refuses a companion place without its wheelchair place', () => {
    const { plan } = readPretix(sketch());
    const problems = planProblems(plan!, { ...none, wheelchair: ['a'], companions: { b: 'x' } });
    expect(problems.map((p) => [p.code, p.seat])).toEqual([['companion-without-seat', 'b']]);
    expect(planProblems(plan!, { ...none, wheelchair: ['a'], companions: { b: 'a' } })).toEqual([]);
  });

  it('says where a malformed file is wrong', () => {
    expect(
      readPretix({ zones: [{ rows: [{ row_number: '1', seats: [{ seat_number: '1' }] }] }] }).problems[0],
    ).toMatchObject({
      pointer: '/zones/0/rows/0/seats/0',
      code: 'plan-malformed',
    });
    expect(readPretix([]).problems[0]?.code).toBe('plan-malformed');
  });

  it('is the same after it was written for pretix and read again', () => {
    const { plan } = readPretix(file('plans/mega-concert.json'));
    expect(readPretix(writePretix(plan!)).plan).toEqual(plan);
    const marked = withAccess(plan!, { ...none, wheelchair: ['14-1'], companions: { '14-2': '14-1' } });
    expect(
      seatsOf(marked)
        .filter((s) => s.kind !== 'seat')
        .map((s) => [s.id, s.kind]),
    ).toEqual([
      ['14-1', 'wheelchair'],
      ['14-2', 'companion'],
    ]);
  });
});
