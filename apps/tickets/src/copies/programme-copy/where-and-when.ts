import type { ScreeningFacts } from './programme-copy.js';

/** A screening as events, mails and people's own pages tell it. */
export function whereAndWhen({ data }: ScreeningFacts) {
  return {
    screeningId: data.screeningId,
    title: data.title,
    startsAt: data.startsAt,
    timezone: data.timezone,
    venue: data.venue.name,
    hall: data.hall.name,
  };
}
