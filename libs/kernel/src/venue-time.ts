/// <reference lib="esnext.temporal" />
import type { Language } from './language.js';

/**
 * Instants and the clock on a venue's wall. A venue owns an IANA zone; its offset is asked for each instant, because
 * Asia/Almaty was six hours ahead of UTC in 2019 and is five ahead now. `Intl` is used for the zone only: browsers
 * claim to format Kazakh and then print English, so every word comes from the tables below.
 */
export interface WallClock {
  year: number;
  /** 1-12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** ISO: Monday is 1, Sunday is 7. */
  weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** True for a zone that the time-zone database knows. */
export function isTimeZone(zone: string): boolean {
  try {
    zoneFormat(zone);
    return true;
  } catch {
    return false;
  }
}

/** ISO weekday of a calendar date. */
function weekdayOf(year: number, month: number, day: number): number {
  return ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7) + 1;
}

/** What a clock on the wall of a venue shows at `instant`. Throws RangeError for an unknown zone. */
export function wallClock(instant: Date, zone: string): WallClock {
  // Making a first Intl format costs a phone a tenth of a second; where there is Temporal, a zone is read at once.
  const { year, month, day, hour, minute, second } =
    typeof Temporal === 'undefined'
      ? byFormat(instant, zone)
      : Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return { year, month, day, hour, minute, second, weekday: weekdayOf(year, month, day) };
}

function byFormat(instant: Date, zone: string): Omit<WallClock, 'weekday'> {
  const parts: Record<string, number> = {};
  for (const part of zoneFormat(zone).formatToParts(instant)) parts[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
export function zoneOffset(instant: Date, zone: string): number {
  const wall = wallClock(instant, zone);
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  return asUtc - Math.floor(instant.getTime() / 1000) * 1000;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/**
 * The instant at which the wall clock of `zone` shows `local` ("2019-09-16T19:30", "2019-09-16").
 * In the hour that a change of the clocks repeats, the first of the two; in one that it skips, the moment after.
 * Throws RangeError when `local` is not such a text or not a day of the calendar.
 */
export function venueInstant(local: string, zone: string): Date {
  const match = LOCAL.exec(local);
  if (!match) throw new RangeError(`${local} is not a local time such as 2019-09-16T19:30`);
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as number[];
  const guess = Date.UTC(year!, month! - 1, day, hour, minute, second);
  const check = new Date(guess);
  if (check.getUTCMonth() !== month! - 1 || check.getUTCDate() !== day || hour! > 23 || minute! > 59) {
    throw new RangeError(`${local} is not a day and hour of the calendar`);
  }
  const before = guess - zoneOffset(new Date(guess - 86_400_000), zone);
  if (zoneOffset(new Date(before), zone) === guess - before) return new Date(before);
  const after = guess - zoneOffset(new Date(guess + 86_400_000), zone);
  return new Date(zoneOffset(new Date(after), zone) === guess - after ? after : Math.max(before, after));
}

const two = (n: number) => String(n).padStart(2, '0');

/** The calendar day at the venue, "2019-09-16". */
export function venueDate(instant: Date, zone: string): string {
  const { year, month, day } = wallClock(instant, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** "2019-09-16T19:30": what {@link venueInstant} reads. */
export function venueLocal(instant: Date, zone: string): string {
  return `${venueDate(instant, zone)}T${venueTime(instant, zone)}`;
}

/** "19:30", on the 24-hour clock in every language. */
export function venueTime(instant: Date, zone: string): string {
  const { hour, minute } = wallClock(instant, zone);
  return `${two(hour)}:${two(minute)}`;
}

interface Words {
  months: readonly string[];
  shortMonths: readonly string[];
  weekdays: readonly string[];
  shortWeekdays: readonly string[];
}

const WORDS: Record<Language, Words> = {
  kk: {
    months: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
    shortMonths: 'қаң. ақп. нау. сәу. мам. мау. шіл. там. қырк. қаз. қар. жел.'.split(' '),
    weekdays: 'дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі'.split(' '),
    shortWeekdays: 'дс сс ср бс жм сб жк'.split(' '),
  },
  ru: {
    months: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
    shortMonths: 'янв. февр. марта апр. мая июня июля авг. сент. окт. нояб. дек.'.split(' '),
    weekdays: 'понедельник вторник среда четверг пятница суббота воскресенье'.split(' '),
    shortWeekdays: 'пн вт ср чт пт сб вс'.split(' '),
  },
  en: {
    months: 'January February March April May June July August September October November December'.split(' '),
    shortMonths: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' '),
    weekdays: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
    shortWeekdays: 'Mon Tue Wed Thu Fri Sat Sun'.split(' '),
  },
};

/** A calendar day as its parts; throws RangeError unless it is one. */
function dayParts(date: string): { year: number; month: number; day: number; weekday: number } {
  const match = LOCAL.exec(date);
  if (!match) throw new RangeError(`${date} is not a day such as 2019-09-16`);
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number];
  return { year, month, day, weekday: weekdayOf(year, month, day) };
}

/** "16 қыркүйек, дүйсенбі" · "16 сентября, понедельник" · "Monday 16 September". */
export function formatDay(date: string, language: Language): string {
  const { month, day, weekday } = dayParts(date);
  const words = WORDS[language];
  const name = words.weekdays[weekday - 1]!;
  return language === 'en' ? `${name} ${day} ${words.months[month - 1]}` : `${day} ${words.months[month - 1]}, ${name}`;
}

/** "16 қыркүйек" · "16 сентября" · "16 September". */
export function formatDate(date: string, language: Language): string {
  const { month, day } = dayParts(date);
  return `${day} ${WORDS[language].months[month - 1]}`;
}

/** "дс, 16 қырк." · "пн, 16 сент." · "Mon 16 Sept". */
export function formatShortDay(date: string, language: Language): string {
  const { month, day, weekday } = dayParts(date);
  const words = WORDS[language];
  const name = words.shortWeekdays[weekday - 1]!;
  const month3 = words.shortMonths[month - 1]!;
  return language === 'en' ? `${name} ${day} ${month3}` : `${name}, ${day} ${month3}`;
}

/** "дүйсенбі" · "понедельник" · "Monday". */
export function formatWeekday(date: string, language: Language): string {
  return WORDS[language].weekdays[dayParts(date).weekday - 1]!;
}

/** "дс" · "пн" · "Mon". */
export function formatShortWeekday(date: string, language: Language): string {
  return WORDS[language].shortWeekdays[dayParts(date).weekday - 1]!;
}

/** The day and the hour of an instant at its venue: "16 қыркүйек, дүйсенбі, 19:30". */
export function formatDayTime(instant: Date, zone: string, language: Language): string {
  return `${formatDay(venueDate(instant, zone), language)}, ${venueTime(instant, zone)}`;
}

/** "дс, 16 қырк., 19:30". */
export function formatShortDayTime(instant: Date, zone: string, language: Language): string {
  return `${formatShortDay(venueDate(instant, zone), language)}, ${venueTime(instant, zone)}`;
}

/** "14–20 қыркүйек 2019" · "14–20 сентября 2019" · "14–20 September 2019"; over two months both are named. */
export function formatDateRange(from: string, to: string, language: Language): string {
  const a = dayParts(from);
  const b = dayParts(to);
  const months = WORDS[language].months;
  const start = a.month === b.month && a.year === b.year ? `${a.day}` : `${a.day} ${months[a.month - 1]} `;
  const gap = start.endsWith(' ') ? ' ' : '';
  return `${start.trimEnd()}${gap}–${gap}${b.day} ${months[b.month - 1]} ${b.year}`;
}

/** The days from the first to the last, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}
