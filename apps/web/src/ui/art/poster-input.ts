import type { FilmView, Programme, ScreeningView } from '#libs/contracts';
import type { PosterInput } from '#libs/poster';

const LONGEST_BEAM = 110;

/** What a film's art is drawn from. */
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

/** A screening wears the art of its first film; one without a film a beam of its own. */
export function posterOfScreening(programme: Programme, screening: ScreeningView): PosterInput {
  const filmId = screening.items.find((item) => item.filmId)?.filmId;
  const film = programme.films.find((one) => one.id === filmId);
  if (film) return posterOf(programme, film);
  const minutes = screening.items.reduce((sum, item) => sum + item.minutes, 0);
  return {
    id: screening.id,
    salt: programme.edition.salt,
    family: 'beam',
    countries: null,
    minutes: Math.min(minutes, LONGEST_BEAM),
  };
}
