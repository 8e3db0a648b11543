import type { PlanGeometry } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import { inParts } from './hall-parts.rules';

export type SeatKind = 'seat' | 'wheelchair' | 'companion';
/** f free · h held by someone · s sold · n not for sale · y yours */
export type SeatState = 'f' | 'h' | 's' | 'n' | 'y';

export interface Seat {
  /** Its place in the state string. */
  index: number;
  id: string;
  row: string;
  number: string;
  x: number;
  y: number;
  category: string;
  /** Which shape: the first category is an arch, the second a square, the third a circle. */
  shape: number;
  kind: SeatKind;
  companionOf: string;
  zone: number;
}

export interface Hall {
  plan: PlanGeometry;
  seats: Seat[];
  zones: { index: number; label: LocalText; seats: Seat[]; rows: { row: string; seats: Seat[] }[] }[];
  /** What the seats and the screen take, in plan units. */
  box: Box;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** More seats than this are never drawn at once: a hall that has more is entered by its sections. */
export const MANY_SEATS = 800;
const KINDS: SeatKind[] = ['seat', 'wheelchair', 'companion'];

/** Units from seat to seat in which halls are drawn, whatever the plan's own are. */
export const PITCH = 29;

/** Every length of a plan in the units that halls are drawn in. */
function drawn(plan: PlanGeometry): PlanGeometry {
  const k = PITCH / plan.pitch;
  if (k === 1) return plan;
  const { screen } = plan;
  return {
    ...plan,
    pitch: PITCH,
    width: plan.width * k,
    height: plan.height * k,
    ...(screen && { screen: { ...screen, x: screen.x * k, y: screen.y * k, width: screen.width * k } }),
    zones: plan.zones.map((zone) => ({
      ...zone,
      rows: zone.rows.map((row) => ({
        ...row,
        seats: row.seats.map(
          ([id, number, x, y, ...rest]) => [id, number, x * k, y * k, ...rest] as (typeof row.seats)[number],
        ),
      })),
    })),
  };
}

/** The hall as the map of the shop draws it. */
export function drawnHall(plan: PlanGeometry): Hall {
  return readHall(drawn(plan));
}

/** The hall in the units of its plan. */
export function readHall(plan: PlanGeometry): Hall {
  let index = 0;
  const zones = plan.zones
    .flatMap((zone) => inParts(zone, MANY_SEATS))
    .map((zone, z) => {
      const rows = zone.rows.map(({ row, seats }) => ({
        row,
        seats: seats.map(
          ([id, number, x, y, category, kind, companionOf]): Seat => ({
            index: index++,
            id,
            row,
            number,
            x,
            y,
            category: plan.categories[category] ?? '',
            shape: category,
            kind: KINDS[kind] ?? 'seat',
            companionOf,
            zone: z,
          }),
        ),
      }));
      return { index: z, label: zone.label, rows, seats: rows.flatMap((row) => row.seats) };
    });
  const seats = zones.flatMap((zone) => zone.seats);
  return { plan, zones, seats, box: boxOf(seats, plan, true) };
}

/** The frame around some seats, a pitch of air on every side. */
export function boxOf(seats: readonly Seat[], plan: PlanGeometry, withScreen: boolean): Box {
  const air = plan.pitch;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of seats) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const { screen } = plan;
  if (screen && withScreen) {
    left = Math.min(left, screen.x);
    right = Math.max(right, screen.x + screen.width);
    top = Math.min(top, screen.y - 1.4 * air);
  }
  return { x: left - 1.9 * air, y: top - air, width: right - left + 3.8 * air, height: bottom - top + 2 * air };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest seat in a direction, over gaps and aisles; sideways it stays in the row. */
export function neighbour(seats: readonly Seat[], from: Seat, direction: Direction): Seat | undefined {
  const sideways = direction === 'left' || direction === 'right';
  const forward = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: Seat | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const seat of seats) {
    if (seat === from) continue;
    if (sideways && (seat.row !== from.row || seat.zone !== from.zone)) continue;
    if (!sideways && seat.row === from.row && seat.zone === from.zone) continue;
    const ahead = forward * (sideways ? seat.x - from.x : seat.y - from.y);
    const aside = Math.abs(sideways ? seat.y - from.y : seat.x - from.x);
    if (ahead <= 0) continue;
    const distance = sideways ? ahead : ahead + 2 * aside;
    if (distance < least) [best, least] = [seat, distance];
  }
  return best;
}

/** First and last seat of a seat's row. */
export function rowEnds(seats: readonly Seat[], from: Seat): [Seat, Seat] {
  const row = seats.filter((seat) => seat.row === from.row && seat.zone === from.zone).sort((a, b) => a.x - b.x);
  return [row[0]!, row.at(-1)!];
}

/**
 * What to hold when a person touches a seat: the seats chosen before, with this one added or taken away.
 * @param companionsReleased companion places are sold alone here
 */
