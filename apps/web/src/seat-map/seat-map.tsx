import { createRef, type KeyboardEvent, memo, useCallback, useId, useMemo, useState } from 'react';
import { useWords } from '../i18n';
import { Icon } from '../ui/icon';
import {
  boxOf,
  type Direction,
  type Hall,
  neighbour,
  PITCH,
  rowEnds,
  type Seat,
  type SeatState,
  SMALLEST_TARGET,
  TOUCH_TARGET,
  ZOOMED_PITCH,
} from './hall.rules';
import { MiniMap, RowRail, Screen } from './map-parts';
import styles from './seat-map.module.css';
import { SeatRow } from './seat-row';
import { SpokenChanges } from './spoken-changes';
import { useGestures } from './use-gestures';
import { type MapParts, useViewport } from './use-viewport';

interface Props {
  hall: Hall;
  /** The section that was entered; null shows all seats. */
  zone: number | null;
  stateOf(seat: Seat): SeatState;
  /** "Row 7, seat 14, zone A, 2 500 ₸, free" */
  nameOf(seat: Seat, state: SeatState): string;
  onToggle(seat: Seat): void;
  label: string;
}

const STEP = 1.6;
const ARROWS: Record<string, Direction | undefined> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const MOVES = [...Object.keys(ARROWS), 'Home', 'End', 'PageUp', 'PageDown'];
const BLOCK = 5;

