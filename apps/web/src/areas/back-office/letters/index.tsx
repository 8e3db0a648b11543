import { Route, Routes } from 'react-router';
import { useWords } from '../../../i18n';
import { SectionWays } from '../../../ui/section-ways';
import { LogPage } from './log-page';
import { TemplatesPage } from './templates-page';

/** What went out, and what every letter looks like. */
export default function LettersSection() {
  const { t } = useWords();
  return (
    <>
      <SectionWays
        label={t('letters.ways')}
        ways={[
          { to: '/office/letters', word: t('letters.log'), end: true },
          { to: '/office/letters/templates', word: t('letters.templates') },
        ]}
      />
      <Routes>
        <Route index element={<LogPage />} />
        <Route path="templates" element={<TemplatesPage />} />
      </Routes>
    </>
  );
}
