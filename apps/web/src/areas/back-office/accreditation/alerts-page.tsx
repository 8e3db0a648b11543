import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { BadgeAlert } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { alertSeen, alertsQuery } from '../../../api/accreditations-office.api';
import { programmeQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { type Column, DataTable, TwoLines } from '../../../ui/data-table';
import { PageHead } from '../../../ui/overlays';
import { Button, StateWord } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';

const ZONE = 'Asia/Almaty';

/** Lost badges that somebody showed at a door. */
export function AlertsPage() {
  const { t, language } = useWords();
  useTitle(t('acc.page-alerts'));
  const { id: edition } = useEdition();
  const client = useQueryClient();
  const { data: programme } = useQuery(programmeQuery);
  const { data, error, refetch } = useQuery(alertsQuery(edition));
  const seen = useMutation({
    mutationFn: alertSeen,
    onSettled: () => client.invalidateQueries({ queryKey: alertsQuery(edition).queryKey }),
  });
  const screening = (id: string) => programme?.screenings.find((one) => one.id === id)?.title[language] ?? id;
  const columns: Column<BadgeAlert>[] = [
    {
      id: 'who',
      title: t('decide.who'),
      names: true,
      cell: (alert) => (
        <TwoLines
          first={
            <Link to={`/office/accreditation/applications/${alert.applicationId}`}>
              {alert.name ?? t('decide.forgotten')}
            </Link>
          }
          second={alert.shortCode}
        />
      ),
    },
    { id: 'where', title: t('alerts.where'), cell: (alert) => `${screening(alert.screeningId)} · ${alert.gate}` },
    { id: 'at', title: t('alerts.when'), cell: (alert) => formatShortDayTime(new Date(alert.at), ZONE, language) },
    {
      id: 'seen',
      title: t('decide.state'),
      cell: (alert) =>
        alert.seenAt ? (
          <StateWord tone="ok">{t('alerts.seen')}</StateWord>
        ) : (
          <Button kind="outline" busy={seen.isPending} onClick={() => seen.mutate(alert.id)}>
            {t('alerts.see')}
          </Button>
        ),
    },
  ];
  return (
    <div className={styles.page}>
      <PageHead title={t('acc.page-alerts')} lead={t('alerts.lead')} />
      <DataTable
        caption={t('acc.page-alerts')}
        columns={columns}
        rows={data?.alerts}
        error={error}
        onRetry={() => void refetch()}
        rowId={(alert) => alert.id}
        empty={{ title: t('alerts.none') }}
      />
    </div>
  );
}
