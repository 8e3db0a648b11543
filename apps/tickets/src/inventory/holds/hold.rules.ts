import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { companionAlone, seatNotForSale, seatUnknown } from '../seats/seat.refusals.js';
import { tooManySeats } from './hold.refusals.js';

export { bestTogether } from '../seats/best-seats.rules.js';

/** Companion places among these seats whose wheelchair place is not among them. */
export function companionsAlone(seats: readonly PlanSeat[]): PlanSeat[] {
  const ids = new Set(seats.map((seat) => seat.id));
  return seats.filter((seat) => seat.kind === 'companion' && !ids.has(seat.companionOf ?? ''));
}

/** The hall as best seats are looked for: companion places that joined the general sale are seats like others. */
export function generalSale(facts: ScreeningFacts, companionsReleased: boolean): Pick<ScreeningFacts, 'seats'> {
  if (!companionsReleased) return facts;
  return { seats: facts.seats.map((seat) => (seat.kind === 'companion' ? { ...seat, kind: 'seat' as const } : seat)) };
}

/**
 * Whether a buyer may ask for these seats at all; whether they are free is Redis' and PostgreSQL's to say.
 * @param companionsReleased a manager let companion places join the general sale
 * @throws seat-unknown, seat-not-for-sale, companion-alone, too-many-seats
 */
export function requireHoldable(
  facts: ScreeningFacts,
  wanted: readonly string[],
  limit: number,
  companionsReleased = false,
): PlanSeat[] {
  if (wanted.length > limit) throw tooManySeats({ limit });
  const unknown = wanted.filter((id) => !facts.seatById.has(id));
  if (unknown.length > 0) throw seatUnknown({ seats: unknown });
  const seats = wanted.map((id) => facts.seatById.get(id)!);
  const unpriced = seats.filter((seat) => !facts.prices.has(seat.category));
  if (unpriced.length > 0) throw seatNotForSale({ seats: unpriced.map((seat) => seat.id) });
  const alone = companionsReleased ? [] : companionsAlone(seats);
  if (alone.length > 0) throw companionAlone({ seats: alone.map((seat) => seat.id) });
  return seats;
}

/**
 * The price of one seat in minor units: its category's; a companion place goes free with its wheelchair place.
 * @param alone a companion place that is sold without it
 */
export function seatPrice(facts: ScreeningFacts, seat: PlanSeat, alone = false): number {
  return seat.kind === 'companion' && !alone ? 0 : (facts.prices.get(seat.category) ?? 0);
}

/** Halls without numbered seats have the seats g1…gN. */
export function isGeneralAdmission(facts: ScreeningFacts): boolean {
  return facts.seats[0]?.id === 'g1' && facts.seats.at(-1)?.id === `g${facts.seats.length}`;
}
