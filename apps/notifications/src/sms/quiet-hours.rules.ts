import { DAY, venueDate, venueInstant, wallClock } from '#libs/kernel';

/** Where people are woken: short messages of the service go out by this city's clock. */
export const SMS_ZONE = 'Asia/Almaty';
const FROM_HOUR = 9;
const UNTIL_HOUR = 21;
/** A holiday week with the bridges around it is shorter than that. */
const LOOK_AHEAD_DAYS = 30;

/**
 * When a short message may go out at the earliest: at once on a working day from 09:00 to 21:00, else at the next such
 * morning. The working week is Monday to Friday.
 * @param at festival time
 * @param holidays days of the edition, "2019-09-16"
 */
export function smsOpensAt(at: Date, holidays: readonly string[]): Date {
  const works = (date: string, weekday: number) => weekday <= 5 && !holidays.includes(date);
  const { hour, weekday } = wallClock(at, SMS_ZONE);
  const today = venueDate(at, SMS_ZONE);
  if (works(today, weekday) && hour >= FROM_HOUR && hour < UNTIL_HOUR) return at;
  for (let days = hour < FROM_HOUR ? 0 : 1; days <= LOOK_AHEAD_DAYS; days++) {
    const day = new Date(at.getTime() + days * DAY);
    const date = venueDate(day, SMS_ZONE);
    if (works(date, wallClock(day, SMS_ZONE).weekday)) return venueInstant(`${date}T09:00`, SMS_ZONE);
  }
  throw new Error('there is no working day within a month');
}
