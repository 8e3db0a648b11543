import type { ScreeningView } from '#libs/contracts';
import { MINUTE, venueDate } from '#libs/kernel';

const SELLS = 'on-sale';

/** What the counter may sell now: on sale for everybody, and not so far begun that nobody is let in any more. */
export function sellable(screenings: readonly ScreeningView[], now: number): ScreeningView[] {
  return screenings
    .filter(
      (one) => one.state === SELLS && one.visibility === 'public' && Date.parse(one.lateEntryUntil) + MINUTE > now,
    )
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || a.id.localeCompare(b.id));
}

/** Today's screenings at the festival; on a day without any, those of the next day that has some. */
export function offered(screenings: readonly ScreeningView[], now: number, zone: string): ScreeningView[] {
  const left = sellable(screenings, now);
  const today = venueDate(new Date(now), zone);
  const dayOf = (one: ScreeningView) => venueDate(new Date(one.startsAt), zone);
  const day = left.some((one) => dayOf(one) <= today) ? today : left[0] && dayOf(left[0]);
  return left.filter((one) => dayOf(one) <= (day ?? today));
}
