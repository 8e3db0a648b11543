import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Link, Navigate, NavLink, Route, Routes, useLocation } from 'react-router';
import { LANGUAGES, type Language } from '#libs/kernel';
import { programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Icon, Mark } from '../../ui/icon';
import { buttonClass, Empty, Notice, ui, Waiting } from '../../ui/parts';
import { Toasts } from '../../ui/toast';
import styles from './office.module.css';
import { Overview } from './overview';
import { SECTIONS } from './sections';

const SHORT: Record<Language, string> = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

/** The back office: a rail with what the person may do, and the section that is open. */
export default function Office() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const { person, may, isPending } = useSession();
  const open = SECTIONS.filter(({ roles }) => may('admin') || roles.some(may));
  if (isPending) return <Waiting label={t('app.loading')} />;
  if (open.length === 0)
    return (
      <main className={ui.page}>
        <h1>{t('office.title')}</h1>
        <Notice tone="warning" title={t('office.staff-only')}>
          <Link className={buttonClass('quiet')} to={`/sign-in?next=${encodeURIComponent(pathname)}`}>
            {t('nav.sign-in')}
          </Link>
        </Notice>
      </main>
    );
  return (
    <div className={styles.office}>
      <a className={ui.skip} href="#main">
        {t('app.skip')}
      </a>
      <header className={styles.rail}>
        <HouseMark />
        <nav className={styles.ways} aria-label={t('office.sections')}>
          {open.map(({ path, icon }) => (
            <NavLink key={path} to={`/office/${path}`} className={styles.way!}>
              <Icon name={icon} />
              {t(`office.${path}`)}
            </NavLink>
          ))}
        </nav>
        <Who name={person?.name ?? person?.email ?? ''} />
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Waiting label={t('app.loading')} />}>
          <Toasts>
            <Routes>
              <Route index element={<Overview open={open} />} />
              {open.map(({ path, Page }) => (
                <Route key={path} path={`${path}/*`} element={<Page />} />
              ))}
              <Route path="accreditations" element={<Navigate to="/office/accreditation" replace />} />
              <Route
                path="*"
                element={
                  <div className={ui.page}>
                    <Empty title={t('office.not-yours')} />
                  </div>
                }
              />
            </Routes>
          </Toasts>
        </Suspense>
      </main>
    </div>
  );
}

function HouseMark() {
  const { t, language } = useWords();
  const { data } = useQuery(programmeQuery);
  return (
    <Link className={`${styles.mark} display`} to="/office">
      <Mark />
      <span>{data?.edition.name[language] ?? t('app.festival')}</span>
    </Link>
  );
}

function Who({ name }: { name: string }) {
  const { t, language, speak } = useWords();
  return (
    <div className={styles.who}>
      <svg className={styles.ridge} viewBox="0 0 200 56" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 56V40L18 30 34 38 56 14 72 22 92 8 112 30 130 20 150 34 168 12 184 24 200 10V56Z" />
      </svg>
      <strong>{name}</strong>
      <div className={styles.languages} role="group" aria-label={t('app.language')}>
        {LANGUAGES.map((code) => (
          <button key={code} type="button" lang={code} aria-pressed={code === language} onClick={() => speak(code)}>
            {SHORT[code]}
          </button>
        ))}
      </div>
      <Link to="/sign-in/second-factor">{t('office.second-factor')}</Link>
      <Link to="/">{t('office.to-shop')}</Link>
    </div>
  );
}
