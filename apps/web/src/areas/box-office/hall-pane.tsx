import { useCallback, useState } from 'react';
import type { HeldSeats, ScreeningView } from '#libs/contracts';
import { useWords } from '../../i18n';
import type { Hall, Seat, SeatState } from '../../seat-map/hall.rules';
import { HallView, isBig } from '../../seat-map/hall-view';
import { Legend } from '../../seat-map/legend';
import { Segmented } from '../../ui/choices';
import { Notice, Waiting } from '../../ui/parts';
import { KeysButton } from './keys';
import type { Stage } from './keys.rules';
import styles from './sale.module.css';

const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9];

interface Props {
  screening: ScreeningView;
  hall: Hall | undefined;
  states: string | undefined;
  hold: HeldSeats | undefined;
  trouble: string;
  /** Nothing can be chosen now: a sale is under way. */
  locked: boolean;
  stage: Stage;
  zone: number | null;
  onZone(zone: number | null): void;
  onToggle(seat: Seat): void;
  onBest(count: number): void;
}

/** The hall as it stands for everybody, and the best seats by number of people. */
export function HallPane(props: Props) {
  const { screening, hall, states, hold, trouble, locked, zone, onToggle } = props;
  const { t } = useWords();
  const [asList, setAsList] = useState(() => window.innerWidth < 360 || matchMedia('(forced-colors: active)').matches);
  const stateOf = useCallback(
    (seat: Seat): SeatState =>
      hold?.seats.some(({ id }) => id === seat.id) ? 'y' : ((states?.[seat.index] ?? 'n') as SeatState),
    [hold, states],
  );
  return (
    <section className={styles.hall} aria-label={t('counter.hall')}>
      {trouble && <Notice tone="error" title={trouble} />}
      <div className={styles.hallTop}>
        {hall && <Legend prices={screening.prices} plan={hall.plan} />}
        <Segmented
          label={t('counter.view')}
          options={[
            { value: 'map', label: t('counter.map'), icon: 'map' },
            { value: 'list', label: t('counter.list'), icon: 'list' },
          ]}
          value={asList ? 'list' : 'map'}
          onChoose={(view) => setAsList(view === 'list')}
        />
      </div>
      <div className={styles.hallMap} data-list={asList || undefined}>
        {hall && states !== undefined ? (
          <HallView
            hall={hall}
            screening={screening}
            asList={asList}
            zone={isBig(hall) ? zone : null}
            onEnter={props.onZone}
            stateOf={stateOf}
            onToggle={(seat) => !locked && onToggle(seat)}
          />
        ) : (
          <Waiting label={t('app.loading')} />
        )}
      </div>
      <div className={styles.best}>
        <span id="best">{t('counter.best')}</span>
        <div role="group" aria-labelledby="best">
          {SIZES.map((n) => (
            <button
              key={n}
              type="button"
              aria-pressed={hold?.seats.length === n}
              aria-disabled={locked || undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => !locked && props.onBest(n)}
            >
              {n}
            </button>
          ))}
        </div>
        <KeysButton stage={props.stage} />
      </div>
    </section>
  );
}
