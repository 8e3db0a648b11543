import type { FilmView, Programme, ScreeningView, SectionView } from '#libs/contracts';
import { venueDate } from '#libs/kernel';
import type { PosterInput } from '#libs/poster';
import { posterOfScreening } from '../../ui/art/poster-input';

/** A screening with what it points to. */
export interface Show {
  screening: ScreeningView;
  film: FilmView | null;
  section: SectionView | null;
  /** The day at the venue on which it begins. */
  day: string;
  poster: PosterInput;
}

export function showsOf(programme: Programme): Show[] {
  const films = new Map(programme.films.map((film) => [film.id, film]));
  const sections = new Map(programme.sections.map((section) => [section.id, section]));
  return programme.screenings.map((screening) => {
    const film = films.get(screening.items.find((item) => item.filmId)?.filmId ?? '') ?? null;
    return {
      screening,
      film,
      section: sections.get(screening.sectionId ?? '') ?? null,
      day: venueDate(new Date(screening.startsAt), screening.timezone),
      poster: posterOfScreening(programme, screening),
    };
  });
}

export function placeOf(programme: Programme, screening: ScreeningView) {
  const venue = programme.venues.find((other) => other.id === screening.venueId);
  return { venue, hall: venue?.halls.find((other) => other.id === screening.hallId) };
}

export interface Filter {
  section: string | null;
  venue: string | null;
  film: string | null;
  /** A language that is spoken or stands in subtitles. */
  tongue: string | null;
  withSeats: boolean;
  stepFree: boolean;
}

export const NO_FILTER: Filter = {
  section: null,
  venue: null,
  film: null,
  tongue: null,
  withSeats: false,
  stepFree: false,
};

export function passes(show: Show, filter: Filter, free: number | undefined): boolean {
  const { screening, film } = show;
  if (filter.section && screening.sectionId !== filter.section) return false;
  if (filter.venue && screening.venueId !== filter.venue) return false;
  if (filter.film && film?.id !== filter.film) return false;
  if (filter.tongue && ![...screening.subtitles, ...screening.languages].includes(filter.tongue)) return false;
  if (filter.withSeats && free === 0) return false;
  return !filter.stepFree || screening.access.includes('step-free');
}

export function activeFilters(filter: Filter): number {
  return Object.values(filter).filter(Boolean).length;
}

const TEXTS = ['section', 'venue', 'film', 'tongue'] as const;
const FLAGS = ['withSeats', 'stepFree'] as const;

/** The filter as an address carries it, so that a link shows the same list. */
export function filterFrom(params: URLSearchParams): Filter {
  const filter = { ...NO_FILTER };
  for (const name of TEXTS) filter[name] = params.get(name);
  for (const name of FLAGS) filter[name] = params.get(name) === '1';
  return filter;
}

export function filterInto(params: URLSearchParams, filter: Filter): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of [...TEXTS, ...FLAGS]) {
    const value = filter[name];
    if (value) next.set(name, value === true ? '1' : value);
    else next.delete(name);
  }
  return next;
}

/** Everything by which a show is looked for: titles, makers, cast, section, place, in every language. */
export function searchedText(show: Show, programme: Programme): string {
  const { film, screening, section } = show;
  const { venue } = placeOf(programme, screening);
  return [
    ...Object.values(screening.title),
    ...screening.items.flatMap((item) => Object.values(item.title ?? {})),
    film?.original ?? '',
    ...Object.values(film?.title ?? {}),
    ...Object.values(film?.directors ?? {}).flat(),
    ...(film?.cast ?? []),
    ...Object.values(section?.name ?? {}),
    ...Object.values(venue?.name ?? {}),
  ].join(' ');
}

/** Shows by the hall they run in, in the order of the venues. */
export function byHall(shows: readonly Show[], programme: Programme) {
  return programme.venues.flatMap((venue) =>
    venue.halls.flatMap((hall) => {
      const here = shows.filter((show) => show.screening.hallId === hall.id);
      return here.length > 0 ? [{ venue, hall, shows: here }] : [];
    }),
  );
}

/** The least and the most that a seat costs. */
export function priceRange(screening: ScreeningView): { least: number; most: number } | null {
  const amounts = screening.prices.map((price) => price.amount);
  return amounts.length === 0 ? null : { least: Math.min(...amounts), most: Math.max(...amounts) };
}

export type Fullness = 'unknown' | 'many' | 'some' | 'last' | 'none';

/** How full a hall is, in the words of the house. */
export function fullness(free: number | undefined, seats: number): Fullness {
  if (free === undefined) return 'unknown';
  if (free === 0) return 'none';
  if (free <= Math.min(20, seats / 6)) return 'last';
  return free >= seats / 2 ? 'many' : 'some';
}
