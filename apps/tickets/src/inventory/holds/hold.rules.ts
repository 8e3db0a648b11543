import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { companionAlone, seatNotForSale, seatUnknown } from '../seats/seat.refusals.js';
import { tooManySeats } from './hold.refusals.js';

/**
 * Whether a buyer may ask for these seats at all; whether they are free is Redis' and PostgreSQL's to say.
 * @throws seat-unknown, seat-not-for-sale, companion-alone, too-many-seats
 */
export function requireHoldable(facts: ScreeningFacts, wanted: readonly string[], limit: number): PlanSeat[] {
  if (wanted.length > limit) throw tooManySeats({ limit });
  const unknown = wanted.filter((id) => !facts.seatById.has(id));
  if (unknown.length > 0) throw seatUnknown({ seats: unknown });
  const seats = wanted.map((id) => facts.seatById.get(id)!);
  const unpriced = seats.filter((seat) => !facts.prices.has(seat.category));
  if (unpriced.length > 0) throw seatNotForSale({ seats: unpriced.map((seat) => seat.id) });
  const alone = seats.filter((seat) => seat.kind === 'companion' && !wanted.includes(seat.companionOf ?? ''));
  if (alone.length > 0) throw companionAlone({ seats: alone.map((seat) => seat.id) });
  return seats;
}

/** The price of one seat in minor units: its category's; a companion place goes free with its wheelchair place. */
export function seatPrice(facts: ScreeningFacts, seat: PlanSeat): number {
  return seat.kind === 'companion' ? 0 : (facts.prices.get(seat.category) ?? 0);
}

/** A gap wider than this many seat pitches is an aisle: nobody is seated across it. */
const AISLE = 1.6;
/** How far back people like to sit, as a share of the hall's depth. */
const FOCUS = 0.55;

/**
 * The best `count` free seats beside each other: nearest to a little behind the middle of the hall, never across an
 * aisle. Accessible places only by asking for them. Undefined when no row has so many in a run.
 * @param states one character per seat, in plan order
 */
export function bestTogether(
  facts: ScreeningFacts,
  states: string,
  count: number,
  category?: string,
): string[] | undefined {
  const places = placed(facts);
  const [left, right] = range(places.map((place) => place.x));
  const [front, back] = range(places.map((place) => place.y));
  const focus = { x: (left + right) / 2, y: front + (back - front) * FOCUS };
  let best: { score: number; seats: string[] } | undefined;
  for (const row of Map.groupBy(places, (place) => `${place.seat.row} ${place.row}`).values()) {
    const pitch = pitchOf(row);
    for (let from = 0; from + count <= row.length; from++) {
      const run = row.slice(from, from + count);
      const usable = run.every(
        ({ seat, index, x }, n) =>
          states[index] === 'f' &&
          seat.kind === 'seat' &&
          (!category || seat.category === category) &&
          (n === 0 || Math.abs(x - run[n - 1]!.x) <= pitch * AISLE),
      );
      if (!usable) continue;
      const middle = (run[0]!.x + run.at(-1)!.x) / 2;
      const score = Math.hypot((middle - focus.x) * 0.7, run[0]!.y - focus.y);
      if (!best || score < best.score) best = { score, seats: run.map(({ seat }) => seat.id) };
    }
  }
  return best?.seats;
}

interface Place {
  seat: PlanSeat;
  index: number;
  x: number;
  y: number;
  /** Tells two rows of one name in different zones apart. */
  row: number;
}

/** Where each seat stands; a plan without coordinates is read as rows of equal seats. */
function placed(facts: ScreeningFacts): Place[] {
  let row = -1;
  let column = 0;
  let name: string | undefined;
  return facts.seats.map((seat, index) => {
    if (seat.row !== name) {
      row++;
      column = 0;
      name = seat.row;
    }
    return { seat, index, row, x: seat.x ?? column++, y: seat.y ?? row };
  });
}

function range(values: number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function pitchOf(row: Place[]): number {
  const gaps = row.slice(1).map((place, n) => Math.abs(place.x - row[n]!.x));
  return gaps.length > 0 ? Math.max(Math.min(...gaps), 0.001) : 1;
}

/** Halls without numbered seats have the seats g1…gN. */
export function isGeneralAdmission(facts: ScreeningFacts): boolean {
  return facts.seats[0]?.id === 'g1' && facts.seats.at(-1)?.id === `g${facts.seats.length}`;
}
