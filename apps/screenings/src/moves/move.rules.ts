import type { MoveState, ScreeningAllocation } from '#libs/contracts';
import { type LifeCycle, MINUTE } from '#libs/kernel';

/** Every state of a move. What ends in -ing waits for tickets' answer and is asked again until it comes. */
export const MOVE_CYCLE: LifeCycle<MoveState> = {
  requested: ['previewed', 'abandoning', 'abandoned'],
  previewed: ['confirmed', 'abandoning', 'abandoned'],
  confirmed: ['seated', 'previewed', 'abandoned'],
  seated: ['settling', 'undoing', 'settled'],
  settling: ['settled'],
  undoing: ['undone', 'settled'],
  abandoning: ['abandoned'],
  settled: [],
  undone: [],
  abandoned: [],
};

export const OVER: readonly MoveState[] = ['settled', 'undone', 'abandoned'];

/** A move that nobody confirms is given up after this (machine time). */
export const ABANDONED_AFTER_MS = 15 * MINUTE;
/** How long a move can be undone; sales and messages wait for it. */
export const UNDO_MS = 10 * MINUTE;

/**
 * The shares of a hall with another number of seats: what fits stays as it is; what does not shrinks in proportion,
 * largest remainders first, so that the shares never ask for more seats than there are.
 */
export function fitAllocations(allocations: readonly ScreeningAllocation[], seats: number): ScreeningAllocation[] {
  const total = allocations.reduce((sum, allocation) => sum + allocation.capacity, 0);
  if (total <= seats) return [...allocations];
  const exact = allocations.map((allocation) => (allocation.capacity * seats) / total);
  const capacities = exact.map(Math.floor);
  const missing = seats - capacities.reduce((sum, capacity) => sum + capacity, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) capacities[index]!++;
  return allocations.map((allocation, index) => ({ ...allocation, capacity: capacities[index]! }));
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait for tickets before the same command is sent again. */
export function retryMs(tries: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LONGEST_WAIT_MS);
}
