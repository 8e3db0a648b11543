import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useParams } from 'react-router';
import type { FilmView, Programme } from '#libs/contracts';
import { formatDay, formatShortWeekday, venueTime } from '#libs/kernel';
import { drawPoster } from '#libs/poster';
import { clockQuery, programmeQuery } from '../../api/screenings.api';
import { availabilityQuery } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { shortTongue, tongueName } from '../../i18n/places';
import { feltOf, PosterArt } from '../../ui/art/poster';
import { posterOf } from '../../ui/art/poster-input';
import { useBodyFelt } from '../../ui/body-felt';
import { Icon } from '../../ui/icon';
import { Empty, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import art from './film.module.css';
import plans from './plan.module.css';
import { placeOf, type Show, showsOf } from './programme.rules';
import { SameDay } from './same-day';
import { ScreeningNotes } from './screening-notes';
import styles from './shop.module.css';
import { Verb } from './show-row';
import { Star } from './star';
import { Availability, SectionLine, useCredits, usePriceWords } from './wording';

/** Titles longer than this stop at the smaller display step. */
const LONG_TITLE = 12;

export default function FilmPage() {
  const { t } = useWords();
  const { filmId } = useParams();
  const { data: told } = useQuery(programmeQuery);
  // Drawn in slices: a phone stays free to scroll and to answer a finger.
  const data = useDeferredValue(told);
  if (!data) return <Waiting label={t('app.loading')} />;
  const film = data.films.find((other) => other.id === filmId);
  if (!film)
    return (
      <div className={`${ui.page} ${styles.belowBar}`}>
        <Empty whole title={t('app.lost')} />
      </div>
    );
  return <Film programme={data} film={film} />;
}

function Film({ programme, film }: { programme: Programme; film: FilmView }) {
  const { t, language, count } = useWords();
  const credits = useCredits();
  const poster = posterOf(programme, film);
  useBodyFelt(feltOf(poster));
  useTitle(`${film.title[language]} · ${programme.edition.name[language]}`);
  const shows = showsOf(programme).filter((show) => show.film?.id === film.id);
  const section = programme.sections.find((other) => other.id === film.sectionId) ?? null;
  const title = film.title[language];
  const subtitles = [...new Set(shows.flatMap((show) => show.screening.subtitles))];
  return (
    <article>
      <header className={`${art.filmHero} ${feltOf(poster)}`} data-hero>
        <div className={art.filmArt}>
          <PosterArt {...poster} format="band" at={0.76} className={art.onWide} label={t('film.art', { title })} />
          <PosterArt {...poster} format="wide" at={0.5} className={art.onPhone} label={t('film.art', { title })} />
        </div>
        <FilmEdge heights={drawPoster(poster).ridge.heights} />
        <div className={styles.filmText}>
          <SectionLine show={{ section, film } as Show} />
          <h1 className={art.filmTitle} data-long={title.length > LONG_TITLE || undefined}>
            {title}
          </h1>
          <p className={art.filmLine}>{credits(film)}</p>
        </div>
      </header>
      <div className={styles.filmBody}>
        <section aria-label={t('film.about')}>
          <p className={art.lead}>{film.logline[language]}</p>
          <dl className={art.facts}>
            {film.cast.length > 0 && <Fact word={t('film.cast')}>{film.cast.join(', ')}</Fact>}
            {film.languages && (
              <Fact word={t('film.spoken')}>{film.languages.map((code) => tongueName(code, language)).join(', ')}</Fact>
            )}
            {subtitles.length > 0 && (
              <Fact word={t('film.subtitles')}>{subtitles.map((code) => tongueName(code, language)).join(', ')}</Fact>
            )}
            {film.ageRating && <Fact word={t('film.age')}>{film.ageRating}</Fact>}
            {shows.some((show) => show.screening.access.includes('step-free')) && (
              <Fact word={t('film.access')}>{t('film.access-words')}</Fact>
            )}
          </dl>
        </section>
        <section aria-labelledby="screenings">
          <div className={plans.filmHead}>
            <h2 id="screenings">{count('film.screenings-n', shows.length)}</h2>
            {shows.length > 0 && (
              <a
                href={`/api/screenings/editions/${programme.edition.id}/calendar.ics?language=${language}&only=${shows.map((show) => show.screening.id).join(',')}`}
                download={`${film.id}.ics`}
              >
                <Icon name="calendar" />
                {t('film.to-calendar')}
              </a>
            )}
          </div>
          <ul>
            {shows.map((show) => (
              <FilmShow key={show.screening.id} show={show} programme={programme} />
            ))}
          </ul>
          {shows.length === 0 && <p className="quiet">{t('film.no-screenings')}</p>}
        </section>
      </div>
      <SameDay programme={programme} film={film} />
    </article>
  );
}

function Fact({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The page's edge is cut along the film's own stretch of the ridge. */
function FilmEdge({ heights }: { heights: number[] }) {
  const points = [...heights, ...heights.slice().reverse(), ...heights];
  const line = points
    .map((h, i) => `${((i / (points.length - 1)) * 100).toFixed(2)} ${(10 - h * 8).toFixed(2)}`)
    .join('L');
  return (
    <svg className={art.filmEdge} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 10L${line}L100 10Z`} />
    </svg>
  );
}

function FilmShow({ show, programme }: { show: Show; programme: Programme }) {
  const { t, language } = useWords();
  const price = usePriceWords();
  const { data: clock } = useQuery(clockQuery);
  const { data: availability } = useQuery(availabilityQuery(programme.edition.id));
  const now = clock ? new Date(Date.now() + clock.aheadMs + clock.offsetMs) : null;
  const { screening } = show;
  const { venue, hall } = placeOf(programme, screening);
  const free = availability?.screenings[screening.id]?.free;
  const talk = screening.items.find((item) => item.kind === 'talk')?.title?.[language];
  const subtitles = screening.subtitles.map((code) => shortTongue(code, language)).join(' · ');
  return (
    <li className={styles.filmRow}>
      <span className={art.dateBox} role="img" aria-label={formatDay(show.day, language)}>
        <span aria-hidden="true">{formatShortWeekday(show.day, language)}</span>
        <span className="display" aria-hidden="true">
          {Number(show.day.slice(8))}
        </span>
      </span>
      <div className={styles.hour}>
        <time className="display" dateTime={screening.startsAt}>
          {venueTime(new Date(screening.startsAt), screening.timezone)}
        </time>
        <span className="small quiet">
          {t('programme.until', { time: venueTime(new Date(screening.endsAt), screening.timezone) })}
        </span>
      </div>
      <div className={styles.where}>
        <span className={styles.fact}>
          <Icon name="place" />
          {venue?.name[language]}, {hall?.name[language]}
        </span>
        <span className="small quiet">
          {[talk, subtitles && t('programme.subtitles', { list: subtitles })].filter(Boolean).join(' · ')}
        </span>
        <Availability screening={screening} free={free} />
      </div>
      <div className={styles.rowVerb}>
        <strong className="tabular">{price(screening)}</strong>
        <span className={plans.verbs}>
          <Star id={screening.id} title={`${screening.title[language]}, ${formatDay(show.day, language)}`} />
          <Verb show={show} free={free} now={now} />
        </span>
      </div>
      <div className={plans.filmNotes}>
        <ScreeningNotes screening={screening} programme={programme} />
      </div>
    </li>
  );
}
