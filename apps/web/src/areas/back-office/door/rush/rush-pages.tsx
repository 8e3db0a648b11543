import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { RushLines } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { rushDeskQuery, rushLinesQuery } from '../../../../api/tickets-rush.api';
import { useWords } from '../../../../i18n';
import { type Column, DataTable } from '../../../../ui/data-table';
import { PageHead } from '../../../../ui/overlays';
import { ui } from '../../../../ui/parts';
import { useTitle } from '../../../../ui/use-title';
import { useEdition } from '../../use-edition';
import { ScreeningCell } from '../screening-cell';
import { RushPanel } from './rush-panel';

type Row = RushLines['lines'][number];

/** The lines of these hours, for whoever calls their numbers. */
export function RushList() {
  const { t, language } = useWords();
  useTitle(t('rush.title'));
  const { id: edition } = useEdition();
  const { data, error, refetch } = useQuery(rushLinesQuery(edition));
  const columns: Column<Row>[] = [
    {
      id: 'screening',
      title: t('house.screening'),
      names: true,
      cell: (one) => <ScreeningCell to={`/office/door/rush/${one.screeningId}`} screening={one} />,
    },
    { id: 'waiting', title: t('rush.waiting-column'), figures: true, cell: (one) => one.waiting },
  ];
  return (
    <div className={ui.page}>
      <PageHead title={t('rush.title')} lead={t('rush.lead')} />
      <DataTable
        caption={t('rush.title')}
        columns={columns}
        rows={data?.lines}
        rowId={(one) => one.screeningId}
        rowName={(one) => one.title[language]}
        error={error}
        onRetry={() => void refetch()}
        empty={{ title: t('rush.none') }}
      />
    </div>
  );
}

/** One line on a screen of its own: at the door, or where everybody in it can see. */
export function RushPage() {
  const { t, language } = useWords();
  const { screeningId = '' } = useParams();
  const { data } = useQuery(rushDeskQuery(screeningId));
  useTitle(t('rush.title'));
  const where =
    data && `${formatShortDayTime(new Date(data.startsAt), data.timezone, language)} · ${data.hall[language]}`;
  return (
    <div className={ui.page}>
      <PageHead title={data ? data.title[language] : t('rush.title')} lead={where} />
      <RushPanel screening={screeningId} />
    </div>
  );
}
