import { useWords } from '../../i18n';
import { Curve, HallOccupancy, Plot, SmallBars, StackedBar } from '../../ui/charts';
import styles from './design.module.css';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2019, 8, 2, 6);
const SOLD = [0, 60, 88, 110, 121, 130, 142, 150, 160, 171, 182, 195, 207, 213, 218];

/** The four kinds of plot, each with its table. */
export function DesignPlots() {
  const { t } = useWords();
  const points = SOLD.map((value, index) => ({ at: new Date(FIRST + index * DAY_MS), value }));
  const shares = [
    { id: 'public', label: t('design.primary'), used: 218, of: 236, fill: 'solid' as const },
    { id: 'press', label: t('design.outline'), used: 19, of: 30, fill: 'stripe' as const },
    { id: 'guests', label: t('design.quiet'), used: 17, of: 24, fill: 'grid' as const },
    { id: 'jury', label: t('design.note'), used: 5, of: 6, fill: 'lines' as const },
    { id: 'industry', label: t('design.search'), used: 9, of: 24, fill: 'dots' as const },
  ];
  const seats = Array.from({ length: 96 }, (_, index) => ({
    id: String(index),
    x: (index % 16) * 30 + (index % 16 > 7 ? 30 : 0),
    y: Math.floor(index / 16) * 36,
    fill: (['solid', 'solid', 'free', 'stripe', 'free', 'bars'] as const)[index % 6]!,
  }));
  const table = { head: [t('design.note'), t('design.seats')], rows: shares.map((one) => [one.label, one.used]) };
  return (
    <section className={styles.part} aria-labelledby="plots">
      <h2 id="plots">{t('design.plots')}</h2>
      <Plot
        title={t('design.curve')}
        file="curve"
        facts={{
          head: [t('design.note'), t('design.seats')],
          rows: points.map((one) => [one.at.toISOString().slice(0, 10), one.value]),
        }}
      >
        <Curve
          points={points}
          compared={points.map((one) => ({ at: one.at, value: one.value * 0.8 }))}
          comparedLabel={t('design.compared')}
          events={[{ at: new Date(FIRST + DAY_MS), label: t('design.primary') }]}
          limit={346}
          limitLabel="346"
          lastLabel={String}
          dayLabel={(at) => String(at.getUTCDate())}
          figure={String}
        />
      </Plot>
      <Plot title={t('design.shares')} file="shares" facts={table}>
        <StackedBar shares={shares} figure={(used, of) => `${used} / ${of}`} />
      </Plot>
      <div className={styles.two}>
        <Plot title={t('design.bars')} file="bars" facts={table}>
          <SmallBars
            bars={shares.map((one) => ({
              id: one.id,
              label: one.label,
              value: one.used,
              of: one.of,
              words: `${one.used} / ${one.of}`,
            }))}
          />
        </Plot>
        <Plot title={t('design.hall')} file="hall" facts={table}>
          <HallOccupancy pitch={30} seats={seats} />
        </Plot>
      </div>
    </section>
  );
}
