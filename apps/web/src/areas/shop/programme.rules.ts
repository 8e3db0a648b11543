import type { FilmView, Programme, ScreeningView, SectionView } from '#libs/contracts';
import { venueDate } from '#libs/kernel';
import type { PosterInput } from '#libs/poster';

/** A screening with what it points to. */
export interface Show {
  screening: ScreeningView;
  film: FilmView | null;
  section: SectionView | null;
  /** The day at the venue on which it begins. */
  day: string;
  poster: PosterInput;
}

export function posterOf(programme: Programme, film: FilmView): PosterInput {
  const section = programme.sections.find((other) => other.id === film.sectionId);
  return {
    id: film.id,
    salt: programme.edition.salt,
    family: section?.sign === 'women' ? 'stitched' : 'cut',
    countries: film.countries?.length ?? null,
    minutes: film.minutes,
  };
}

export function showsOf(programme: Programme): Show[] {
  const films = new Map(programme.films.map((film) => [film.id, film]));
  const sections = new Map(programme.sections.map((section) => [section.id, section]));
  return programme.screenings.map((screening) => {
    const film = films.get(screening.items.find((item) => item.filmId)?.filmId ?? '') ?? null;
    const minutes = screening.items.reduce((sum, item) => sum + item.minutes, 0);
    return {
      screening,
      film,
      section: sections.get(screening.sectionId ?? '') ?? null,
      day: venueDate(new Date(screening.startsAt), screening.timezone),
      poster: film
        ? posterOf(programme, film)
        : {
            id: screening.id,
            salt: programme.edition.salt,
            family: 'beam',
            countries: null,
            minutes: Math.min(minutes, 110),
          },
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
  subtitles: string | null;
  withSeats: boolean;
  stepFree: boolean;
}

export const NO_FILTER: Filter = { section: null, venue: null, subtitles: null, withSeats: false, stepFree: false };

export function passes(show: Show, filter: Filter, free: number | undefined): boolean {
  const { screening } = show;
  if (filter.section && screening.sectionId !== filter.section) return false;
  if (filter.venue && screening.venueId !== filter.venue) return false;
  if (filter.subtitles && !screening.subtitles.includes(filter.subtitles)) return false;
  if (filter.withSeats && free === 0) return false;
  return !filter.stepFree || screening.access.includes('step-free');
}

export function activeFilters(filter: Filter): number {
  return Object.values(filter).filter(Boolean).length;
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
