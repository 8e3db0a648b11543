import { useQuery } from '@tanstack/react-query';
import type { HouseList as HouseListBody } from '#libs/contracts';
import { houseListQuery } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { type Column, DataTable } from '../../../../ui/data-table';
import { PageHead } from '../../../../ui/overlays';
import { StateWord, ui } from '../../../../ui/parts';
import { useTitle } from '../../../../ui/use-title';
import { useEdition } from '../../use-edition';
import { ScreeningCell } from '../screening-cell';

type Row = HouseListBody['screenings'][number];

/** The screenings of these hours: who is in, who is still expected, and where something does not fit. */
export function HouseList() {
  const { t, count, language } = useWords();
  useTitle(t('house.title'));
  const { id: edition } = useEdition();
  const { data, error, refetch } = useQuery(houseListQuery(edition));
  const columns: Column<Row>[] = [
    {
      id: 'screening',
      title: t('house.screening'),
      names: true,
      cell: (one) => <ScreeningCell to={`/office/door/screenings/${one.id}`} screening={one} />,
    },
    {
      id: 'in',
      title: t('house.in'),
      figures: true,
      cell: (one) => t('house.in-of', { in: one.admitted, of: one.expected }),
    },
    { id: 'devices', title: t('house.devices'), figures: true, cell: (one) => one.devices },
    {
      id: 'conflicts',
      title: t('house.conflicts'),
      cell: (one) =>
        one.conflicts > 0 ? (
          <StateWord tone="error">{count('house.n-conflicts', one.conflicts)}</StateWord>
        ) : (
          <StateWord tone="ok">{t('house.no-conflicts')}</StateWord>
        ),
    },
  ];
  return (
    <div className={ui.page}>
      <PageHead title={t('house.title')} lead={t('house.lead')} />
      <DataTable
        caption={t('house.title')}
        columns={columns}
        rows={data?.screenings}
        rowId={(one) => one.id}
        rowName={(one) => one.title[language]}
        error={error}
        onRetry={() => void refetch()}
        empty={{ title: t('house.none'), children: <p>{t('house.none-how')}</p> }}
      />
    </div>
  );
}
