import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { EditionSales, ScreeningOccupancy } from '#libs/contracts';
import { formatMoney, formatShortDay, formatShortDayTime, venueDate } from '#libs/kernel';
import { editionSalesQuery, reportFile } from '../../../api/sales-office.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Curve, Plot, SmallBars } from '../../../ui/charts';
import { Chip, Chips } from '../../../ui/choices';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { Figures, Menu, PageHead } from '../../../ui/overlays';
import { ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import { dayWord, noonOf } from './plot-days';
import styles from './sales.module.css';

const REPORTS = ['sales', 'occupancy', 'allocations', 'promo-codes', 'refunds', 'settlement', 'cash', 'films'] as const;

/** How the whole festival sells. */
export function EditionPage() {
  const { t, language } = useWords();
  useTitle(t('sales.dashboard'));
  const { may } = useSession();
  const { id } = useEdition();
  const { data, error, refetch } = useQuery({ ...editionSalesQuery(id), enabled: id !== '' });
  if (error && !data)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Waiting label={t('app.loading')} rows={6} />;
  const { totals } = data;
  const money = (amount: number) => formatMoney({ amount, currency: data.currency });
  return (
    <>
      <div className={styles.headRow}>
        <PageHead title={t('sales.dashboard')} lead={t('sales.lead')}>
          {may('finance') && (
            <Menu
              label={t('sales.reports')}
              items={REPORTS.flatMap((report) =>
                (['csv', 'xlsx'] as const).map((format) => ({
                  id: `${report} ${format}`,
                  icon: 'download' as const,
                  label: `${t(`sales.report-${report}`)}, ${format.toUpperCase()}`,
                  onChoose: () => window.location.assign(reportFile(id, report, format, language)),
                })),
              )}
            />
          )}
        </PageHead>
      </div>
      <Figures
        items={[
          { id: 'sold', figure: totals.sold, words: t('sales.sold-of', { seats: totals.seats }) },
          { id: 'money', figure: money(totals.revenue), words: t('sales.refunded', { sum: money(totals.refunded) }) },
          { id: 'booked', figure: totals.booked, words: t('sales.booked') },
          { id: 'in', figure: totals.admitted, words: t('sales.admitted') },
          { id: 'wait', figure: totals.waitlisted, words: t('sales.waiting') },
        ]}
      />
      <div className={styles.body}>
        <Days sales={data} />
        <Fullness screenings={data.screenings} />
        <NoShows screenings={data.screenings} />
        <Screenings screenings={data.screenings} money={money} />
      </div>
    </>
  );
}

function Days({ sales }: { sales: EditionSales }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  if (sales.days.length === 0) return <p className="quiet">{t('sales.none-yet')}</p>;
  let sold = 0;
  const points = sales.days.map((day) => {
    sold += day.sold;
    return { at: noonOf(day.day, zone), value: sold };
  });
  const before = { at: new Date(points[0]!.at.getTime() - 86_400_000), value: 0 };
  return (
    <Plot
      title={t('sales.curve')}
      lead={t('sales.curve-lead')}
      file="seans-sales-by-day"
      facts={{
        head: [t('sales.day'), t('sales.sold'), t('sales.returned'), t('sales.revenue')],
        rows: sales.days.map((day) => [
          formatShortDay(day.day, language),
          day.sold,
          day.returned,
          formatMoney({ amount: day.revenue, currency: sales.currency }),
        ]),
      }}
    >
      <Curve
        points={[before, ...points]}
        lastLabel={(value) => t('sales.sold-n', { n: value })}
        dayLabel={(at) => dayWord(at, zone, language)}
        figure={String}
      />
    </Plot>
  );
}

function Fullness({ screenings }: { screenings: ScreeningOccupancy[] }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const shown = screenings
    .filter((one) => one.state !== 'cancelled' && one.seats > 0)
    .map((one) => ({ ...one, taken: one.seats - one.free, share: (one.seats - one.free) / one.seats }))
    .sort((a, b) => b.share - a.share);
  return (
    <Plot
      title={t('sales.fullness')}
      lead={t('sales.fullness-lead')}
      file="seans-occupancy"
      facts={{
        head: [
          t('sales.screening'),
          t('sales.seats'),
          t('sales.sold'),
          t('sales.booked'),
          t('sales.kept'),
          t('sales.free'),
        ],
        rows: shown.map((one) => [
          `${one.title[language]}, ${formatShortDayTime(new Date(one.startsAt), zone, language)}`,
          one.seats,
          one.sold,
          one.booked,
          one.kept,
          one.free,
        ]),
      }}
    >
      <SmallBars
        bars={shown.slice(0, 12).map((one) => ({
          id: one.screeningId,
          label: `${one.title[language]}, ${formatShortDayTime(new Date(one.startsAt), zone, language)}`,
          value: one.share,
          of: 1,
          words: `${Math.round(one.share * 100)} %`,
        }))}
      />
    </Plot>
  );
}

/** Who had a place and did not come, once a screening is over. */
function NoShows({ screenings }: { screenings: ScreeningOccupancy[] }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const over = screenings
    .filter((one) => one.state === 'ended' && one.sold + one.booked > 0)
    .map((one) => ({ ...one, missing: Math.max(one.sold + one.booked - one.admitted, 0) }));
  if (over.length === 0) return null;
  const named = (one: ScreeningOccupancy) =>
    `${one.title[language]}, ${formatShortDayTime(new Date(one.startsAt), zone, language)}`;
  return (
    <Plot
      title={t('sales.no-shows')}
      lead={t('sales.no-shows-lead')}
      file="seans-no-shows"
      facts={{
        head: [t('sales.screening'), t('sales.expected'), t('sales.admitted'), t('sales.no-shows')],
        rows: over.map((one) => [named(one), one.sold + one.booked, one.admitted, one.missing]),
      }}
    >
      <SmallBars
        bars={over.map((one) => ({
          id: one.screeningId,
          label: named(one),
          value: one.missing,
          of: one.sold + one.booked,
          words: `${one.missing} / ${one.sold + one.booked}`,
        }))}
      />
    </Plot>
  );
}

function Screenings({ screenings, money }: { screenings: ScreeningOccupancy[]; money(amount: number): string }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const days = [...new Set(screenings.map((one) => venueDate(new Date(one.startsAt), zone)))];
  const [day, setDay] = useState<string>();
  const shown = day ? screenings.filter((one) => venueDate(new Date(one.startsAt), zone) === day) : screenings;
  const columns: Column<ScreeningOccupancy>[] = [
    {
      id: 'title',
      title: t('sales.screening'),
      names: true,
      cell: (one) => (
        <TwoLines
          first={<Link to={`/office/sales/screenings/${one.screeningId}`}>{one.title[language]}</Link>}
          second={`${formatShortDayTime(new Date(one.startsAt), zone, language)} · ${one.venue[language]}, ${one.hall[language]}`}
        />
      ),
    },
    { id: 'state', title: t('sales.state'), cell: (one) => t(`sales.state-${one.state}`) },
    { id: 'sold', title: t('sales.sold'), figures: true, cell: (one) => one.sold },
    { id: 'booked', title: t('sales.booked'), figures: true, cell: (one) => one.booked },
    { id: 'kept', title: t('sales.kept'), figures: true, cell: (one) => one.kept },
    { id: 'free', title: t('sales.free'), figures: true, cell: (one) => one.free },
    { id: 'wait', title: t('sales.waiting'), figures: true, cell: (one) => one.waitlisted || '' },
    { id: 'money', title: t('sales.revenue'), figures: true, cell: (one) => money(one.revenue) },
  ];
  return (
    <section className={ui.stack} aria-label={t('sales.screenings')}>
      <h2 className={styles.sectionTitle}>{t('sales.screenings')}</h2>
      <Chips label={t('sales.day')}>
        <Chip on={day === undefined} onToggle={() => setDay(undefined)}>
          <Icon name="calendar" /> {t('sales.all-days')}
        </Chip>
        {days.map((one) => (
          <Chip key={one} on={day === one} onToggle={() => setDay(day === one ? undefined : one)}>
            {formatShortDay(one, language)}
          </Chip>
        ))}
      </Chips>
      <DataTable
        caption={t('sales.screenings')}
        columns={columns}
        rows={shown}
        rowId={(one) => one.screeningId}
        empty={{ title: t('sales.none-yet') }}
      />
    </section>
  );
}
