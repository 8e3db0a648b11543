import type { Plan } from './seat-plan.rules.js';

/**
 * `newer`: ids at every level, radii, shapes, positions that may lie between pixels, a size that must be there.
 * `older`: whole positions, areas of width, height and a text.
 */
export type PretixGeneration = 'newer' | 'older';

type Raw = Record<string, unknown>;
const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** Keys that only one generation's schema has, by level; a file of the other must not carry them. */
const NEWER_ONLY = {
  zone: ['zone_id', 'uuid'],
  row: ['uuid', 'row_label', 'seat_label', 'row_number_position'],
  seat: ['uuid', 'start_direction', 'radius'],
  area: ['uuid', 'shape', 'polygon', 'rectangle', 'ellipse', 'circle', 'text'],
};
const OLDER_ONLY = {
  zone: ['displayed'],
  row: ['number_of_seats', 'seats_spacing'],
  seat: [] as string[],
  area: ['width', 'height', 'text'],
};

/** Which generation a file is of: anything that only the newer one can say makes it newer. */
export function generationOf(file: unknown): PretixGeneration {
  const has = (value: unknown, keys: readonly string[]) => isObject(value) && keys.some((key) => key in value);
  const between = (value: unknown) =>
    isObject(value) &&
    isObject(value.position) &&
    !(Number.isInteger(value.position.x) && Number.isInteger(value.position.y));
  const zones = isObject(file) ? list(file.zones) : [];
  const newer = zones.some((zone) => {
    if (!isObject(zone)) return false;
    if (has(zone, NEWER_ONLY.zone) || (zone.position !== undefined && between(zone))) return true;
    const area = (one: unknown) => has(one, ['uuid', 'shape']) || (isObject(one) && isObject(one.text));
    if (list(zone.areas).some(area)) return true;
    return list(zone.rows).some(
      (row) =>
        has(row, NEWER_ONLY.row) ||
        (isObject(row) && list(row.seats).some((seat) => has(seat, NEWER_ONLY.seat) || between(seat))),
    );
  });
  return newer ? 'newer' : 'older';
}

/**
 * A plan as pretix reads it. A plan that came from pretix is written from the file it came in: in its own generation
 * exactly as it was, in the other with what that generation's schema knows and with every key that neither knows.
 */
export function writePretix(plan: Plan, source?: unknown, generation?: PretixGeneration): unknown {
  const file = isObject(source) ? source : drawn(plan);
  const own = generationOf(file);
  const wanted = generation ?? own;
  if (isObject(source) && own === wanted) return source;
  return wanted === 'newer' ? toNewer(file, plan) : toOlder(file);
}

function without(value: unknown, keys: readonly string[]): Raw {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function toNewer(file: Raw, plan: Plan): unknown {
  return {
    ...file,
    size: file.size ?? { width: Math.ceil(plan.width), height: Math.ceil(plan.height) },
    zones: list(file.zones).map((zone) => ({
      ...without(zone, OLDER_ONLY.zone),
      ...(isObject(zone) && zone.areas !== undefined ? { areas: list(zone.areas).map(newerArea) } : {}),
      rows: list(isObject(zone) ? zone.rows : []).map((row) => without(row, OLDER_ONLY.row)),
    })),
  };
}

function newerArea(area: unknown): Raw {
  if (!isObject(area) || isObject(area.text) || 'shape' in area) return isObject(area) ? area : {};
  const { width, height, text } = area;
  const size = { width: number(width), height: number(height) };
  const middle = { x: size.width / 2, y: size.height / 2 };
  return {
    ...without(area, OLDER_ONLY.area),
    shape: 'rectangle',
    rectangle: size,
    ...(typeof text === 'string' ? { text: { text, position: middle } } : {}),
  };
}

function toOlder(file: Raw): unknown {
  return {
    ...file,
    zones: list(file.zones).map((zone) => ({
      ...without(zone, NEWER_ONLY.zone),
      ...whole(zone),
      ...(isObject(zone) && zone.areas !== undefined ? { areas: list(zone.areas).map(olderArea) } : {}),
      rows: list(isObject(zone) ? zone.rows : []).map((row) => ({
        ...without(row, NEWER_ONLY.row),
        ...whole(row),
        seats: list(isObject(row) ? row.seats : []).map((seat) => ({
          ...without(seat, NEWER_ONLY.seat),
          ...whole(seat),
        })),
      })),
    })),
  };
}

function whole(value: unknown): { position?: Raw } {
  if (!isObject(value) || !isObject(value.position)) return {};
  const { x, y } = value.position;
  return { position: { ...value.position, x: Math.round(number(x)), y: Math.round(number(y)) } };
}

/** The shape's bounding box; older areas are rectangles whose position is their corner. */
function olderArea(area: unknown): Raw {
  if (!isObject(area)) return {};
  const at = isObject(area.position) ? { x: number(area.position.x), y: number(area.position.y) } : { x: 0, y: 0 };
  const box = boundingBox(area);
  const text = isObject(area.text) ? area.text.text : area.text;
  return {
    ...without(area, NEWER_ONLY.area),
    position: { x: Math.round(at.x + box.x), y: Math.round(at.y + box.y) },
    width: Math.round(box.width),
    height: Math.round(box.height),
    ...(typeof text === 'string' ? { text } : {}),
  };
}

function boundingBox(area: Raw): { x: number; y: number; width: number; height: number } {
  const round = (rx: number, ry: number) => ({ x: -rx, y: -ry, width: 2 * rx, height: 2 * ry });
  if (isObject(area.circle)) return round(number(area.circle.radius), number(area.circle.radius));
  if (isObject(area.ellipse) && isObject(area.ellipse.radius))
    return round(number(area.ellipse.radius.x), number(area.ellipse.radius.y));
  if (isObject(area.rectangle))
    return { x: 0, y: 0, width: number(area.rectangle.width), height: number(area.rectangle.height) };
  const points = isObject(area.polygon) ? list(area.polygon.points).filter(isObject) : [];
  if (points.length === 0) return { x: 0, y: 0, width: number(area.width), height: number(area.height) };
  const xs = points.map((point) => number(point.x));
  const ys = points.map((point) => number(point.y));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** A plan that did not come from pretix, in the older generation with every field of its schema. */
function drawn(plan: Plan): Raw {
  const round = Math.round;
  return {
    name: plan.name,
    categories: plan.categories,
    size: { width: round(plan.width), height: round(plan.height) },
    zones: plan.zones.map((zone, z) => ({
      name: zone.name,
      position: { x: 0, y: 0 },
      areas:
        z === 0 && plan.screen
          ? [
              {
                color: '#0F211D',
                width: round(plan.screen.width),
                height: round(plan.screen.height),
                position: { x: round(plan.screen.x), y: round(plan.screen.y) },
                text: plan.screen.stage ? 'Stage' : 'Screen',
              },
            ]
          : [],
      rows: zone.rows.map((row) => ({
        row_number: row.row,
        position: { x: 0, y: 0 },
        seats: row.seats.map((seat) => ({
          seat_guid: seat.id,
          seat_number: seat.number,
          position: { x: round(seat.x), y: round(seat.y) },
          category: seat.category,
        })),
      })),
    })),
  };
}
