import type { OfficeProgramme } from '#libs/contracts';
import { type LocalText, MINUTE, venueDate, venueInstant } from '#libs/kernel';

export type OfficeScreening = OfficeProgramme['screenings'][number];

/** One hall on one day, with what is in it by the hour. */
export interface Lane {
  hallId: string;
  hall: LocalText;
  venue: LocalText;
  timezone: string;
  screenings: OfficeScreening[];
}

/** The part of a day that a timetable shows, in minutes after midnight. */
export interface Axis {
  from: number;
  to: number;
  hours: number[];
}

const HOUR = 60;
const EARLIEST = 10 * HOUR;
const LATEST = 23 * HOUR;
/** Blocks are moved in steps of so many minutes. */
export const STEP = 5;

/** The day on the venue's calendar on which a screening begins. */
export const dayOf = ({ startsAt, timezone }: Pick<OfficeScreening, 'startsAt' | 'timezone'>) =>
  venueDate(new Date(startsAt), timezone);

export function lanesOf({ venues, screenings }: OfficeProgramme, day: string): Lane[] {
  const today = screenings.filter((screening) => dayOf(screening) === day);
  return venues.flatMap((venue) =>
    venue.halls.map((hall) => ({
      hallId: hall.id,
      hall: hall.name,
      venue: venue.name,
      timezone: venue.timezone,
      screenings: today
        .filter((screening) => screening.hallId === hall.id)
        .sort((a, b) => a.startsAt.localeCompare(b.startsAt)),
    })),
  );
}

/** Minutes between an instant and the midnight with which the day began at the venue. */
export function minuteOf(instant: string | Date, day: string, zone: string): number {
  return (+new Date(instant) - +venueInstant(`${day}T00:00`, zone)) / MINUTE;
}

/** The instant of a minute of the day, at a step of the timetable. */
export function instantOf(minute: number, day: string, zone: string): string {
  const stepped = Math.round(minute / STEP) * STEP;
  return new Date(+venueInstant(`${day}T00:00`, zone) + stepped * MINUTE).toISOString();
}

/** Whole hours around everything of the day, and never less than an ordinary one. */
export function axisOf(lanes: readonly Lane[], day: string): Axis {
  const minutes = lanes.flatMap((lane) =>
    lane.screenings.flatMap((one) => [
      minuteOf(one.startsAt, day, lane.timezone),
      minuteOf(one.freeFrom, day, lane.timezone),
    ]),
  );
  const from = Math.floor(Math.min(EARLIEST, ...minutes) / HOUR) * HOUR;
  const to = Math.ceil(Math.max(LATEST, ...minutes) / HOUR) * HOUR;
  const hours = Array.from({ length: (to - from) / HOUR + 1 }, (_, i) => from + i * HOUR);
  return { from, to, hours };
}

/** Where a minute lies on the axis, in hundredths of its length. */
export const shareOf = (minute: number, { from, to }: Axis) => ((minute - from) / (to - from)) * 100;

/** On which of several lines of its hall each block lies: those that overlap lie under each other. */
export function linesOf(screenings: readonly OfficeScreening[]): { line: Map<string, number>; lines: number } {
  const ends: number[] = [];
  const line = new Map<string, number>();
  for (const { id, startsAt, endsAt } of screenings) {
    const free = ends.findIndex((end) => end <= Date.parse(startsAt));
    const at = free < 0 ? ends.length : free;
    ends[at] = Date.parse(endsAt);
    line.set(id, at);
  }
  return { line, lines: Math.max(1, ends.length) };
}

/** The block that an arrow key leads to: along the hall, or to the nearest hour of the next hall that has any. */
export function blockBeside(lanes: readonly Lane[], id: string, key: string): string | undefined {
  const at = lanes.findIndex((lane) => lane.screenings.some((one) => one.id === id));
  const lane = lanes[at];
  if (!lane) return lanes.find((other) => other.screenings.length > 0)?.screenings[0]?.id;
  const index = lane.screenings.findIndex((one) => one.id === id);
  if (key === 'ArrowRight') return lane.screenings[index + 1]?.id;
  if (key === 'ArrowLeft') return lane.screenings[index - 1]?.id;
  if (key === 'Home') return lane.screenings[0]?.id;
  if (key === 'End') return lane.screenings.at(-1)?.id;
  const way = key === 'ArrowDown' ? lanes.slice(at + 1) : key === 'ArrowUp' ? lanes.slice(0, at).reverse() : [];
  const start = +new Date(lane.screenings[index]!.startsAt);
  const far = (one: OfficeScreening) => Math.abs(+new Date(one.startsAt) - start);
  return way.find((other) => other.screenings.length > 0)?.screenings.toSorted((a, b) => far(a) - far(b))[0]?.id;
}

/** Everything that a screening is in the way of, or that is in its way. */
export function clashesOf({ clashes }: Pick<OfficeProgramme, 'clashes'>, id: string) {
  return clashes.flatMap((clash) => {
    if (clash.screeningId === id) return [{ kind: clash.kind, otherId: clash.otherId }];
    return clash.otherId === id ? [{ kind: clash.kind, otherId: clash.screeningId }] : [];
  });
}

/** 21+ shows begin from this hour on. */
export const ADULT_MINUTE = 22 * HOUR;
