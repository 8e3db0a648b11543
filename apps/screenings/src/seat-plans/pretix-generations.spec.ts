import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { readPretix } from './pretix.rules.js';
import { generationOf, writePretix } from './pretix-writing.rules.js';
import { planProblems, seatsOf } from './seat-plan.rules.js';

const fixture = (name: string) => JSON.parse(readFileSync(join(__dirname, '../../test/plans', `${name}.json`), 'utf8'));
const NO_ACCESS = { wheelchair: [], companions: {}, zoneLabels: {} };

/** The keys that a generation's schema knows, by level; what else stands in our fixtures is nobody's. */
const position = (type: 'integer' | 'number') => ({
  type: 'object',
  required: ['x', 'y'],
  properties: { x: { type }, y: { type } },
});
const older = {
  type: 'object',
  required: ['zones', 'name', 'categories'],
  properties: {
    zones: {
      type: 'array',
      items: {
        type: 'object',
        required: ['position', 'rows'],
        properties: {
          position: position('integer'),
          zone_id: false,
          uuid: false,
          areas: {
            type: 'array',
            items: {
              type: 'object',
              required: ['width', 'height', 'position'],
              properties: {
                width: { type: 'integer' },
                height: { type: 'integer' },
                position: position('integer'),
                text: { type: 'string' },
                shape: false,
                uuid: false,
              },
            },
          },
          rows: {
            type: 'array',
            items: {
              type: 'object',
              required: ['seats', 'row_number'],
              properties: {
                uuid: false,
                row_label: false,
                position: position('integer'),
                seats: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['seat_guid', 'seat_number', 'position', 'category'],
                    properties: { position: position('integer'), radius: false, uuid: false },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

describe('pretix’s seating plans of both generations', () => {
  it.each(['newer', 'older'] as const)('are recognised, read and found sound: %s', (name) => {
    const file = fixture(name);
    expect(generationOf(file)).toBe(name);
    const { plan, problems } = readPretix(file);
    expect([problems, planProblems(plan!, NO_ACCESS)]).toEqual([[], []]);
    expect(seatsOf(plan!)).toHaveLength(3);
    expect(plan!.screen).toMatchObject({ height: name === 'newer' ? 20 : 16 });
  });

  it.each(['newer', 'older'] as const)('come back key for key, in their order: %s', (name) => {
    const file = fixture(name);
    const written = writePretix(readPretix(file).plan!, file);
    expect(JSON.stringify(written)).toBe(JSON.stringify(file));
    expect(JSON.stringify(writePretix(readPretix(file).plan!, file, name))).toBe(JSON.stringify(file));
  });

  it('turn from newer to older: whole positions, a box for each shape, and what neither generation knows is kept', () => {
    const file = fixture('newer');
    const written = writePretix(readPretix(file).plan!, file, 'older') as typeof file;
    const check = new Ajv({ strict: false }).compile(older);
    expect([check(written), check.errors]).toEqual([true, null]);
    expect(generationOf(written)).toBe('older');
    const [zone] = written.zones;
    expect(zone.areas.map((area: object) => area)).toMatchObject([
      { width: 300, height: 20, text: 'Экран', layer: 2 },
      { width: 50, height: 50, position: { x: 475, y: 275 } },
      { width: 40, height: 16 },
    ]);
    expect([written.editor, zone.guides, zone.rows[0].curvature, zone.rows[0].seats[0].note]).toEqual([
      file.editor,
      file.zones[0].guides,
      0.125,
      { armrest: 'left' },
    ]);
    expect(seatsOf(readPretix(written).plan!).map((seat) => seat.id)).toEqual(['p-1-1', 'p-1-2', 'p-1-3']);
  });

  it('turn from older to newer: a size, shapes, text objects, and what neither generation knows is kept', () => {
    const file = fixture('older');
    const written = writePretix(readPretix(file).plan!, file, 'newer') as typeof file;
    expect(generationOf(written)).toBe('newer');
    expect(written.size).toEqual({ width: expect.any(Number), height: expect.any(Number) });
    expect(written.zones[0].areas[0]).toMatchObject({
      shape: 'rectangle',
      rectangle: { width: 200, height: 16 },
      text: { text: 'Screen' },
      hatch: 'none',
    });
    expect(written.zones[0]).not.toHaveProperty('displayed');
    expect(written.zones[0].rows[0]).toMatchObject({ step: 'low', seats: [{ loop: true }, {}, {}] });
    const back = readPretix(written).plan!;
    expect(seatsOf(back)).toEqual(seatsOf(readPretix(file).plan!));
    expect(back.screen).toEqual(readPretix(file).plan!.screen);
  });

  const anything = fc.jsonValue({ maxDepth: 2 });
  const extras = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,6}$/), anything, { maxKeys: 3 });
  const coordinate = (newer: boolean) =>
    newer ? fc.integer({ min: 0, max: 4_000 }).map((n) => n / 4) : fc.integer({ min: 0, max: 1_000 });
  const plan = (newer: boolean) =>
    fc
      .record({
        rows: fc.array(
          fc.record({
            seats: fc.array(fc.tuple(coordinate(newer), coordinate(newer), extras), { minLength: 1, maxLength: 4 }),
            more: extras,
          }),
          { minLength: 1, maxLength: 4 },
        ),
        more: extras,
        zone: extras,
        area: extras,
      })
      .map(({ rows, more, zone, area }) => ({
        ...more,
        name: 'any',
        categories: [{ ...area, name: 'A' }],
        size: { width: 1_000, height: 1_000 },
        zones: [
          {
            ...zone,
            position: { x: 0, y: 0 },
            ...(newer ? { uuid: 'z' } : {}),
            areas: [
              {
                ...area,
                ...(newer ? { shape: 'circle', circle: { radius: 4 } } : { width: 3, height: 4 }),
                position: { x: 1, y: 2 },
              },
            ],
            rows: rows.map((row, r) => ({
              ...row.more,
              row_number: `${r}`,
              seats: row.seats.map(([x, y, seat], s) => ({
                ...seat,
                seat_guid: `${r}-${s}`,
                seat_number: `${s}`,
                position: { x, y },
                category: 'A',
              })),
            })),
          },
        ],
      }));

  it.each([true, false])('lose nothing of any plan on the way through (newer: %s)', (newer) => {
    fc.assert(
      fc.property(plan(newer), (file) => {
        const { plan: read } = readPretix(file);
        expect(JSON.stringify(writePretix(read!, JSON.parse(JSON.stringify(file))))).toBe(JSON.stringify(file));
        const other = writePretix(read!, file, newer ? 'older' : 'newer');
        const whole = (n: number) => (newer ? Math.round(n) : n);
        expect(seatsOf(readPretix(other).plan!).map(({ id, number, x, y }) => [id, number, x, y])).toEqual(
          seatsOf(read!).map(({ id, number, x, y }) => [id, number, whole(x), whole(y)]),
        );
      }),
    );
  });
});
