import type { HouseDevice, HousePage } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { useWords } from '../../../../i18n';
import { type Column, DataTable, TwoLines } from '../../../../ui/data-table';
import { StateWord } from '../../../../ui/parts';
import styles from './house.module.css';

type Gate = HousePage['gates'][number];
/** Within so many seconds a device counts as heard of. */
const HEARD_S = 60;
/** A list that is older stands out. */
const OLD_LIST_S = 15 * 60;

/** How each entrance goes. */
export function GateTable({ house }: { house: HousePage }) {
  const { t } = useWords();
  const { timezone } = house.screening;
  const columns: Column<Gate>[] = [
    { id: 'gate', title: t('house.gate'), names: true, cell: ({ gate }) => gate },
    { id: 'in', title: t('house.in'), figures: true, cell: ({ admitted }) => admitted },
    { id: 'rate', title: t('house.a-minute'), figures: true, cell: ({ perMinute }) => perMinute },
    { id: 'no', title: t('house.refused'), figures: true, cell: ({ refused }) => refused },
    {
      id: 'last',
      title: t('house.last'),
      figures: true,
      cell: ({ lastAt }) => (lastAt ? venueTime(new Date(lastAt), timezone) : '—'),
    },
  ];
  return (
    <section className={styles.part} aria-labelledby="gates">
      <h2 id="gates">{t('house.gates')}</h2>
      <DataTable
        caption={t('house.gates')}
        columns={columns}
        rows={house.gates}
        rowId={({ gate }) => gate}
        empty={{ title: t('house.no-gates') }}
      />
    </section>
  );
}

/** What each device last said: how fresh its list is and what it has not sent yet. */
export function DeviceTable({ house }: { house: HousePage }) {
  const { t, count } = useWords();
  const ago = (seconds: number | null) =>
    seconds === null
      ? t('house.never')
      : seconds < HEARD_S
        ? t('house.just-now')
        : count('house.n-minutes-ago', Math.floor(seconds / 60));
  const columns: Column<HouseDevice>[] = [
    {
      id: 'device',
      title: t('house.device'),
      names: true,
      cell: ({ name, gate }) => <TwoLines first={name} second={t('house.at-gate', { gate })} />,
    },
    {
      id: 'state',
      title: t('house.state'),
      cell: ({ synced, waiting }) =>
        synced ? (
          <StateWord tone="ok">{t('house.synced')}</StateWord>
        ) : (
          <StateWord tone="warning">{waiting > 0 ? count('house.n-waiting', waiting) : t('house.silent')}</StateWord>
        ),
    },
    { id: 'seen', title: t('house.seen'), cell: ({ silentFor }) => ago(silentFor) },
    {
      id: 'list',
      title: t('house.list-age'),
      cell: ({ listAge }) =>
        listAge !== null && listAge > OLD_LIST_S ? <StateWord tone="warning">{ago(listAge)}</StateWord> : ago(listAge),
    },
  ];
  return (
    <section className={styles.part} aria-labelledby="devices">
      <h2 id="devices">{t('house.devices')}</h2>
      <DataTable
        caption={t('house.devices')}
        columns={columns}
        rows={house.devices}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        empty={{ title: t('house.no-devices') }}
      />
    </section>
  );
}
