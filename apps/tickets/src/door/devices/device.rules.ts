import type { PairedDevice } from '#libs/contracts';

export type DeviceScope = PairedDevice['scope'];

/** Whether a device with this scope works at the doors of a screening in this hall; what is not said does not bind. */
export function worksAt(scope: DeviceScope, screening: { screeningId: string; hallId: string }): boolean {
  if (scope.screenings) return scope.screenings.includes(screening.screeningId);
  return !scope.halls || scope.halls.includes(screening.hallId);
}

/** How far a clock may be off before its scans are marked. */
export const CLOCK_OFF_MS = 2 * 60_000;
