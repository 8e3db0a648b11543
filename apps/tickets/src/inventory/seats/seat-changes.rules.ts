import type { SeatChanges, SeatStates } from '#libs/contracts';

/**
 * What a reader of `before` must be told to know `now`: nothing, the seats that changed, or the whole map where more
 * than seats did.
 */
export function changesBetween(before: SeatStates, now: SeatStates): SeatChanges | 'anew' | undefined {
  const sameMap =
    before.planId === now.planId &&
    before.planVersion === now.planVersion &&
    before.epoch === now.epoch &&
    before.onSale === now.onSale &&
    before.stale === now.stale &&
    before.companionsReleased === now.companionsReleased &&
    before.states.length === now.states.length;
  if (!sameMap) return 'anew';
  if (before.states === now.states) return undefined;
  const changed: SeatChanges['changed'] = {};
  for (let i = 0; i < now.states.length; i++) {
    const state = now.states.charAt(i);
    if (state !== before.states.charAt(i)) changed[i] = state;
  }
  return { free: now.free, changed };
}
