import { SECOND } from '#libs/kernel';

/** What a till's two clocks say: the wall's, which people set, and the page's own, which only ever goes forward. */
export interface Clocks {
  wall: number;
  mono: number;
  /** The life of the page that `mono` counts in. */
  page: string;
}

/** How long a till may sell, as it was told, and by its clocks when it asked: the way of the answer is its own loss. */
export interface LeaseClock {
  sellForMs: number;
  asked: Clocks;
  /** When the till last looked at its clocks. */
  seen: Clocks;
}

/**
 * - `time`: the time that it was given is over.
 * - `slept`: nobody looked at the clocks for so long that the till may have slept.
 * - `clock`: the wall's clock was set back.
 */
export type LeaseEnd = 'time' | 'slept' | 'clock';
export type LeaseStanding = { sells: true; leftMs: number } | { sells: false; why: LeaseEnd };

/** Longer than a browser keeps a page in the background waiting, shorter than the margin and what a nap takes. */
export const SLEPT_MS = 150 * SECOND;
/** A clock that is put right by the network moves by less. */
const SET_BACK_MS = 2 * SECOND;

/** Whether a till may sell now: by the later of its clocks, and not at all once it can't trust them. */
export function leaseStanding({ sellForMs, asked, seen }: LeaseClock, now: Clocks): LeaseStanding {
  if (now.wall < seen.wall - SET_BACK_MS) return { sells: false, why: 'clock' };
  if (now.wall - seen.wall > SLEPT_MS) return { sells: false, why: 'slept' };
  const gone = Math.max(now.wall - asked.wall, now.page === asked.page ? now.mono - asked.mono : 0);
  return gone < sellForMs ? { sells: true, leftMs: sellForMs - gone } : { sells: false, why: 'time' };
}
