import type { ScreeningView } from '#libs/contracts';
import { useWords } from '../i18n';
import { ui } from '../ui/parts';
import { type Hall, MANY_SEATS, type Seat, type SeatState } from './hall.rules';
import styles from './hall-view.module.css';
import { HallSections } from './map-parts';
import { SeatList } from './seat-list';
import { SeatMap } from './seat-map';
import { useSeatWords } from './seat-words';

interface Props {
  hall: Hall;
  screening: ScreeningView;
  asList: boolean;
  /** The section of a big hall that was entered. */
  zone: number | null;
  onEnter(zone: number | null): void;
  stateOf(seat: Seat): SeatState;
  onToggle(seat: Seat): void;
}

/** The frame that a hall stands in, for what waits for it. */
export const stageClass = styles.stage!;

export const isBig = (hall: Hall) => hall.seats.length > MANY_SEATS;

/** The hall as a map or as its list twin; a big one by its sections first. */
export function HallView({ hall, screening, asList, zone, onEnter, stateOf, onToggle }: Props) {
  const { t, language } = useWords();
  const { priceOf, nameOf } = useSeatWords(screening);
  const big = isBig(hall);
  const free = (index: number) => hall.zones[index]!.seats.filter((seat) => 'fy'.includes(stateOf(seat))).length;
  return (
    <>
      {big && !asList && <Sections hall={hall} zone={zone} onEnter={onEnter} free={free} />}
      <div id="hall" className={styles.stage} data-list={asList || undefined}>
        {asList ? (
          <SeatList hall={hall} stateOf={stateOf} priceOf={priceOf} onToggle={onToggle} />
        ) : big && zone === null ? (
          <HallSections hall={hall} free={free} onEnter={onEnter} />
        ) : (
          <SeatMap
            key={zone ?? 'all'}
            hall={hall}
            zone={zone}
            stateOf={stateOf}
            nameOf={nameOf}
            onToggle={onToggle}
            label={t('map.label', { title: screening.title[language] })}
          />
        )}
      </div>
    </>
  );
}

interface SectionsProps {
  hall: Hall;
  zone: number | null;
  onEnter(zone: number | null): void;
  free(zone: number): number;
}

function Sections({ hall, zone, onEnter, free }: SectionsProps) {
  const { t, language, count } = useWords();
  return (
    <div className={styles.sections} role="group" aria-label={t('map.sections')}>
      <button type="button" className={ui.chip} aria-pressed={zone === null} onClick={() => onEnter(null)}>
        {t('map.whole')}
      </button>
      {hall.zones.map((part) => (
        <button
          key={part.index}
          type="button"
          className={ui.chip}
          aria-pressed={zone === part.index}
          onClick={() => onEnter(part.index)}
        >
          {part.label[language]} · {count('seats.some', free(part.index))}
        </button>
      ))}
    </div>
  );
}
