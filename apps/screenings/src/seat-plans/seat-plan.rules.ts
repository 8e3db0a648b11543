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
    | 'row-repeated'
    | 'category-unknown'
    | 'wheelchair-unknown'
    | 'companion-without-seat';
  seat?: string;
  facts?: Record<string, unknown>;
}

/** Largest plan that can be sold and told in one message. */
export const MOST_SEATS = 6_000;

export function seatsOf(plan: Plan): (PlanSeatRow & { row: string })[] {
  return plan.zones.flatMap((zone) => zone.rows.flatMap(({ row, seats }) => seats.map((seat) => ({ ...seat, row }))));
}

/** Every reason why a plan can't be sold from; none for a sound one. */
export function planProblems(plan: Plan, access: PlanAccess): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const seats = new Map<string, PlanSeatRow>();
  const rows = new Set<string>();
  const categories = new Set(plan.categories.map((category) => category.name));
  plan.zones.forEach((zone, z) => {
    zone.rows.forEach((row, r) => {
      const at = `/zones/${z}/rows/${r}`;
      if (row.seats.length === 0) problems.push({ pointer: at, code: 'row-empty', facts: { row: row.row } });
      if (rows.has(row.row)) problems.push({ pointer: at, code: 'row-repeated', facts: { row: row.row } });
      rows.add(row.row);
      const numbers = new Set<string>();
      row.seats.forEach((seat, s) => {
        const pointer = `${at}/seats/${s}`;
        if (seats.has(seat.id)) problems.push({ pointer, code: 'seat-repeated', seat: seat.id });
        seats.set(seat.id, seat);
        if (seat.number === '') problems.push({ pointer, code: 'seat-without-number', seat: seat.id });
        if (numbers.has(seat.number))
          problems.push({
            pointer,
            code: 'place-repeated',
            seat: seat.id,
            facts: { row: row.row, number: seat.number },
          });
        numbers.add(seat.number);
        if (!categories.has(seat.category))
          problems.push({ pointer, code: 'category-unknown', seat: seat.id, facts: { category: seat.category } });
      });
    });
  });
  if (seats.size === 0 || seats.size > MOST_SEATS)
    problems.push({ pointer: '', code: 'plan-too-large', facts: { seats: seats.size, most: MOST_SEATS } });
  for (const seat of access.wheelchair)
    if (!seats.has(seat)) problems.push({ pointer: '', code: 'wheelchair-unknown', seat });
  const chairs = new Set(access.wheelchair);
  for (const [companion, chair] of Object.entries(access.companions)) {
    if (!seats.has(companion) || !chairs.has(chair) || !seats.has(chair) || chairs.has(companion))
      problems.push({ pointer: '', code: 'companion-without-seat', seat: companion, facts: { wheelchair: chair } });
  }
  return problems;
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
