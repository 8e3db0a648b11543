import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Draws the demo's hall plans: `node tools/import/make-plans.ts` writes data/almaty-2019/plans/*.json in pretix's
 * seating-plan JSON and plans.json with what that format cannot say (wheelchair and companion places, zone names).
 * Seat counts of the Palace and of Chaplin MEGA are documented; every arrangement and every other count is invented.
 */
interface ZoneSketch {
  name: string;
  label: { kk: string; ru: string; en: string };
  /** Seats per row, the row next to the screen first. */
  rows: number[];
  /** Price category of each row, one letter a row. */
  categories: string;
  /** Names of the rows; numbers from `firstRow` when absent. */
  rowNames?: string[];
  firstRow?: number;
  /** Aisles as shares of the row's width. */
  aisles?: number[];
  /** Where the zone's middle stands, in pitches from the middle of the hall. */
  centre?: number;
  /** Distance of the first row from the screen, in row pitches. */
  from: number;
  /** Rows whose ends are wheelchair places with companions, by index; `pairs` at each end. */
  wheelchair?: { row: number; left: number; right: number };
}

interface HallSketch {
  id: string;
  hall: string;
  name: string;
  stage?: boolean;
  bend: number;
  zones: ZoneSketch[];
}

interface Seat {
  seat_number: string;
  seat_guid: string;
  position: { x: number; y: number };
  category: string;
}

const PITCH = 30;
const ROW_PITCH = 38;
const MARGIN = 60;
const SCREEN_ROOM = 130;
const COLOURS: Record<string, string> = { A: '#27307F', B: '#0F757C', C: '#F2B53A' };
const HALL = { kk: 'Зал', ru: 'Зал', en: 'Hall' };