export function toggled(chosen: readonly string[], seat: Seat, hall: Hall, companionsReleased = false): string[] {
  if (chosen.includes(seat.id)) {
    const left = chosen.filter((id) => id !== seat.id);
    // A companion place goes with its wheelchair place.
    const orphans = hall.seats.filter((other) => other.companionOf === seat.id).map((other) => other.id);
    return left.filter((id) => !orphans.includes(id));
  }
  const goesAlone = seat.kind !== 'companion' || companionsReleased || chosen.includes(seat.companionOf);
  return [...chosen, ...(goesAlone ? [] : [seat.companionOf]), seat.id];
}

/** True where taking these seats would leave one empty seat alone between taken ones: a hint, never a refusal. */
export function leavesLonelySeat(hall: Hall, states: string, chosen: readonly string[]): boolean {
  const taken = (seat: Seat | undefined) => !seat || states[seat.index] !== 'f' || chosen.includes(seat.id);
  return hall.zones.some((zone) =>
    zone.rows.some(({ seats }) => {
      if (!seats.some((seat) => chosen.includes(seat.id))) return false;
      return seats.some(
        (seat, i) =>
          !taken(seat) &&
          seat.kind === 'seat' &&
          taken(seats[i - 1]) &&
          taken(seats[i + 1]) &&
          [seats[i - 1], seats[i + 1]].some((beside) => beside && chosen.includes(beside.id)),
      );
    }),
  );
}

export interface View {
  /** Pixels per plan unit. */
  scale: number;
  /** Where the plan's origin stands, in pixels. */
  x: number;
  y: number;
}

export const SMALLEST_TARGET = 24;
export const TOUCH_TARGET = 44;
export const ZOOMED_PITCH = 50;
export const LARGEST_PITCH = 64;
/** From this on a seat is 20 px wide and carries its number. */
export const NUMBERED_PITCH = 26;
const AIR = 16;
/** So much of the hall always stays in sight. */
const KEPT_IN_SIGHT = 80;

/** The view of the whole box, centred. */
export function wholeHall(box: Box, width: number, height: number): View {
  const scale = Math.min((width - 2 * AIR) / box.width, (height - 2 * AIR) / box.height);
  return {
    scale,
    x: (width - box.width * scale) / 2 - box.x * scale,
    y: (height - box.height * scale) / 2 - box.y * scale,
  };
}

/** The view scaled about a point of the frame, within the limits of a pitch of 64 px and the whole hall. */
export function zoomed(view: View, factor: number, at: { x: number; y: number }, pitch: number, least: number): View {
  const most = Math.max(LARGEST_PITCH / pitch, least);
  const scale = Math.min(most, Math.max(least, view.scale * factor));
  const k = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * k, y: at.y - (at.y - view.y) * k };
}

export function clamped(view: View, box: Box, width: number, height: number): View {
  const limit = (offset: number, from: number, size: number, frame: number) => {
    const start = from * view.scale;
    const end = (from + size) * view.scale;
    return Math.min(frame - KEPT_IN_SIGHT - start, Math.max(KEPT_IN_SIGHT - end, offset));
  };
  return {
    scale: view.scale,
    x: limit(view.x, box.x, box.width, width),
    y: limit(view.y, box.y, box.height, height),
  };
}

/** How deep in the hall the picture is best: a little over half way from the screen to the last row. */
const FOCUS = 0.58;
/** Two seats are beside each other when no aisle lies between them. */
const BESIDE = 1.4;

/** The free seats beside each other that are nearest to the hall's focus, or none; places for wheelchairs are left to who needs them. */
export function bestSeats(hall: Hall, states: string, count: number, zone: number | null): Seat[] | undefined {
  const seats = zone === null ? hall.seats : hall.zones[zone]!.seats;
  const box = boxOf(seats, hall.plan, false);
  const top = zone === null && hall.plan.screen ? hall.plan.screen.y : box.y;
  const focus = { x: hall.box.x + hall.box.width / 2, y: top + (box.y + box.height - top) * FOCUS };
  const far = (seat: Seat) => Math.hypot(seat.x - focus.x, seat.y - focus.y);
  let best: Seat[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const part of zone === null ? hall.zones : [hall.zones[zone]!]) {
    for (const { seats: row } of part.rows) {
      for (let start = 0; start + count <= row.length; start++) {
        const group = row.slice(start, start + count);
        const free = group.every((seat) => seat.kind === 'seat' && states[seat.index] === 'f');
        const together = group.every((seat, i) => i === 0 || seat.x - group[i - 1]!.x <= BESIDE * hall.plan.pitch);
        if (!free || !together) continue;
        const distance = group.reduce((sum, seat) => sum + far(seat), 0);
        if (distance < least) [best, least] = [group, distance];
      }
    }
  }
  return best;
}
