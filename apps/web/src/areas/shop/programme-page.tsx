import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Programme } from '#libs/contracts';
import { daysBetween, formatDateRange, formatDay, venueDate } from '#libs/kernel';
import { clockQuery, programmeQuery } from '../../api/screenings.api';
import { availabilityQuery } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { useBodyFelt } from '../../ui/body-felt';
import { Button, Empty, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { DayRidge } from './day-ridge';
import { Filters } from './filters';
import hero from './hero.module.css';
import { type Filter, NO_FILTER, passes, showsOf } from './programme.rules';
import styles from './shop.module.css';
import { MainShow, ShowRow } from './show-row';

export default function ProgrammePage() {
  const { t } = useWords();
  const { data, isError, refetch } = useQuery(programmeQuery);
  if (isError)
    return (
      <div className={`${ui.page} ${styles.belowBar}`}>
        <Notice tone="error" title={t('app.no-answer')}>
          <Button kind="quiet" onClick={() => void refetch()}>
            {t('app.again')}
          </Button>
        </Notice>
      </div>
    );
  if (!data)
    return (
      <div className={`${ui.page} ${styles.belowBar}`}>
        {data === null ? <Empty title={t('programme.none')} /> : <Waiting label={t('app.loading')} />}
      </div>
    );
  return <Whole programme={data} />;
}

function Whole({ programme }: { programme: Programme }) {
  const { t, language, count } = useWords();
  const { edition } = programme;
  useBodyFelt('felt-aport');
  useTitle(`${t('nav.programme')} · ${edition.name[language]}`);
  const [params, setParams] = useSearchParams();
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const { data: clock } = useQuery(clockQuery);
  const { data: availability } = useQuery(availabilityQuery(edition.id));
  const shows = showsOf(programme);
  const days = daysBetween(edition.from, edition.to).map((date) => ({
    date,
    shows: shows.filter((show) => show.day === date).length,
  }));
  const now = clock ? new Date(Date.now() + clock.aheadMs + clock.offsetMs) : null;
  const today = now ? venueDate(now, edition.timezone) : edition.from;
  const asked = params.get('day');
  const day = [asked, today].find((date) => days.some((known) => known.date === date)) ?? edition.from;
  const free = (id: string) => availability?.screenings[id]?.free;
  const ofDay = shows.filter((show) => show.day === day);
  const shown = ofDay.filter((show) => passes(show, filter, free(show.screening.id)));
  const main = shown.find((show) => show.screening.highlight);
  const venues = new Set(ofDay.map((show) => show.screening.venueId)).size;
  return (
    <>
      <section className={`${hero.hero} felt-aport`} aria-label={edition.name[language]}>
        <div className={hero.heroArt}>
          <PosterArt
            id="festival"
            salt={edition.salt}
            family="cut"
            countries={3}
            minutes={76}
            format="band"
            at={0.78}
            figure="horn"
            bare
          />
        </div>
        <div className={hero.heroText}>
          <p className={hero.when}>
            {[formatDateRange(edition.from, edition.to, language), edition.city[language], edition.partner?.[language]]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <h1 className={hero.motto}>{edition.motto?.[language] ?? edition.name[language]}</h1>
        </div>
        <DayRidge
          days={days}
          chosen={day}
          onChoose={(date) => setParams({ day: date }, { replace: true, preventScrollReset: true })}
        />
      </section>
      <section id="day" role="tabpanel" aria-labelledby={`day-${day}`} className={styles.day}>
        <Filters programme={programme} filter={filter} onChange={setFilter} />
        <div className={styles.dayHead}>
          <h2>{capital(formatDay(day, language))}</h2>
          <p className="quiet">
            {count('programme.shows', shown.length)}
            {venues > 1 && `, ${count('programme.venues', venues)}`},{' '}
            {t('programme.local-time', { city: edition.city[language] })}
          </p>
        </div>
        {main && <MainShow show={main} programme={programme} free={free(main.screening.id)} now={now} />}
        {shown.length === 0 ? (
          <Empty title={t('programme.nothing')}>
            <Button kind="outline" onClick={() => setFilter(NO_FILTER)}>
              {t('filter.clear')}
            </Button>
          </Empty>
        ) : (
          <ul className={styles.rows}>
            {shown
              .filter((show) => show !== main)
              .map((show) => (
                <ShowRow
                  key={show.screening.id}
                  show={show}
                  programme={programme}
                  free={free(show.screening.id)}
                  now={now}
                />
              ))}
          </ul>
        )}
      </section>
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