const SKETCHES: HallSketch[] = [
  {
    id: 'mega-concert',
    hall: 'chaplin-mega-concert',
    name: 'Chaplin MEGA, cinema and concert hall',
    bend: 0.00026,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [20, 22, 22, 24, 24, 24, 26, 26, 26, 26, 26, 26, 28, 26],
        categories: 'BBBBAAAAAACCCC',
        aisles: [0.5],
        from: 0,
        wheelchair: { row: 13, left: 2, right: 2 },
      },
    ],
  },
  {
    id: 'palace-conference',
    hall: 'palace-conference',
    name: 'Palace of the Republic, conference hall',
    bend: 0,
    stage: true,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [10, 10, 10, 10, 10],
        categories: 'AAAAA',
        aisles: [0.5],
        from: 0,
        wheelchair: { row: 0, left: 1, right: 1 },
      },
    ],
  },
  {
    id: 'arman-1',
    hall: 'arman-1',
    name: 'Arman, hall 1',
    bend: 0.00024,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [14, 16, 16, 18, 18, 18, 18, 18, 18, 18],
        categories: 'CCBBBAAAAB',
        from: 0,
        wheelchair: { row: 9, left: 1, right: 1 },
      },
    ],
  },
  {
    id: 'arman-2',
    hall: 'arman-2',
    name: 'Arman, hall 2',
    bend: 0.0002,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [12, 12, 12, 12, 12, 12, 12, 12],
        categories: 'BBBAAAAB',
        from: 0,
        wheelchair: { row: 7, left: 1, right: 1 },
      },
    ],
  },
  {
    id: 'kinopark-imax',
    hall: 'kinopark-imax',
    name: 'Kinopark 11 Esentai, IMAX hall',
    bend: 0.0003,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [16, 18, 18, 18, 20, 20, 20, 20, 20, 20, 20, 18],
        categories: 'CCCBBBAAAAAB',
        aisles: [0.25, 0.75],
        from: 0,
        wheelchair: { row: 3, left: 1, right: 1 },
      },
    ],
  },
  {
    id: 'sary-arka-2',
    hall: 'sary-arka-2',
    name: 'Sary Arka, hall 2',
    bend: 0.00022,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [16, 16, 16, 16, 16, 16, 16, 16],
        categories: 'CCBBAAAB',
        aisles: [0.5],
        from: 0,
        wheelchair: { row: 7, left: 1, right: 1 },
      },
    ],
  },
  {
    id: 'bekmambetov-3',
    hall: 'bekmambetov-3',
    name: 'Bekmambetov Cinema, hall 3',
    bend: 0.0002,
    zones: [
      {
        name: 'Hall',
        label: HALL,
        rows: [14, 14, 14, 14, 14, 14, 14],
        categories: 'CBBAAAB',
        from: 0,
        wheelchair: { row: 6, left: 1, right: 1 },
      },
    ],
  },
  {
    id: 'palace-main',
    hall: 'palace-main',
    name: 'Palace of the Republic, main auditorium',
    bend: 0.00014,
    stage: true,
    zones: [
      {
        name: 'Parterre',
        label: { kk: 'Партер', ru: 'Партер', en: 'Stalls' },
        rows: Array.from({ length: 24 }, (_, i) => 40 + 2 * Math.floor(i / 2)),
        categories: 'AAAAAAAAAAAABBBBBBBBBBBB',
        aisles: [0.25, 0.75],
        from: 0,
        wheelchair: { row: 23, left: 3, right: 3 },
      },
      {
        name: 'Amphitheatre',
        label: { kk: 'Амфитеатр', ru: 'Амфитеатр', en: 'Amphitheatre' },
        rows: Array.from({ length: 12 }, () => 64),
        categories: 'BBBBBBCCCCCC',
        firstRow: 25,
        aisles: [0.25, 0.75],
        from: 26,
      },
      {
        name: 'Balcony',
        label: { kk: 'Балкон', ru: 'Балкон', en: 'Balcony' },
        rows: Array.from({ length: 8 }, () => 64),
        categories: 'CCCCCCCC',
        firstRow: 37,
        aisles: [0.25, 0.75],
        from: 41,
      },
      {
        name: 'Left loge',
        label: { kk: 'Сол жақ ложа', ru: 'Левая ложа', en: 'Left loge' },
        rows: [8, 8, 8, 8],
        categories: 'AAAA',
        rowNames: ['L1', 'L2', 'L3', 'L4'],
        centre: -33,
        from: 6,
      },
      {
        name: 'Right loge',
        label: { kk: 'Оң жақ ложа', ru: 'Правая ложа', en: 'Right loge' },
        rows: [8, 8, 8, 7],
        categories: 'AAAA',
        rowNames: ['R1', 'R2', 'R3', 'R4'],
        centre: 33,
        from: 6,
      },
    ],
  },
];

function widest(hall: HallSketch): number {
  return Math.max(
    ...hall.zones.map((zone) => 2 * Math.abs(zone.centre ?? 0) + Math.max(...zone.rows) + (zone.aisles?.length ?? 0)),
  );
}

/** The seats of one row, left to right as a person facing the screen sees them. */
function makeRow(hall: HallSketch, zone: ZoneSketch, index: number, middle: number) {
  const count = zone.rows[index]!;
  const row = zone.rowNames?.[index] ?? String((zone.firstRow ?? 1) + index);
  const aisles = (zone.aisles ?? []).map((share) => Math.round(count * share));
  const length = count - 1 + aisles.length;
  const seats: Seat[] = [];
  const base = { x: Math.round(middle + ((zone.centre ?? 0) - length / 2) * PITCH), y: 0 };
  let place = 0;
  for (let n = 1; n <= count; n++) {
    if (aisles.includes(n - 1) && n > 1) place++;
    const x = place * PITCH;
    const off = base.x + x - middle;
    // Loges stand straight; rows in front of the screen bend towards it at their ends.
    const y = zone.centre ? 0 : -Math.round(hall.bend * off * off);
    seats.push({
      seat_number: String(n),
      seat_guid: `${row}-${n}`,
      position: { x, y },
      category: zone.categories[index]!,
    });
    place++;
  }
  return { row, seats, base };
}

