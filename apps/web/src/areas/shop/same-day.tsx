import { Link } from 'react-router';
import type { FilmView, Programme } from '#libs/contracts';
import { HOUR, venueTime } from '#libs/kernel';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import plans from './plan.module.css';
import { placeOf, showsOf } from './programme.rules';

const MOST = 3;
/** Long enough for the way between any two venues, short enough to be one evening. */
const WITHIN = [HOUR / 2, 4 * HOUR] as const;

/** Other films that begin a while after this one ends: an evening of two. */
export function SameDay({ programme, film }: { programme: Programme; film: FilmView }) {
  const { t, language } = useWords();
  const shows = showsOf(programme).filter(
    (show) => show.screening.visibility === 'public' && show.screening.state === 'on-sale',
  );
  const ends = shows.filter((show) => show.film?.id === film.id).map((show) => Date.parse(show.screening.endsAt));
  const after = shows.filter((show) => {
    const starts = Date.parse(show.screening.startsAt);
    const fits = ends.some((end) => starts - end >= WITHIN[0] && starts - end <= WITHIN[1]);
    return show.film && show.film.id !== film.id && fits;
  });
  const each = after.filter((show, i) => after.findIndex((other) => other.film?.id === show.film?.id) === i);
  if (each.length === 0) return null;
  return (
    <section className={plans.sameDay} aria-labelledby="same-day">
      <h2 id="same-day">{t('film.same-day')}</h2>
      {each.slice(0, MOST).map((show) => (
        <Link key={show.screening.id} to={`/films/${show.film?.id}`}>
          <div>
            <PosterArt {...show.poster} />
          </div>
          <span>
            <h3>{show.screening.title[language]}</h3>
            <span className="small quiet">
              {venueTime(new Date(show.screening.startsAt), show.screening.timezone)},{' '}
              {placeOf(programme, show.screening).venue?.name[language]}
            </span>
          </span>
        </Link>
      ))}
    </section>
  );
}
