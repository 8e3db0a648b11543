import type { BookingRules, EntryMode } from '#libs/contracts';
import { DAY, type LifeCycle, venueDate, venueInstant } from '#libs/kernel';

export type BookingState = 'booked' | 'cancelled' | 'used' | 'released' | 'missed';

/**
 * A released seat is booked again when a suspended badge lives again, and used when a latecomer gets another one.
 * `missed → used`: the scan of a gate that was offline came after the no-show was counted.
 * `used → booked`: the entry was taken back at the gate.
 */
export const BOOKING_CYCLE: LifeCycle<BookingState> = {
  booked: ['used', 'cancelled', 'released', 'missed'],
  released: ['booked', 'used', 'missed'],
  used: ['booked'],
  cancelled: [],
  missed: ['used'],
};

export interface KnownBookingRules {
  dailyQuota: number;
  cancelMinutes: number;
  opening: NonNullable<BookingRules['opening']>;
  warnings: number;
  blockHours: number;
  graceMinutes: number;
}

/** The first no-show is a warning, the next one blocks for a day. */
const WARNINGS = 1;
const BLOCK_HOURS = 24;
/** How long after the end no-shows are counted, in festival time. */
export const GRACE_MINUTES = 30;

/** An edition's rules over the festival's defaults. */
export function knownRules(
  rules: BookingRules,
  defaults: { dailyQuota: number; cancelMinutes: number },
): KnownBookingRules {
  return {
    dailyQuota: rules.dailyQuota ?? defaults.dailyQuota,
    cancelMinutes: rules.cancelMinutes ?? defaults.cancelMinutes,
    opening: rules.opening ?? [],
    warnings: rules.warnings ?? WARNINGS,
    blockHours: rules.blockHours ?? BLOCK_HOURS,
    graceMinutes: rules.graceMinutes ?? GRACE_MINUTES,
  };
}

/**
 * When bookings of these classes open for a screening: so many days before its day, at an hour of the venue's clock.
 * Of several classes the one that opens first counts; a class without a row is open from the announcement.
 */
export function bookingOpensAt(
  opening: KnownBookingRules['opening'],
  classes: readonly string[],
  screening: { startsAt: Date; timezone: string },
): Date | undefined {
  if (classes.some((name) => !opening.some((row) => row.class === name))) return undefined;
  const noon = venueInstant(`${venueDate(screening.startsAt, screening.timezone)}T12:00`, screening.timezone);
  const times = opening
    .filter((row) => classes.includes(row.class))
    .map((row) => {
      const day = venueDate(new Date(noon.getTime() - row.daysBefore * DAY), screening.timezone);
      return venueInstant(`${day}T${row.at}`, screening.timezone).getTime();
    });
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

export type BookingNo =
  | { rule: 'ticket-needed' }
  | { rule: 'badge-is-enough' }
  | { rule: 'not-yet-open'; opensAt: Date }
  | { rule: 'has-begun' };

/** Whether a booking is the way in at all, and whether it is time for one. @param at festival time */
export function judgeBooking(
  facts: { mode: EntryMode; opensAt: Date | undefined; startsAt: Date },
  at: Date,
): BookingNo | undefined {
  if (facts.mode === 'ticket') return { rule: 'ticket-needed' };
  if (facts.mode === 'badge-alone') return { rule: 'badge-is-enough' };
  if (at >= facts.startsAt) return { rule: 'has-begun' };
  if (facts.opensAt && at < facts.opensAt) return { rule: 'not-yet-open', opensAt: facts.opensAt };
  return undefined;
}