/** The hall in SVG: mouse, touch and keyboard. One tab stop; the list twin beside it has the same seats as checkboxes. */
export function SeatMap({ hall, zone, stateOf, nameOf, onToggle, label }: Props) {
  const { t } = useWords();
  const id = useId();
  const { pitch } = hall.plan;
  const part = zone === null ? undefined : hall.zones[zone];
  const seats = part?.seats ?? hall.seats;
  const box = useMemo(() => (part ? boxOf(part.seats, hall.plan, false) : hall.box), [hall, part]);
  const rows = useMemo(
    () => (part ? [part] : hall.zones).flatMap(({ index, rows: all }) => all.map((row) => ({ ...row, zone: index }))),
    [hall, part],
  );
  const [parts] = useState<MapParts>(() => ({
    frame: createRef(),
    group: createRef(),
    rail: createRef(),
    window: createRef(),
  }));
  const viewport = useViewport(parts, box, pitch);
  const [active, setActive] = useState<Seat>();
  const [focused, setFocused] = useState(false);

  function choose(seat: Seat) {
    setActive(seat);
    if ('fy'.includes(stateOf(seat))) onToggle(seat);
  }
  const gestures = useGestures(parts.frame, viewport, (at, touch) => {
    const view = viewport.view();
    if (pitch * view.scale < (touch ? TOUCH_TARGET : SMALLEST_TARGET)) {
      viewport.zoom(ZOOMED_PITCH / pitch / view.scale, at);
      return;
    }
    const [x, y] = [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale];
    const hit = seats.find((seat) => Math.abs(seat.x - x) <= pitch / 2 && Math.abs(seat.y - y) <= pitch / 2);
    if (hit) choose(hit);
  });

  function moved(from: Seat, key: string): Seat | undefined {
    const arrow = ARROWS[key];
    if (arrow) return neighbour(seats, from, arrow);
    if (key === 'Home') return rowEnds(seats, from)[0];
    if (key === 'End') return rowEnds(seats, from)[1];
    let seat = from;
    for (let i = 0; i < BLOCK; i++) seat = neighbour(seats, seat, key === 'PageUp' ? 'up' : 'down') ?? seat;
    return seat;
  }
  function onKeyDown(event: KeyboardEvent) {
    const from = active ?? seats.find((seat) => stateOf(seat) === 'f') ?? seats[0];
    if (!from) return;
    if (event.key === '+' || event.key === '=') viewport.zoom(STEP);
    else if (event.key === '-') viewport.zoom(1 / STEP);
    else if (event.key === '0') viewport.fit();
    else if (event.key === 'Escape') (event.currentTarget as SVGElement).blur();
    else if (event.key === ' ' || event.key === 'Enter') choose(from);
    else if (MOVES.includes(event.key)) {
      const next = active ? moved(from, event.key) : from;
      if (next) {
        setActive(next);
        viewport.bringClear(next);
      }
    } else return;
    event.preventDefault();
  }

  return (
    <div className={styles.map} ref={parts.frame}>
      <svg
        className={styles.svg}
        role="grid"
        aria-label={label}
        aria-describedby={`${id}keys`}
        tabIndex={0}
        aria-activedescendant={active && focused ? `${id}-${active.id}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => {
          setFocused(true);
          setActive((seat) => seat ?? seats.find((other) => stateOf(other) === 'f'));
        }}
        onBlur={() => setFocused(false)}
        {...gestures}
      >
        <g role="presentation" ref={parts.group}>
          {zone === null && <Screen hall={hall} />}
          <Rows id={id} rows={rows} stateOf={stateOf} nameOf={nameOf} />
          {active && focused && (
            <rect className={styles.focusRing} x={active.x - 16} y={active.y - 16} width={32} height={32} rx={5} />
          )}
        </g>
      </svg>
      <RowRail rows={rows} names={parts.rail} />
      <MiniMap seats={seats} box={box} window={parts.window} stateOf={stateOf} />
      <div className={styles.zoom}>
        <button type="button" aria-label={t('map.closer')} onClick={() => viewport.zoom(STEP)}>
          <Icon name="plus" />
        </button>
        <button type="button" aria-label={t('map.farther')} onClick={() => viewport.zoom(1 / STEP)}>
          <Icon name="minus" />
        </button>
      </div>
      <p className={styles.tapHint} aria-hidden="true">
        {t('map.tap')}
      </p>
      <p id={`${id}keys`} className="visually-hidden">
        {t('map.keys')}
      </p>
      <SpokenChanges seats={seats} stateOf={stateOf} shows={useCallback((seat) => viewport.shows(seat), [viewport])} />
    </div>
  );
}

interface Row {
  row: string;
  zone: number;
  seats: Seat[];
}
type RowsProps = Pick<Props, 'stateOf' | 'nameOf'> & { id: string; rows: Row[] };

/** Walked through anew only when something was sold, held or freed: not when a seat is looked at. */
const Rows = memo(function Rows({ id, rows, stateOf, nameOf }: RowsProps) {
  return rows.map((row) => (
    <g key={`${row.zone}-${row.row}`} role="row">
      <RowNames row={row} />
      <SeatRow seats={row.seats} states={row.seats.map(stateOf).join('')} />
      {row.seats.map((seat) => {
        const state = stateOf(seat);
        return <SeatCell key={seat.id} id={`${id}-${seat.id}`} seat={seat} state={state} name={nameOf(seat, state)} />;
      })}
    </g>
  ));
});

interface CellProps {
  id: string;
  seat: Seat;
  state: SeatState;
  name: string;
}

/** A seat as it is named, found and touched; {@link SeatRow} draws it. */
const SeatCell = memo(function SeatCell({ id, seat, state, name }: CellProps) {
  return (
    <rect
      id={id}
      role="gridcell"
      aria-label={name}
      aria-selected={state === 'y'}
      aria-disabled={!'fy'.includes(state)}
      className={styles.seat}
      data-can={'fy'.includes(state) || undefined}
      data-seat={seat.id}
      data-state={state}
      x={seat.x - PITCH / 2}
      y={seat.y - PITCH / 2}
      width={PITCH}
      height={PITCH}
    />
  );
});

const RowNames = memo(function RowNames({ row }: { row: Row }) {
  const [first, last] = [row.seats[0], row.seats.at(-1)];
  if (!first || !last) return null;
  return (
    <g aria-hidden="true">
      <text className={styles.rowName} x={first.x - PITCH} y={first.y + 4}>
        {row.row}
      </text>
      <text className={styles.rowName} x={last.x + PITCH} y={last.y + 4}>
        {row.row}
      </text>
    </g>
  );
});