function accessible(zone: ZoneSketch): { wheelchair: string[]; companions: Record<string, string> } {
  const found = { wheelchair: [] as string[], companions: {} as Record<string, string> };
  if (!zone.wheelchair) return found;
  const { row, left, right } = zone.wheelchair;
  const name = zone.rowNames?.[row] ?? String((zone.firstRow ?? 1) + row);
  const pair = (chair: number, companion: number) => {
    found.wheelchair.push(`${name}-${chair}`);
    found.companions[`${name}-${companion}`] = `${name}-${chair}`;
  };
  for (let i = 0; i < left; i++) pair(2 * i + 1, 2 * i + 2);
  for (let i = 0; i < right; i++) pair(zone.rows[row]! - 2 * i, zone.rows[row]! - 2 * i - 1);
  return found;
}

function drawPlan(hall: HallSketch): { file: string; row: Record<string, unknown>; seats: number } {
  const width = (widest(hall) + 1) * PITCH + 2 * MARGIN;
  const middle = width / 2;
  const lowest = Math.max(...hall.zones.map((zone) => zone.from + zone.rows.length));
  const bow = Math.round(hall.bend * ((hall.zones[0]!.rows[0]! / 2) * PITCH) ** 2);
  const height = Math.round(MARGIN + SCREEN_ROOM + bow + lowest * ROW_PITCH + MARGIN);
  let seats = 0;
  const zones = hall.zones.map((zone, z) => {
    const rows = zone.rows.map((_, index) => {
      const made = makeRow(hall, zone, index, middle);
      seats += made.seats.length;
      const y = Math.round(MARGIN + SCREEN_ROOM + bow + (zone.from + index) * ROW_PITCH);
      return `{"row_number":"${made.row}","position":${JSON.stringify({ x: made.base.x, y })},"seats":${JSON.stringify(made.seats)}}`;
    });
    const screen = {
      width: Math.round(Math.min(width * 0.6, Math.max(...zone.rows) * PITCH * 0.8)),
      height: hall.stage ? 60 : 16,
    };
    const areas =
      z === 0
        ? [
            {
              color: '#0F211D',
              ...screen,
              position: { x: Math.round(middle - screen.width / 2), y: MARGIN },
              text: hall.stage ? 'Stage' : 'Screen',
            },
          ]
        : [];
    return `{"name":"${zone.name}","position":{"x":0,"y":0},"areas":${JSON.stringify(areas)},"rows":[\n${rows.join(',\n')}\n]}`;
  });
  const used = [...new Set(hall.zones.flatMap((zone) => [...zone.categories]))].sort();
  const categories = used.map((name) => ({ name, color: COLOURS[name] }));
  const file = `{"name":${JSON.stringify(hall.name)},"categories":${JSON.stringify(categories)},"size":{"width":${Math.round(width)},"height":${height}},"zones":[\n${zones.join(',\n')}\n]}\n`;
  const access = hall.zones.map(accessible);
  const row = {
    id: hall.id,
    hallId: hall.hall,
    file: `plans/${hall.id}.json`,
    wheelchair: access.flatMap((part) => part.wheelchair),
    companions: Object.assign({}, ...access.map((part) => part.companions)),
    zoneLabels: Object.fromEntries(hall.zones.map((zone) => [zone.name, zone.label])),
    invented: true,
  };
  return { file, row, seats };
}

const folder = join(
  import.meta.dirname,
  import.meta.dirname.includes('dist') ? '../../..' : '../..',
  'data/almaty-2019',
);
mkdirSync(join(folder, 'plans'), { recursive: true });
const rows: string[] = [];
for (const sketch of SKETCHES) {
  const { file, row, seats } = drawPlan(sketch);
  writeFileSync(join(folder, 'plans', `${sketch.id}.json`), file);
  rows.push(JSON.stringify(row));
  process.stdout.write(`${sketch.id}: ${seats} seats, ${Math.round(file.length / 1024)} kB\n`);
}
writeFileSync(join(folder, 'plans.json'), `{"plans":[\n${rows.join(',\n')}\n]}\n`);
