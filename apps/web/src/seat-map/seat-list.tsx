import { useState } from 'react';
import { useWords } from '../i18n';
import { Select } from '../ui/fields';
import { ui } from '../ui/parts';
import type { Hall, Seat, SeatState } from './hall.rules';
import { SeatGlyph } from './seat-glyph';
import styles from './seat-map.module.css';

interface Props {
  hall: Hall;
  stateOf(seat: Seat): SeatState;
  priceOf(seat: Seat): string;
  onToggle(seat: Seat): void;
}

/** The map's twin: zone, row, seats as native checkboxes; the same holds, the same basket. */
export function SeatList({ hall, stateOf, priceOf, onToggle }: Props) {
  const { t, language, count } = useWords();
  const first = hall.seats.find((seat) => stateOf(seat) === 'y') ?? hall.seats.find((seat) => stateOf(seat) === 'f');
  const [zone, setZone] = useState(first?.zone ?? 0);
  const rows = hall.zones[zone]!.rows;
  const [row, setRow] = useState(first?.row);
  const [onlyFree, setOnlyFree] = useState(true);
  const freeIn = (seats: Seat[]) => seats.filter((seat) => 'fy'.includes(stateOf(seat))).length;
  const chosenRow = rows.find((one) => one.row === row) ?? rows.find((one) => freeIn(one.seats) > 0) ?? rows[0]!;
  const shown = chosenRow.seats.filter((seat) => !onlyFree || 'fy'.includes(stateOf(seat)));
  return (
    <div className={styles.list}>
      <div className={styles.listChoice}>
        {hall.zones.length > 1 && (
          <Select label={t('map.section')} value={zone} onChange={(event) => setZone(Number(event.target.value))}>
            {hall.zones.map((part) => (
              <option key={part.index} value={part.index}>
                {part.label[language]}
              </option>
            ))}
          </Select>
        )}
        <Select label={t('map.row-label')} value={chosenRow.row} onChange={(event) => setRow(event.target.value)}>
          {rows.map((one) => (
            <option key={one.row} value={one.row}>
              {t('map.row', { row: one.row })} · {count('seats.some', freeIn(one.seats))}
            </option>
          ))}
        </Select>
      </div>
      <label className={ui.check}>
        <input type="checkbox" checked={onlyFree} onChange={(event) => setOnlyFree(event.target.checked)} />
        {t('map.only-free')}
      </label>
      <fieldset>
        <legend>
          <h2>
            {t('map.row', { row: chosenRow.row })}: {count('seats.some', freeIn(chosenRow.seats))}
          </h2>
        </legend>
        {shown.map((seat) => {
          const state = stateOf(seat);
          const can = 'fy'.includes(state);
          return (
            <label
              key={seat.id}
              className={styles.seatLine}
              data-chosen={state === 'y' || undefined}
              data-gone={!can || undefined}
            >
              <input type="checkbox" checked={state === 'y'} disabled={!can} onChange={() => onToggle(seat)} />
              <svg viewBox="-16 -16 32 32" aria-hidden="true">
                <SeatGlyph shape={seat.shape} kind={seat.kind} state={state} number={seat.number} />
              </svg>
              <span>
                {t('map.seat', { seat: seat.number })}
                {seat.kind !== 'seat' &&
                  ` · ${t(seat.kind === 'wheelchair' ? 'legend.wheelchair' : 'legend.companion')}`}
                {!can && ` · ${t(state === 'h' ? 'legend.held' : state === 's' ? 'legend.sold' : 'legend.closed')}`}
              </span>
              <span className="tabular">{can && priceOf(seat)}</span>
            </label>
          );
        })}
      </fieldset>
    </div>
  );
}
