import type { Booking, BookingRules, ScreeningView } from '#libs/contracts';
import { DAY, venueDate, venueInstant } from '#libs/kernel';

const DEFAULT_QUOTA = 4;

export const quotaOf = (rules: BookingRules | undefined) => rules?.dailyQuota ?? DEFAULT_QUOTA;

/** Bookings that take a place of the day's quota. */
export const countedOn = (day: string, bookings: Booking[]) =>
  bookings.filter(
    (one) =>
      ['booked', 'used', 'missed'].includes(one.state) && venueDate(new Date(one.startsAt), one.timezone) === day,
  );

/** When booking opens for a screening, by the class that opens first; undefined where no rule holds it back. */
export function opensAt(rules: BookingRules | undefined, screening: Pick<ScreeningView, 'startsAt' | 'timezone'>) {
  const noon = venueInstant(`${venueDate(new Date(screening.startsAt), screening.timezone)}T12:00`, screening.timezone);
  const times = (rules?.opening ?? []).map((row) => {
    const day = venueDate(new Date(noon.getTime() - row.daysBefore * DAY), screening.timezone);
    return venueInstant(`${day}T${row.at}`, screening.timezone).getTime();
  });
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

export type BookingVerdict =
  | { may: 'mine'; booking: Booking }
  | { may: 'book' }
  | { may: 'begun' }
  | { may: 'clash'; with: Booking }
  | { may: 'quota' }
  | { may: 'later'; opensAt: Date };

interface Facts {
  bookings: Booking[];
  screenings: ScreeningView[];
  rules: BookingRules | undefined;
  /** Festival time. */
  now: number;
}

/** What a badge's holder may do with a screening, and the rule behind a no. The server has the last word. */
export function judge(screening: ScreeningView, { bookings, screenings, rules, now }: Facts): BookingVerdict {
  const live = bookings.filter((one) => one.state === 'booked' || one.state === 'used');
  const booking = live.find((one) => one.screeningId === screening.id);
  if (booking) return { may: 'mine', booking };
  if (Date.parse(screening.startsAt) <= now) return { may: 'begun' };
  const endOf = (one: Booking) => {
    const known = screenings.find(({ id }) => id === one.screeningId);
    return known ? Date.parse(known.endsAt) : Date.parse(one.startsAt);
  };
  const clash = live.find(
    (one) => Date.parse(one.startsAt) < Date.parse(screening.endsAt) && endOf(one) > Date.parse(screening.startsAt),
  );
  if (clash) return { may: 'clash', with: clash };
  const day = venueDate(new Date(screening.startsAt), screening.timezone);
  if (countedOn(day, bookings).length >= quotaOf(rules)) return { may: 'quota' };
  const from = opensAt(rules, screening);
  return from && from.getTime() > now ? { may: 'later', opensAt: from } : { may: 'book' };
}
