/**
 * Two clocks. Machine time is real and drives holds, order deadlines, leases, tokens and retries.
 * Festival time is an edition's: machine time plus an offset stored in the edition; everything that compares
 * with a screening, a deadline, a window or a reminder takes it.
 */
export interface Clock {
  /** Machine time now. */
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Festival time of an edition whose offset is `offsetMs`. */
export function festivalTime(machine: Date, offsetMs: number): Date {
  return new Date(machine.getTime() + offsetMs);
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function after(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms);
}
