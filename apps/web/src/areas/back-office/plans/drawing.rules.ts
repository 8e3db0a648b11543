import type { PlanDrawing, PlanGeometry } from '#libs/contracts';
import { readHall, type Seat, type SeatKind } from '../../../seat-map/hall.rules';

/** A plan while it is drawn. Seats keep their order; a category's place in the list is its shape. */
export interface Drawing {
  name: string;
  width: number;
  height: number;
  pitch: number;
  screen: PlanGeometry['screen'];
  categories: string[];
  zones: { name: string; label: PlanGeometry['zones'][number]['label'] }[];
  seats: Seat[];
}

/** Seats that nobody can buy: a category that no price list names. */
export const NOT_FOR_SALE = 'closed';

export function readDrawing(plan: PlanGeometry): Drawing {
  const { name, width, height, pitch, screen, categories, zones } = plan;
  return {
    name,
    width,
    height,
    pitch,
    screen,
    categories: [...categories],
    zones: zones.map((zone) => ({ name: zone.name, label: zone.label })),
    seats: readHall(plan).seats,
  };
}

const at = (seat: Seat, change: Partial<Seat>): Seat => ({ ...seat, ...change });

/** The seats of a price category; one that is new joins the list. */
export function paintCategory(drawing: Drawing, chosen: ReadonlySet<string>, category: string): Drawing {
  const categories = drawing.categories.includes(category) ? drawing.categories : [...drawing.categories, category];
  const shape = categories.indexOf(category);
  return {
    ...drawing,
    categories,
    seats: drawing.seats.map((seat) => (chosen.has(seat.id) ? at(seat, { category, shape }) : seat)),
  };
}

/**
 * The seats as ordinary, wheelchair or companion places. A companion place belongs to the nearest wheelchair place and
 * goes with it; without one there is none, and the drawing stays as it was.
 */
export function paintKind(drawing: Drawing, chosen: ReadonlySet<string>, kind: SeatKind): Drawing {
  const chairs = drawing.seats.filter((seat) => seat.kind === 'wheelchair' && !chosen.has(seat.id));
  if (kind === 'companion' && chairs.length === 0) return drawing;
  const nearest = (seat: Seat) =>
    chairs.toSorted((a, b) => Math.hypot(a.x - seat.x, a.y - seat.y) - Math.hypot(b.x - seat.x, b.y - seat.y))[0]!.id;
  const painted = drawing.seats.map((seat) =>
    chosen.has(seat.id) ? at(seat, { kind, companionOf: kind === 'companion' ? nearest(seat) : '' }) : seat,
  );
  const left = new Set(painted.filter((seat) => seat.kind === 'wheelchair').map((seat) => seat.id));
  return {
    ...drawing,
    seats: painted.map((seat) =>
      seat.kind === 'companion' && !left.has(seat.companionOf) ? at(seat, { kind: 'seat', companionOf: '' }) : seat,
    ),
  };
}

export interface Numbering {
  /** From which side of a row the numbers begin, seen facing the screen. */
  from: 'left' | 'right';
  start: number;
  /** 1 counts all, 2 only odd or only even numbers, as the start says. */
  step: 1 | 2;
}

/** Numbers the chosen seats row by row; ids stay, so a ticket still finds its seat. */
export function renumber(drawing: Drawing, chosen: ReadonlySet<string>, { from, start, step }: Numbering): Drawing {
  const numbers = new Map<string, string>();
  for (const row of rowsOf(drawing)) {
    const inRow = row.filter((seat) => chosen.has(seat.id)).sort((a, b) => (from === 'left' ? a.x - b.x : b.x - a.x));
    for (const [index, seat] of inRow.entries()) numbers.set(seat.id, `${start + index * step}`);
  }
  return {
    ...drawing,
    seats: drawing.seats.map((seat) => (numbers.has(seat.id) ? at(seat, { number: numbers.get(seat.id)! }) : seat)),
  };
}

/** Names the rows of the chosen seats one after another, from the screen backwards. */
export function renameRows(drawing: Drawing, chosen: ReadonlySet<string>, start: string): Drawing {
  const touched = rowsOf(drawing)
    .filter((row) => row.some((seat) => chosen.has(seat.id)))
    .sort((a, b) => a[0]!.y - b[0]!.y);
  const first = Number.parseInt(start, 10);
  const names = new Map<string, string>();
  touched.forEach((row, index) => {
    const name = Number.isNaN(first) ? String.fromCodePoint((start.codePointAt(0) ?? 65) + index) : `${first + index}`;
    for (const seat of row) names.set(seat.id, name);
  });
  return {
    ...drawing,
    seats: drawing.seats.map((seat) => (names.has(seat.id) ? at(seat, { row: names.get(seat.id)! }) : seat)),
  };
}

