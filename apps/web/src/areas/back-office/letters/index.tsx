import { NavLink, Route, Routes } from 'react-router';
import { useWords } from '../../../i18n';
import styles from './letters.module.css';
import { LogPage } from './log-page';
import { TemplatesPage } from './templates-page';

/** What went out, and what every letter looks like. */
export default function LettersSection() {
  const { t } = useWords();
  return (
    <>
      <nav className={styles.subways} aria-label={t('letters.ways')}>
        <NavLink to="/office/letters" end>
          {t('letters.log')}
        </NavLink>
        <NavLink to="/office/letters/templates">{t('letters.templates')}</NavLink>
      </nav>
      <Routes>
        <Route index element={<LogPage />} />
        <Route path="templates" element={<TemplatesPage />} />
      </Routes>
    </>
  );
}
