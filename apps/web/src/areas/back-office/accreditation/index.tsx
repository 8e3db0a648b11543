import { useQuery } from '@tanstack/react-query';
import { Route, Routes } from 'react-router';
import { alertsQuery } from '../../../api/accreditations-office.api';
import { duplicatesQuery } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { SectionWays } from '../../../ui/section-ways';
import { useEdition } from '../use-edition';
import { AlertsPage } from './alerts-page';
import { DelegationsPage } from './delegations-page';
import { DeskPage } from './desk-page';
import { DocumentsPage } from './documents-page';
import { DuplicatesPage } from './duplicates-page';
import { ExtrasPage } from './extras-page';
import styles from './office-accreditation.module.css';
import { PrintsPage } from './prints-page';
import { QueuePage } from './queue-page';
import { QuotasPage } from './quotas-page';
import { ReleasesPage } from './releases-page';

const PAGES = [
  ['', 'queue'],
  ['desk', 'desk'],
  ['releases', 'releases'],
  ['duplicates', 'duplicates'],
  ['quotas', 'quotas'],
  ['delegations', 'delegations'],
  ['documents', 'documents'],
  ['prints', 'prints'],
  ['extras', 'extras'],
  ['alerts', 'alerts'],
] as const;

/** Everything that officers of accreditation do. */
export default function AccreditationSection() {
  const { t } = useWords();
  const { id: edition } = useEdition();
  const { data: alerts } = useQuery(alertsQuery(edition));
  const { data: twins } = useQuery(duplicatesQuery(edition));
  const counts: Partial<Record<string, number>> = {
    alerts: alerts?.alerts.filter((alert) => alert.seenAt === null).length,
    duplicates: twins?.pairs.length,
  };
  return (
    <>
      <SectionWays
        label={t('acc.pages')}
        ways={PAGES.map(([path, name]) => ({
          to: `/office/accreditation${path && `/${path}`}`,
          word: t(`acc.page-${name}`),
          end: path === '',
          ...(counts[name] && { count: counts[name] }),
        }))}
      />
      <div className={styles.body}>
        <Routes>
          <Route index element={<QueuePage />} />
          <Route path="applications/:id" element={<QueuePage />} />
          <Route path="desk" element={<DeskPage />} />
          <Route path="releases/:id?" element={<ReleasesPage />} />
          <Route path="duplicates" element={<DuplicatesPage />} />
          <Route path="quotas" element={<QuotasPage />} />
          <Route path="delegations" element={<DelegationsPage />} />
          <Route path="documents" element={<DocumentsPage />} />
          <Route path="prints" element={<PrintsPage />} />
          <Route path="extras/:id?" element={<ExtrasPage />} />
          <Route path="alerts" element={<AlertsPage />} />
        </Routes>
      </div>
    </>
  );
}
