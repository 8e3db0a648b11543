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

/**
 * The best `count` free seats beside each other: nearest to two thirds back and the middle of the row, as people
 * choose in a cinema. Accessible places only by asking for them. Undefined when no row has so many in a run.
 * @param states one character per seat, in plan order
 */
export function bestTogether(
  facts: ScreeningFacts,
  states: string,
  count: number,
  category?: string,
): string[] | undefined {
  const rows = [
    ...Map.groupBy(
      facts.seats.map((seat, index) => ({ seat, index })),
      ({ seat }) => seat.row,
    ).values(),
  ];
  const focus = (rows.length - 1) * 0.62;
  let best: { score: number; seats: string[] } | undefined;
  rows.forEach((row, depth) => {
    const middle = (row.length - 1) / 2;
    for (let from = 0; from + count <= row.length; from++) {
      const run = row.slice(from, from + count);
      const usable = run.every(
        ({ seat, index }) => states[index] === 'f' && seat.kind === 'seat' && (!category || seat.category === category),
      );
      if (!usable) continue;
      const score = Math.abs(depth - focus) * 1.4 + Math.abs(from + (count - 1) / 2 - middle) * 0.6;
      if (!best || score < best.score) best = { score, seats: run.map(({ seat }) => seat.id) };
    }
  });
  return best?.seats;
}

/** Halls without numbered seats have the seats g1…gN. */
export function isGeneralAdmission(facts: ScreeningFacts): boolean {
  return facts.seats[0]?.id === 'g1' && facts.seats.at(-1)?.id === `g${facts.seats.length}`;
}
