import type { PlanGeometry, ScreeningPrice } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { useWords } from '../i18n';
import type { SeatKind, SeatState } from './hall.rules';
import styles from './hall-view.module.css';
import { SeatGlyph } from './seat-glyph';

/** Always above the map, with the real shapes. */
export function Legend({ prices, plan }: { prices: ScreeningPrice[]; plan: PlanGeometry }) {
  const { t, language } = useWords();
  const accessible = plan.zones.some((zone) => zone.rows.some((row) => row.seats.some((seat) => seat[5] > 0)));
  const states: [string, number, SeatKind, SeatState][] = [
    [t('legend.yours'), 0, 'seat', 'y'],
    [t('legend.held'), 1, 'seat', 'h'],
    [t('legend.sold'), 0, 'seat', 's'],
  ];
  if (accessible) {
    const last = plan.categories.length - 1;
    states.push([t('legend.wheelchair'), last, 'wheelchair', 'f'], [t('legend.companion'), last, 'companion', 'f']);
  }
  return (
    <ul className={styles.legend} aria-label={t('legend.label')}>
      {prices.map((price) => (
        <li key={price.category}>
          <Sample shape={plan.categories.indexOf(price.category)} kind="seat" state="f" />
          <span>
            {price.name[language]}
            <span className="quiet tabular"> {formatMoney(price)}</span>
          </span>
        </li>
      ))}
      {states.map(([word, shape, kind, state]) => (
        <li key={word}>
          <Sample shape={shape} kind={kind} state={state} />
          <span>{word}</span>
        </li>
      ))}
    </ul>
  );
}

export function Sample({ shape, kind, state }: { shape: number; kind: SeatKind; state: SeatState }) {
  return (
    <svg className={styles.sample} viewBox="-17 -17 34 34" aria-hidden="true">
      <SeatGlyph shape={shape} kind={kind} state={state} />
    </svg>
  );
}
