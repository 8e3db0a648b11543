import type { LocalText } from '#libs/kernel';

export type SeatKind = 'seat' | 'wheelchair' | 'companion';

export interface PlanSeatRow {
  id: string;
  number: string;
  x: number;
  y: number;
  category: string;
  kind: SeatKind;
  companionOf?: string;
}

/** A hall as it is sold and drawn. Coordinates are the plan's own units, x to the right, y away from the screen. */
export interface Plan {
  name: string;
  /** `general`: places without a number, g1…gN; absent in a numbered hall. */
  admission?: 'general';
  width: number;
  height: number;
  pitch: number;
  categories: { name: string; color: string }[];
  screen: { x: number; y: number; width: number; height: number; stage: boolean } | null;
  zones: { name: string; label: LocalText; rows: { row: string; seats: PlanSeatRow[] }[] }[];
}

/** What pretix's format cannot say about a hall. */
export interface PlanAccess {
  wheelchair: readonly string[];
  /** Companion place → its wheelchair place. */
  companions: Readonly<Record<string, string>>;
  zoneLabels: Readonly<Record<string, LocalText>>;
}

/** One thing wrong with a plan, with the seat it is about. `pointer` leads into the plan's file. */
export interface PlanProblem {
  pointer: string;
  code:
    | 'plan-malformed'
    | 'plan-too-large'
    | 'seat-repeated'
    | 'seat-without-number'
    | 'place-repeated'
    | 'row-empty'
    | 'row-unnamed'
    | 'row-repeated'
    | 'seat-id-too-long'
    | 'seat-outside'
    | 'seats-collide'
    | 'category-repeated'
    | 'category-unknown'
    | 'wheelchair-unknown'
    | 'wheelchair-repeated'
    | 'companion-without-seat';
  seat?: string;
  facts?: Record<string, unknown>;
}

/** Largest plan that can be sold and told in one message. */
export const MOST_SEATS = 6_000;

export function seatsOf(plan: Plan): (PlanSeatRow & { row: string })[] {
  return plan.zones.flatMap((zone) => zone.rows.flatMap(({ row, seats }) => seats.map((seat) => ({ ...seat, row }))));
}

/** Longest seat id that orders and doors take. */
const LONGEST_ID = 40;

/**
 * Every reason why a plan can't be sold from; none for a sound one.
 * @param unread what could not even be read of it: a row whose seats were malformed is not called empty as well
 */
export function planProblems(plan: Plan, access: PlanAccess, unread: readonly PlanProblem[] = []): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const seats = new Map<string, PlanSeatRow>();
  const rows = new Set<string>();
  const places = new Set<string>();
  const categories = new Set<string>();
  plan.categories.forEach(({ name }, c) => {
    if (categories.has(name))
      problems.push({ pointer: `/categories/${c}`, code: 'category-repeated', facts: { category: name } });
    categories.add(name);
  });
  plan.zones.forEach((zone, z) => {
    zone.rows.forEach((row, r) => {
      const at = `/zones/${z}/rows/${r}`;
      const malformed = unread.some(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
      if (row.seats.length === 0 && !malformed)
        problems.push({ pointer: at, code: 'row-empty', facts: { row: row.row } });
      if (row.row === '' && !malformed) problems.push({ pointer: at, code: 'row-unnamed' });
      else if (rows.has(row.row)) problems.push({ pointer: at, code: 'row-repeated', facts: { row: row.row } });
      rows.add(row.row);
      const numbers = new Set<string>();
      row.seats.forEach((seat, s) => {
        const pointer = `${at}/seats/${s}`;
        const say = (code: PlanProblem['code'], facts?: Record<string, unknown>) =>
          problems.push({ pointer, code, seat: seat.id, ...(facts ? { facts } : {}) });
        if (seats.has(seat.id)) say('seat-repeated');
        seats.set(seat.id, seat);
        if (seat.id.length > LONGEST_ID) say('seat-id-too-long', { most: LONGEST_ID });
        if (seat.number === '') say('seat-without-number');
        const place = `${seat.x} ${seat.y}`;
        if (numbers.has(seat.number)) say('place-repeated', { row: row.row, number: seat.number });
        else if (places.has(place)) say('seats-collide', { x: seat.x, y: seat.y });
        numbers.add(seat.number);
        places.add(place);
        if (seat.x < 0 || seat.y < 0 || seat.x > plan.width || seat.y > plan.height)
          say('seat-outside', { x: seat.x, y: seat.y });
        if (!categories.has(seat.category)) say('category-unknown', { category: seat.category });
      });
    });
  });
  if ((seats.size === 0 && unread.length === 0) || seats.size > MOST_SEATS)
    problems.push({ pointer: '', code: 'plan-too-large', facts: { seats: seats.size, most: MOST_SEATS } });
  return [...problems, ...accessProblems(seats, access)];
}

function accessProblems(seats: ReadonlyMap<string, PlanSeatRow>, access: PlanAccess): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const chairs = new Set<string>();
  for (const seat of access.wheelchair) {
    if (!seats.has(seat)) problems.push({ pointer: '', code: 'wheelchair-unknown', seat });
    if (chairs.has(seat)) problems.push({ pointer: '', code: 'wheelchair-repeated', seat });
    chairs.add(seat);
  }
  for (const [companion, chair] of Object.entries(access.companions)) {
    if (!seats.has(companion) || !chairs.has(chair) || !seats.has(chair) || chairs.has(companion))
      problems.push({ pointer: '', code: 'companion-without-seat', seat: companion, facts: { wheelchair: chair } });
  }
  return problems;
}

/**
 * A hall without numbered seats: places g1…gN that only count. Row and number are a dash, because people read them on a
 * ticket; the places stand in a square so that a map has something to draw.
 */
export function generalPlan(name: string, capacity: number, category: string): Plan {
  const pitch = 30;
  const side = Math.ceil(Math.sqrt(capacity));
  const seats = Array.from(
    { length: capacity },
    (_, index): PlanSeatRow => ({
      id: `g${index + 1}`,
      number: '—',
      x: pitch * (1 + (index % side)),
      y: pitch * (1 + Math.floor(index / side)),
      category,
      kind: 'seat',
    }),
  );
  return {
    name,
    admission: 'general',
    width: pitch * (side + 1),
    height: pitch * (side + 1),
    pitch,
    categories: [{ name: category, color: '#27307F' }],
    screen: null,
    zones: [{ name: 'g', label: { kk: name, ru: name, en: name }, rows: [{ row: '—', seats }] }],
  };
}

/** The plan with its wheelchair and companion places marked. */
export function withAccess(plan: Plan, access: PlanAccess): Plan {
  const chairs = new Set(access.wheelchair);
  return {
    ...plan,
    zones: plan.zones.map((zone) => ({
      ...zone,
      label: access.zoneLabels[zone.name] ?? zone.label,
      rows: zone.rows.map((row) => ({
        ...row,
        seats: row.seats.map((seat) => {
          if (chairs.has(seat.id)) return { ...seat, kind: 'wheelchair' as const };
          const companionOf = access.companions[seat.id];
          return companionOf ? { ...seat, kind: 'companion' as const, companionOf } : seat;
        }),
      })),
    })),
  };
}
