import { Route, Routes } from 'react-router';
import { useWords } from '../../../i18n';
import { SectionWays } from '../../../ui/section-ways';
import { AuditPage } from './audit-page';
import { DeadLettersPage } from './dead-letters-page';

/** What was done by whom, and what services could not hear. */
export default function AuditSection() {
  const { t } = useWords();
  return (
    <>
      <SectionWays
        label={t('audit.ways')}
        ways={[
          { to: '/office/audit', word: t('audit.log'), end: true },
          { to: '/office/audit/dead-letters', word: t('audit.dead-letters') },
        ]}
      />
      <Routes>
        <Route index element={<AuditPage />} />
        <Route path="dead-letters" element={<DeadLettersPage />} />
      </Routes>
    </>
  );
}
