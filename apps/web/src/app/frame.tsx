import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { formatShortDayTime, HOUR, LANGUAGES, type Language, MINUTE } from '#libs/kernel';
import { clockQuery, programmeQuery, stepClock } from '../api/screenings.api';
import { sessionQuery, signOut } from '../api/session.api';
import { useWords } from '../i18n';
import { useSession } from '../session/use-session';
import { Icon, type IconName, Mark } from '../ui/icon';
import { ui } from '../ui/parts';
import styles from './frame.module.css';
import { forgetPapers } from './offline';
import { exchangeTheme } from './theme';

const SHORT: Record<Language, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };
const LONG: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

/** Everything around a page: mark, ways, languages, demo clock, footnotes. A page that opens with art wears the bar on it. */
export function Frame() {
  const { t, language } = useWords();
  const { pathname } = useLocation();
  const { data } = useQuery(programmeQuery);
  const buying = /^\/(screenings\/|checkout)/.test(pathname);
  const onArt = pathname === '/' || /^\/films\/./.test(pathname);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new page is read from its top
  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className={styles.frame}>
      <a className={ui.skip} href="#main">
        {t('app.skip')}
      </a>
      <header className={styles.bar} data-on-art={onArt || undefined} data-buying={buying || undefined}>
        <Link className={styles.mark} to="/">
          <Mark />
          <span className="display">{data?.edition.name[language] ?? t('app.festival')}</span>
        </Link>
        <nav className={styles.ways} aria-label={t('nav.label')}>
          <Way to="/" word={t('nav.programme')} icon="calendar" end />
          <Way to="/films" word={t('nav.films')} icon="star" />
          <Way to="/venues" word={t('nav.venues')} icon="place" wideOnly />
          <Way to="/accreditation" word={t('nav.accreditation')} icon="person" />
          <Way to="/tickets" word={t('nav.tickets')} icon="ticket" />
        </nav>
        <Languages />
      </header>
      <DemoClock />
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <footer className={styles.foot}>
        {data?.edition.notice && <p className={styles.note}>{data.edition.notice[language]}</p>}
        <div className={styles.footRow}>
          <Link to="/venues">{t('nav.venues')}</Link>
          <Link to="/passes">{t('nav.passes')}</Link>
          <Link to="/find-tickets">{t('nav.find-tickets')}</Link>
          <StaffWays />
          <Link to="/privacy">{t('nav.privacy')}</Link>
          <button type="button" className={ui.quietButton} onClick={() => exchangeTheme()}>
            {t('app.theme')}
          </button>
        </div>
      </footer>
    </div>
  );
}

interface WayProps {
  to: string;
  word: string;
  icon: IconName;
  end?: boolean;
  /** A phone's bar has room for four. */
  wideOnly?: boolean;
}

function Way({ to, word, icon, end, wideOnly }: WayProps) {
  return (
    <NavLink to={to} end={end} className={styles.way!} data-wide-only={wideOnly || undefined}>
      <Icon name={icon} />
      <span>{word}</span>
    </NavLink>
  );
}

function Languages() {
  const { t, language, speak } = useWords();
  return (
    <div className={styles.languages} role="group" aria-label={t('app.language')}>
      {LANGUAGES.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          aria-label={LONG[code]}
          className={styles.language}
          onClick={() => speak(code)}
        >
          {SHORT[code]}
        </button>
      ))}
    </div>
  );
}

function StaffWays() {
  const { t } = useWords();
  const client = useQueryClient();
  const { person, may } = useSession();
  if (!person) return <Link to="/sign-in">{t('nav.sign-in')}</Link>;
  async function leave() {
    await signOut();
    await forgetPapers();
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }
  return (
    <>
      {person.roles.length > 0 && <Link to="/office">{t('nav.office')}</Link>}
      {may('box-office') && <a href="/counter">{t('nav.counter')}</a>}
      {(may('house-manager') || may('gate')) && <a href="/scanner">{t('nav.scan')}</a>}
      <button type="button" className={ui.quietButton} onClick={() => void leave()}>
        {t('nav.sign-out', { who: person.name ?? person.email })}
      </button>
    </>
  );
}

/** Says that the festival's time is not today's, on every page; an admin can step it. */
function DemoClock() {
  const { t, language } = useWords();
  const { may } = useSession();
  const client = useQueryClient();
  const { data } = useQuery(clockQuery);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  if (!data || Math.abs(data.offsetMs) < MINUTE) return null;
  const now = Date.now() + data.aheadMs + data.offsetMs;
  const step = (ms: number) =>
    stepClock({ editionId: data.editionId, now: new Date(now + ms).toISOString() }).then(() =>
      client.invalidateQueries({ queryKey: clockQuery.queryKey }),
    );
  return (
    <div className={styles.clock}>
      <Icon name="clock" />
      <span>{t('clock.line', { time: formatShortDayTime(new Date(now), data.timezone, language) })}</span>
      {may('admin') && (
        <span className={styles.steps} role="group" aria-label={t('clock.step')}>
          <button type="button" onClick={() => void step(HOUR)}>
            +1 {t('clock.hour')}
          </button>
          <button type="button" onClick={() => void step(24 * HOUR)}>
            +1 {t('clock.day')}
          </button>
          <button type="button" onClick={() => void step(-24 * HOUR)}>
            −1 {t('clock.day')}
          </button>
        </span>
      )}
    </div>
  );
}
