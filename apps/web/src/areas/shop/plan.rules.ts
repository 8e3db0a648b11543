import type { PassKinds } from '#libs/contracts';
import { MINUTE } from '#libs/kernel';
import type { Show } from './programme.rules';

/** Two shows that one person can't see both, or only just: minutes that are missing between them. */
export interface PlanClash {
  first: Show;
  second: Show;
  kind: 'overlap' | 'travel';
  /** Minutes on the way between the venues; 0 inside one. */
  travel: number;
  /** Minutes between the end of the first and the start of the second. */
  gap: number;
}

type Travel = PassKinds['travel'];

function minutesBetween(from: string, to: string, travel: Travel): number {
  if (from === to) return 0;
  const row = travel.between.find(
    (one) => (one.from === from && one.to === to) || (one.from === to && one.to === from),
  );
  return row?.minutes ?? travel.minutes;
}

/** Every pair of a plan that overlaps, or between whose venues the time is too short. */
export function planClashes(shows: readonly Show[], travel: Travel): PlanClash[] {
  const sorted = [...shows].sort((a, b) => a.screening.startsAt.localeCompare(b.screening.startsAt));
  return sorted.flatMap((first, i) =>
    sorted.slice(i + 1).flatMap((second): PlanClash[] => {
      const gap = (Date.parse(second.screening.startsAt) - Date.parse(first.screening.endsAt)) / MINUTE;
      const way = minutesBetween(first.screening.venueId, second.screening.venueId, travel);
      if (gap < 0) return [{ first, second, kind: 'overlap', travel: way, gap }];
      return gap < way ? [{ first, second, kind: 'travel', travel: way, gap }] : [];
    }),
  );
}

/** The ids in a shared link, whatever somebody wrote there. */
export function sharedIds(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').filter((id) => /^[\w.-]{1,80}$/.test(id)))].slice(0, 100);
}
