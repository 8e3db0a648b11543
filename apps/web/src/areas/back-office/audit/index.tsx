import { NavLink, Route, Routes } from 'react-router';
import { useWords } from '../../../i18n';
import styles from './audit.module.css';
import { AuditPage } from './audit-page';
import { DeadLettersPage } from './dead-letters-page';

/** What was done by whom, and what services could not hear. */
export default function AuditSection() {
  const { t } = useWords();
  return (
    <>
      <nav className={styles.subways} aria-label={t('audit.ways')}>
        <NavLink to="/office/audit" end>
          {t('audit.log')}
        </NavLink>
        <NavLink to="/office/audit/dead-letters">{t('audit.dead-letters')}</NavLink>
      </nav>
      <Routes>
        <Route index element={<AuditPage />} />
        <Route path="dead-letters" element={<DeadLettersPage />} />
      </Routes>
    </>
  );
}
