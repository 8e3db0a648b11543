import type { WaitlistRules } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';

export type WaitlistState = 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left' | 'closed';

/** An ended entry never comes back: whoever joins again stands at the end of the line with a new one. */
export const WAITLIST_CYCLE: LifeCycle<WaitlistState> = {
  waiting: ['offered', 'left', 'closed'],
  offered: ['taken', 'lapsed', 'left'],
  taken: [],
  lapsed: [],
  left: [],
  closed: [],
};

export type OfferState = 'open' | 'taken' | 'lapsed' | 'declined';
export const OFFER_CYCLE: LifeCycle<OfferState> = {
  open: ['taken', 'lapsed', 'declined'],
  taken: [],
  lapsed: [],
  declined: [],
};

export interface KnownWaitlistRules {
  offerMinutes: number;
  closesMinutesBefore: number;
  passOver: boolean;
}

/**
 * Half an hour to decide; at T-2 h what is left goes on sale; and the line is a line: a group that can't be seated
 * whole keeps those behind it waiting, unless the edition says that they may pass.
 */
export function knownWaitlistRules(rules: WaitlistRules): KnownWaitlistRules {
  return {
    offerMinutes: rules.offerMinutes ?? 30,
    closesMinutesBefore: rules.closesMinutesBefore ?? 120,
    passOver: rules.passOver ?? false,
  };
}

export interface Waiting {
  id: string;
  seats: number;
}

/**
 * Who is offered what of the pool, in the order of the line. Groups get all their seats or none.
 * @param waiting in the order in which they joined
 * @param pick the best `count` of the free seats; called only when there are as many
 */
export function nextOffers<W extends Waiting>(
  waiting: readonly W[],
  pool: readonly string[],
  rules: Pick<KnownWaitlistRules, 'passOver'>,
  pick: (free: readonly string[], count: number) => string[],
): { entry: W; seats: string[] }[] {
  let free = [...pool];
  const offers: { entry: W; seats: string[] }[] = [];
  for (const entry of waiting) {
    if (free.length === 0) break;
    if (entry.seats > free.length) {
      if (rules.passOver) continue;
      break;
    }
    const seats = pick(free, entry.seats);
    offers.push({ entry, seats });
    free = free.filter((seat) => !seats.includes(seat));
  }
  return offers;
}

/** Accessible and companion places, and what has no price, are nobody's offer: they go on sale at once. */
export function isOffered(facts: Pick<ScreeningFacts, 'seatById' | 'prices'>, id: string): boolean {
  const seat = facts.seatById.get(id);
  return seat?.kind === 'seat' && facts.prices.has(seat.category);
}
