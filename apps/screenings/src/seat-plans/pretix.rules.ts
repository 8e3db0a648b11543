import type { Plan, PlanProblem, PlanSeatRow } from './seat-plan.rules.js';

/**
 * pretix's seating-plan JSON, both generations: the older with integer positions and areas of width, height and text,
 * the newer with ids, radii, shapes and text objects. What only an editor needs is read over here and written back as it
 * came by pretix-writing.rules.ts.
 */
type Raw = Record<string, unknown>;

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : '';

function position(value: unknown): { x: number; y: number } | undefined {
  if (value === undefined) return { x: 0, y: 0 };
  if (!isObject(value) || !Number.isFinite(value.x) || !Number.isFinite(value.y)) return undefined;
  return { x: value.x as number, y: value.y as number };
}

/** True for a text that claims to be a seating plan. */
export function looksLikePretix(value: unknown): value is Raw {
  return isObject(value) && Array.isArray(value.zones);
}

/**
 * Reads a plan; what cannot be read is named by pointer and nothing is guessed. With problems the plan is what could be
 * read of it, so that the rest can be checked, too.
 */
export function readPretix(value: unknown): { plan?: Plan; problems: PlanProblem[] } {
  const problems: PlanProblem[] = [];
  const broken = (pointer: string, what: string) => problems.push({ pointer, code: 'plan-malformed', facts: { what } });
  if (!looksLikePretix(value)) return { problems: [{ pointer: '', code: 'plan-malformed', facts: { what: 'zones' } }] };
  const categories = list(value.categories).map((category, c) => {
    const name = isObject(category) ? text(category.name) : '';
    if (name === '') broken(`/categories/${c}`, 'name');
    return { name, color: isObject(category) ? text(category.color) : '' };
  });
  let screen: Plan['screen'] = null;
  const zones = list(value.zones).map((zone, z) => {
    const at = `/zones/${z}`;
    const origin = isObject(zone) ? position(zone.position) : undefined;
    if (!isObject(zone) || !origin) {
      broken(at, 'position');
      return { name: '', label: { kk: '', ru: '', en: '' }, rows: [] };
    }
    screen ??= readScreen(list(zone.areas), origin);
    const name = text(zone.name) || `${z + 1}`;
    const rows = list(zone.rows).map((row, r) => readRow(row, `${at}/rows/${r}`, origin, broken));
    return { name, label: { kk: name, ru: name, en: name }, rows };
  });
  const plan: Plan = { name: text(value.name), width: 0, height: 0, pitch: 0, categories, screen, zones };
  return { plan: { ...plan, ...extent(plan, value.size) }, problems };
}

function readRow(row: unknown, at: string, origin: { x: number; y: number }, broken: (p: string, w: string) => void) {
  const base = isObject(row) ? position(row.position) : undefined;
  if (!isObject(row) || !base) {
    broken(at, 'position');
    return { row: '', seats: [] };
  }
  const seats = list(row.seats).flatMap((seat, s): PlanSeatRow[] => {
    const place = isObject(seat) ? position(seat.position) : undefined;
    const id = isObject(seat) ? text(seat.seat_guid) : '';
    if (!isObject(seat) || !place || id === '') {
      broken(`${at}/seats/${s}`, id === '' ? 'seat_guid' : 'position');
      return [];
    }
    return [
      {
        id,
        number: text(seat.seat_number),
        x: origin.x + base.x + place.x,
        y: origin.y + base.y + place.y,
        category: text(seat.category),
        kind: 'seat',
      },
    ];
  });
  return { row: text(row.row_number), seats };
}

const SCREEN = /screen|stage|podium|экран|сцена|сахна/i;

function readScreen(areas: unknown[], origin: { x: number; y: number }): Plan['screen'] {
  for (const area of areas) {
    if (!isObject(area)) continue;
    const label = isObject(area.text) ? text(area.text.text) : text(area.text);
    const place = position(area.position);
    const size = isObject(area.rectangle) ? area.rectangle : area;
    if (!SCREEN.test(label) || !place || !Number.isFinite(size.width) || !Number.isFinite(size.height)) continue;
    return {
      x: origin.x + place.x,
      y: origin.y + place.y,
      width: size.width as number,
      height: size.height as number,
      stage: !/screen|экран/i.test(label),
    };
  }
  return null;
}

/** The plan's size (its own, or what the seats take) and the usual distance between two neighbours. */
function extent(plan: Plan, size: unknown): { width: number; height: number; pitch: number } {
  const seats = plan.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats));
  const gaps = plan.zones
    .flatMap((zone) => zone.rows)
    .flatMap(({ seats: row }) => row.slice(1).map((seat, i) => Math.hypot(seat.x - row[i]!.x, seat.y - row[i]!.y)))
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  const pitch = gaps[Math.floor(gaps.length / 4)] ?? 30;
  const given = isObject(size) && Number.isFinite(size.width) && Number.isFinite(size.height) ? size : undefined;
  const far = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 0) + 2 * pitch;
  return {
    width: (given?.width as number) ?? far(seats.map((seat) => seat.x)),
    height: (given?.height as number) ?? far(seats.map((seat) => seat.y)),
    pitch,
  };
}
