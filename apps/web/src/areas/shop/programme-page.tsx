import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Programme } from '#libs/contracts';
import { daysBetween, formatDateRange, formatDay, searchAmong, venueDate } from '#libs/kernel';
import { clockQuery, programmeQuery } from '../../api/screenings.api';
import { availabilityQuery } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { useBodyFelt } from '../../ui/body-felt';
import { Icon } from '../../ui/icon';
import { Button, Empty, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { DayRidge } from './day-ridge';
import { Filters, type ProgrammeView } from './filters';
import hero from './hero.module.css';
import { usePlan } from './plan';
import plans from './plan.module.css';
import { type Filter, filterFrom, filterInto, passes, searchedText, showsOf } from './programme.rules';
import styles from './shop.module.css';
import { ShowList } from './show-list';
import { MainShow } from './show-row';

export default function ProgrammePage() {
  const { t } = useWords();
  const { data: told, isError, refetch } = useQuery(programmeQuery);
  // Drawn in slices: a phone stays free to scroll and to answer a finger.
  const data = useDeferredValue(told);
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
        {data === null ? <Empty whole title={t('programme.none')} /> : <Waiting label={t('app.loading')} />}
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
  const filter = filterFrom(params);
  const typed = params.get('q') ?? '';
  const view: ProgrammeView = params.get('view') === 'hall' ? 'hall' : 'time';
  const change = (next: URLSearchParams) => setParams(next, { replace: true, preventScrollReset: true });
  const setOne = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    change(next);
  };
  const { data: clock } = useQuery(clockQuery);
  const { data: availability } = useQuery(availabilityQuery(edition.id));
  const shows = useMemo(() => showsOf(programme), [programme]);
  const found = useMemo(
    () => (typed.trim() ? searchAmong(shows, (show) => searchedText(show, programme), typed) : undefined),
    [shows, typed, programme],
  );
  const starred = usePlan().length;
  const days = daysBetween(edition.from, edition.to).map((date) => ({
    date,
    shows: shows.filter((show) => show.day === date).length,
  }));
  const now = clock ? new Date(Date.now() + clock.aheadMs + clock.offsetMs) : null;
  const today = now ? venueDate(now, edition.timezone) : edition.from;
  const asked = params.get('day');
  const day = [asked, today].find((date) => days.some((known) => known.date === date)) ?? edition.from;
  const free = (id: string) => availability?.screenings[id]?.free;
  const among = found?.found ?? shows.filter((show) => show.day === day);
  const through = (some: Filter) => among.filter((show) => passes(show, some, free(show.screening.id)));
  const shown = through(filter);
  const main = found || view === 'hall' ? undefined : shown.find((show) => show.screening.highlight);
  const venues = new Set(shown.map((show) => show.screening.venueId)).size;
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
          onChoose={(date) => {
            const next = new URLSearchParams(params);
            next.set('day', date);
            next.delete('q');
            change(next);
          }}
        />
      </section>
      <section id="day" role="tabpanel" aria-labelledby={`day-${day}`} className={styles.day}>
        <Filters
          programme={programme}
          shows={among}
          filter={filter}
          onFilter={(next) => change(filterInto(params, next))}
          left={(some) => through(some).length}
          typed={typed}
          onType={(text) => setOne('q', text)}
          view={view}
          onView={(next) => setOne('view', next === 'hall' ? 'hall' : '')}
        />
        <div className={styles.dayHead}>
          <h2>{found ? t('programme.found', { what: found.readAs.trim() }) : capital(formatDay(day, language))}</h2>
          <p className="quiet">
            {count('programme.shows', shown.length)}
            {venues > 1 && `, ${count('programme.venues', venues)}`},{' '}
            {t('programme.local-time', { city: edition.city[language] })}
          </p>
          <Link className={plans.planLink} to="/plan">
            <Icon name="star" />
            {starred > 0 ? t('plan.link', { n: starred }) : t('plan.title')}
          </Link>
        </div>
        {found && found.readAs !== typed && <p role="status">{t('programme.read-as', { typed: typed.trim() })}</p>}
        {main && <MainShow show={main} programme={programme} free={free(main.screening.id)} now={now} />}
        {shown.length === 0 && (
          <Empty title={t('programme.nothing')}>
            <Button kind="outline" onClick={() => change(new URLSearchParams({ day }))}>
              {t('filter.clear')}
            </Button>
          </Empty>
        )}
        {found ? (
          days
            .filter(({ date }) => shown.some((show) => show.day === date))
            .map(({ date }) => (
              <section key={date} className={plans.planDay}>
                <h3>{capital(formatDay(date, language))}</h3>
                <ShowList
                  shows={shown.filter((show) => show.day === date)}
                  programme={programme}
                  view={view}
                  free={free}
                  now={now}
                />
              </section>
            ))
        ) : (
          <ShowList
            shows={shown.filter((show) => show !== main)}
            programme={programme}
            view={view}
            free={free}
            now={now}
          />
        )}
      </section>
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
