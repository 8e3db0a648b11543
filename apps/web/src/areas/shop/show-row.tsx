import { Link } from 'react-router';
import type { Programme } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { useWords } from '../../i18n';
import { feltOf, PosterArt } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { buttonClass, StateWord } from '../../ui/parts';
import plans from './plan.module.css';
import { placeOf, type Show } from './programme.rules';
import styles from './shop.module.css';
import { Star } from './star';
import { Availability, ScreeningTags, SectionLine, useCredits, usePriceWords } from './wording';

interface Props {
  show: Show;
  programme: Programme;
  free: number | undefined;
  /** Festival time; null while it is not known. */
  now: Date | null;
}

/** The one verb of a screening: choose seats, take a ticket, book on a badge, or nothing any more. */
export function Verb({ show, free, now }: Pick<Props, 'show' | 'free' | 'now'>) {
  const { t, language } = useWords();
  const { screening } = show;
  const over = now !== null && now > new Date(screening.endsAt);
  if (over || screening.state === 'ended') return <span className="quiet small">{t('verb.over')}</span>;
  if (screening.state === 'cancelled') return <span className="quiet small">{t('verb.cancelled')}</span>;
  if (screening.visibility !== 'public')
    return (
      <Link className={buttonClass('outline')} to="/accreditation">
        {t('verb.badge')}
      </Link>
    );
  if (screening.state !== 'on-sale') return <span className="quiet small">{t('verb.later')}</span>;
  const isFree = screening.prices.every((price) => price.amount === 0);
  return (
    <Link
      className={buttonClass(free === 0 ? 'outline' : 'primary')}
      to={`/screenings/${screening.id}`}
      aria-label={`${isFree ? t('verb.take') : t('verb.choose')}: ${screening.title[language]}`}
    >
      {free === 0 ? t('verb.look') : isFree ? t('verb.take') : t('verb.choose')}
    </Link>
  );
}

function Where({ show, programme, free }: Pick<Props, 'show' | 'programme' | 'free'>) {
  const { language } = useWords();
  const { venue, hall } = placeOf(programme, show.screening);
  return (
    <div className={styles.where}>
      <span className={styles.fact}>
        <Icon name="place" />
        {venue?.name[language]}, {hall?.name[language]}
      </span>
      <Availability screening={show.screening} free={free} />
    </div>
  );
}

function Title({ show }: { show: Show }) {
  const { language } = useWords();
  const words = show.screening.title[language];
  return show.film ? <Link to={`/films/${show.film.id}`}>{words}</Link> : words;
}

/** One word where a show is not as it was announced; the whole story stands on its own page. */
function Changes({ screening }: { screening: Show['screening'] }) {
  const { t } = useWords();
  if (screening.state === 'cancelled') return <StateWord tone="error">{t('verb.cancelled')}</StateWord>;
  if (screening.movedFrom) return <StateWord tone="warning">{t('change-word.moved')}</StateWord>;
  if (screening.delay)
    return <StateWord tone="warning">{t('change-word.delayed', { n: screening.delay.minutes })}</StateWord>;
  return null;
}

export function ShowRow({ show, programme, free, now }: Props) {
  const { t, language } = useWords();
  const credits = useCredits();
  const price = usePriceWords();
  const { screening, film } = show;
  const talk = screening.items.find((item) => item.kind === 'talk')?.title?.[language];
  return (
    <li className={styles.row}>
      <div className={styles.hour}>
        <time className="display" dateTime={screening.startsAt}>
          {venueTime(new Date(screening.startsAt), screening.timezone)}
        </time>
        <span className="small quiet">
          {t('programme.until', { time: venueTime(new Date(screening.endsAt), screening.timezone) })}
        </span>
      </div>
      <div className={styles.rowArt}>
        <PosterArt {...show.poster} />
      </div>
      <div className={styles.rowText}>
        <SectionLine show={show} />
        <h3 className={styles.rowTitle}>
          <Title show={show} />
        </h3>
        {film && <p className="small">{credits(film, false)}</p>}
        {talk && <p className="small">{talk}</p>}
        <ScreeningTags screening={screening} />
        <Changes screening={screening} />
      </div>
      <Where show={show} programme={programme} free={free} />
      <div className={styles.rowVerb}>
        <strong className="tabular">{price(screening)}</strong>
        <span className={plans.verbs}>
          <Star id={screening.id} title={screening.title[language]} />
          <Verb show={show} free={free} now={now} />
        </span>
      </div>
    </li>
  );
}

/** The main show of the day: a band in its felts. */
export function MainShow({ show, programme, free, now }: Props) {
  const { t, language } = useWords();
  const credits = useCredits();
  const price = usePriceWords();
  const { screening, film } = show;
  const talk = screening.items.find((item) => item.kind === 'talk')?.title?.[language];
  return (
    <article className={`${styles.band} ${feltOf(show.poster)}`}>
      <div className={styles.bandArt}>
        <PosterArt {...show.poster} format="wide" />
      </div>
      <div className={styles.bandText}>
        <SectionLine show={show} before={t('programme.main')} extra={talk} />
        <div className={styles.bandHead}>
          <time className={`${styles.bandHour} display`} dateTime={screening.startsAt}>
            {venueTime(new Date(screening.startsAt), screening.timezone)}
          </time>
          <h3 className={styles.bandTitle}>
            <Title show={show} />
          </h3>
        </div>
        {film && <p>{credits(film)}</p>}
        <ScreeningTags screening={screening} />
        <div className={styles.bandFoot}>
          <Where show={show} programme={programme} free={free} />
          <strong className="tabular">{price(screening, true)}</strong>
          <span className={plans.verbs}>
            <Star id={screening.id} title={screening.title[language]} />
            <Verb show={show} free={free} now={now} />
          </span>
        </div>
      </div>
    </article>
  );
}