export function moveSeats(drawing: Drawing, chosen: ReadonlySet<string>, dx: number, dy: number): Drawing {
  const seats = drawing.seats.map((seat) =>
    chosen.has(seat.id) ? at(seat, { x: Math.max(0, seat.x + dx), y: Math.max(0, seat.y + dy) }) : seat,
  );
  return grown({ ...drawing, seats });
}

export function removeSeats(drawing: Drawing, chosen: ReadonlySet<string>): Drawing {
  const seats = drawing.seats.filter((seat) => !chosen.has(seat.id));
  const left = new Set(seats.map((seat) => seat.id));
  return {
    ...drawing,
    seats: seats.map((seat, index) =>
      at(seat, {
        index,
        ...(seat.companionOf && !left.has(seat.companionOf) ? { kind: 'seat' as const, companionOf: '' } : {}),
      }),
    ),
  };
}

export interface NewRow {
  row: string;
  seats: number;
  first: number;
  category: string;
  zone: number;
  /** Bends the row around the screen; 0 is straight. In plan units. */
  radius: number;
}

/** A new row behind the last one, in its middle; an arc bends towards the screen. */
export function addRow(drawing: Drawing, { row, seats, first, category, zone, radius }: NewRow): Drawing {
  const { pitch } = drawing;
  const xs = drawing.seats.map((seat) => seat.x);
  const middle = xs.length > 0 ? (Math.min(...xs) + Math.max(...xs)) / 2 : drawing.width / 2;
  const last = Math.max(...drawing.seats.map((seat) => seat.y), (drawing.screen?.y ?? 0) + pitch);
  const y = last + pitch * 1.3;
  const painted = paintCategory(drawing, new Set(), category);
  const added = Array.from({ length: seats }, (_, i): Seat => {
    const along = (i - (seats - 1) / 2) * pitch;
    const turn = radius > 0 ? along / radius : 0;
    return {
      index: 0,
      id: `${row}-${first + i}`,
      row,
      number: `${first + i}`,
      x: middle + (radius > 0 ? radius * Math.sin(turn) : along),
      y: y - (radius > 0 ? radius * (1 - Math.cos(turn)) : 0),
      category,
      shape: painted.categories.indexOf(category),
      kind: 'seat',
      companionOf: '',
      zone,
    };
  });
  const shift = Math.max(0, pitch - Math.min(...added.map((seat) => seat.x)));
  const all = [...drawing.seats, ...added].map((seat, index) => at(seat, { index, x: seat.x + shift }));
  const screen = painted.screen && { ...painted.screen, x: painted.screen.x + shift };
  return grown({ ...painted, screen, seats: all });
}

function grown(drawing: Drawing): Drawing {
  const width = Math.max(drawing.width, ...drawing.seats.map((seat) => seat.x + drawing.pitch));
  const height = Math.max(drawing.height, ...drawing.seats.map((seat) => seat.y + drawing.pitch));
  return { ...drawing, width, height };
}

/** Seats that stand in one row of one zone, in their order. */
export function rowsOf({ seats }: Pick<Drawing, 'seats'>): Seat[][] {
  const rows = new Map<string, Seat[]>();
  for (const seat of seats) {
    const key = `${seat.zone} ${seat.row}`;
    const row = rows.get(key);
    if (row) row.push(seat);
    else rows.set(key, [seat]);
  }
  return [...rows.values()];
}

/** What the server records; a category that no seat has any more is left out. */
export function toPlan(drawing: Drawing): PlanDrawing {
  const { name, width, height, pitch, screen } = drawing;
  const used = drawing.categories.filter((category) => drawing.seats.some((seat) => seat.category === category));
  return {
    name,
    width,
    height,
    pitch,
    screen,
    categories: used,
    zones: drawing.zones
      .map((zone, z) => ({
        ...zone,
        rows: rowsOf({ seats: drawing.seats.filter((seat) => seat.zone === z) }).map((row) => ({
          row: row[0]!.row,
          seats: row.map(({ id, number, x, y, category, kind, companionOf }) => ({
            id,
            number,
            x,
            y,
            category,
            kind,
            ...(companionOf ? { companionOf } : {}),
          })),
        })),
      }))
      .filter((zone) => zone.rows.length > 0),
  };
}

/** What was done and can be done again. */
export interface History {
  past: Drawing[];
  now: Drawing;
  future: Drawing[];
}

const KEPT = 60;

export const done = ({ past, now }: History, next: Drawing): History =>
  next === now ? { past, now, future: [] } : { past: [...past.slice(-KEPT), now], now: next, future: [] };
export const undone = ({ past, now, future }: History): History =>
  past.length === 0 ? { past, now, future } : { past: past.slice(0, -1), now: past.at(-1)!, future: [now, ...future] };
export const redone = ({ past, now, future }: History): History =>
  future.length === 0 ? { past, now, future } : { past: [...past, now], now: future[0]!, future: future.slice(1) };
