import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { companionAlone, seatNotForSale, seatUnknown } from '../seats/seat.refusals.js';
import { tooManySeats } from './hold.refusals.js';

export { bestTogether } from '../seats/best-seats.rules.js';

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

/** Halls without numbered seats have the seats g1…gN. */
export function isGeneralAdmission(facts: ScreeningFacts): boolean {
  return facts.seats[0]?.id === 'g1' && facts.seats.at(-1)?.id === `g${facts.seats.length}`;
}
