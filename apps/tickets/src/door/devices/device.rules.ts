import type { PairedDevice } from '#libs/contracts';

export type DeviceScope = PairedDevice['scope'];

/** A gate that leads to access areas and to no screening. */
export function isAreaGate({ areas, screenings }: DeviceScope): boolean {
  return areas !== undefined && areas.length > 0 && screenings?.length === 0;
}

/** Whether a device with this scope works at the doors of a screening in this hall, or of this area; what is not said does not bind. */
export function worksAt(
  scope: DeviceScope,
  screening: { screeningId: string; hallId: string; area?: string },
): boolean {
  if (screening.area) return isAreaGate(scope) && scope.areas!.includes(screening.area);
  if (scope.screenings) return scope.screenings.includes(screening.screeningId);
  return !scope.halls || scope.halls.includes(screening.hallId);
}

/** How far a clock may be off before its scans are marked. */
export const CLOCK_OFF_MS = 2 * 60_000;
