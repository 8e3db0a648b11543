import { Link } from 'react-router';
import type { OfficeProgramme } from '#libs/contracts';
import { formatDay, formatShortDayTime, venueDate, venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { tongueName } from '../../../i18n/places';
import { useSession } from '../../../session/use-session';
import { Icon } from '../../../ui/icon';
import { Notice } from '../../../ui/parts';
import { LifeVerbs } from './life-verbs';
import styles from './panel.module.css';
import { hoursOf, StateSign, useHallName } from './screening-words';
import { clashesOf, type OfficeScreening } from './timetable.rules';

const MINUTE = 60_000;
const minutes = (a: string, b: string) => Math.round((+new Date(a) - +new Date(b)) / MINUTE);

/** Everything about one screening, and what may be done with it now. */
export function ScreeningPanel({ screening, programme }: { screening: OfficeScreening; programme: OfficeProgramme }) {
  const { t, language, count } = useWords();
  const { may } = useSession();
  const hallName = useHallName(programme);
  const one = screening;
  const films = new Map(programme.films.map((film) => [film.id, film]));
  const names = (codes: readonly string[] | undefined) =>
    (codes ?? []).map((code) => tongueName(code, language)).join(', ') || '—';
  const clashes = clashesOf(programme, one.id);
  const move = programme.moves.find(({ screeningId }) => screeningId === one.id);
  const facts: [string, string, React.ReactNode][] = [
    ['hall', t('panel.hall'), `${hallName(one.hallId)} · ${count('seats.some', one.seats)}`],
    [
      'plan',
      t('panel.plan'),
      <Link key="plan" to={`/office/plans/${one.planId}?version=${one.planVersion}`}>
        {t('panel.plan-version', { plan: one.planId, version: one.planVersion })}
      </Link>,
    ],
    ['visibility', t('panel.visibility'), t(`visibility.${one.visibility}`)],
    ['languages', t('panel.languages'), names(one.languages)],
    ['subtitles', t('panel.subtitles'), names(one.subtitles)],
    ...(one.audioDescription?.length
      ? [['ad', t('panel.audio-description'), names(one.audioDescription)] as [string, string, string]]
      : []),
    ...(one.captions?.length
      ? [['captions', t('panel.captions'), names(one.captions)] as [string, string, string]]
      : []),
    ['rating', t('panel.age'), one.ageRating ?? (one.ageRatingPending ? t('panel.rating-pending') : '—')],
    [
      'doors',
      t('panel.doors'),
      t('panel.doors-at', {
        time: venueTime(new Date(one.doorsOpenAt), one.timezone),
        n: minutes(one.startsAt, one.doorsOpenAt),
      }),
    ],
    [
      'late',
      t('panel.late-entry'),
      t('panel.late-until', {
        time: venueTime(new Date(one.lateEntryUntil), one.timezone),
        n: minutes(one.lateEntryUntil, one.startsAt),
      }),
    ],
  ];
  return (
    <div className={styles.panel}>
      <header className={styles.head}>
        <StateSign state={one.state} />
        <h2>{one.title[language]}</h2>
        <p>
          {formatDay(venueDate(new Date(one.startsAt), one.timezone), language)},{' '}
          <b className="tabular">{hoursOf(one)}</b>
        </p>
      </header>
      {clashes.map(({ kind, otherId }) => {
        const other = programme.screenings.find(({ id }) => id === otherId);
        return (
          <Notice
            key={otherId}
            tone="error"
            title={t(kind === 'hall-overlap' ? 'timetable.overlap' : 'timetable.short-turnaround')}
          >
            {other && `${other.title[language]}, ${hoursOf(other)}`}
          </Notice>
        );
      })}
      {move && (
        <Notice tone="warning" title={t(`move-state.${move.state}`)}>
          <Link to={`/office/programme/screenings/${one.id}/move`}>{t('moves.go-on')}</Link>
        </Notice>
      )}
      {one.delay && <Notice tone="warning" title={t('panel.delayed', { n: one.delay.minutes })} />}
      {one.movedFrom && (
        <Notice>
          {t('panel.moved-from', {
            when: formatShortDayTime(new Date(one.movedFrom.startsAt), one.timezone, language),
            hall: hallName(one.movedFrom.hallId),
          })}
        </Notice>
      )}
      {one.cancelReason && <Notice title={t('panel.cancelled-because')}>{one.cancelReason}</Notice>}
      <ol className={styles.items}>
        {one.items.map((item) => (
          <li key={`${item.kind} ${item.filmId ?? item.title?.en} ${item.minutes}`}>
            <span>
              <strong>
                {films.get(item.filmId ?? '')?.title[language] ?? item.title?.[language] ?? t(`item.${item.kind}`)}
              </strong>
              <small>{t(`item.${item.kind}`)}</small>
            </span>
            <span className="tabular">{t('panel.minutes', { n: item.minutes })}</span>
          </li>
        ))}
      </ol>
      <dl className={styles.facts}>
        {facts.map(([id, word, value]) => (
          <div key={id}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {one.guardianNote && <p className={styles.note}>{one.guardianNote[language]}</p>}
      {may('programmer') && <LifeVerbs screening={one} moving={move !== undefined} />}
      <nav className={styles.links} aria-label={t('panel.further')}>
        <Link to={`/office/sales/screenings/${one.id}`}>
          <Icon name="chart" /> {t('panel.sales')}
        </Link>
        {may('programmer') && (
          <Link to={`/office/plans/${one.planId}?version=${one.planVersion}&screening=${one.id}`}>
            <Icon name="seat" /> {t('panel.blocks')}
          </Link>
        )}
        {['announced', 'on-sale', 'closed'].includes(one.state) && one.visibility !== 'invitation' && (
          <Link to={`/screenings/${one.id}`}>
            <Icon name="eye" /> {t('panel.as-buyer')}
          </Link>
        )}
      </nav>
    </div>
  );
}
