import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n';
import { Icon } from '../ui/icon';
import {
  boxOf,
  clamped,
  type Direction,
  type Hall,
  neighbour,
  rowEnds,
  type Seat,
  type SeatState,
  SMALLEST_TARGET,
  TOUCH_TARGET,
  type View,
  wholeHall,
  ZOOMED_PITCH,
  zoomed,
} from './hall.rules';
import { MiniMap, RowRail, Screen } from './map-parts';
import { SeatGlyph } from './seat-glyph';
import styles from './seat-map.module.css';

interface Props {
  hall: Hall;
  /** The section that was entered; null shows all seats. */
  zone: number | null;
  stateOf(seat: Seat): SeatState;
  /** "Row 7, seat 14, zone A, 2 500 ₸, free" */
  nameOf(seat: Seat): string;
  onToggle(seat: Seat): void;
  label: string;
}

/** A pitch at which the house's glyphs have their drawn size. */
const GLYPH_PITCH = 29;
const STEP = 1.6;
const ARROWS: Record<string, Direction | undefined> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const MOVES = [...Object.keys(ARROWS), 'Home', 'End', 'PageUp', 'PageDown'];
/** Movement below this is a tap, in pixels. */
const STILL = 6;

/** The hall in SVG: mouse, touch and keyboard. One tab stop; the list twin beside it has the same seats as checkboxes. */
export function SeatMap({ hall, zone, stateOf, nameOf, onToggle, label }: Props) {
  const { t } = useWords();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const { pitch } = hall.plan;
  const seats = useMemo(() => (zone === null ? hall.seats : hall.zones[zone]!.seats), [hall, zone]);
  const box = useMemo(() => (zone === null ? hall.box : boxOf(seats, hall.plan, false)), [hall, seats, zone]);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [view, setView] = useState<View>();
  const [active, setActive] = useState<Seat>();
  const [focused, setFocused] = useState(false);
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const gesture = useRef({ moved: 0, touch: false });
  const whole = size.width ? wholeHall(box, size.width, size.height) : undefined;

  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width, height });
      setView(wholeHall(box, width, height));
    });
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, [box]);

  const change = (next: View) => setView(clamped(next, box, size.width, size.height));
  const zoom = (factor: number, at = { x: size.width / 2, y: size.height / 2 }) => {
    if (view && whole)
      change(factor < 1 && view.scale * factor <= whole.scale ? whole : zoomed(view, factor, at, pitch, whole.scale));
  };

  // React listens to wheels passively; zooming must stop the page from scrolling.
  const wheel = useRef(zoom);
  wheel.current = zoom;
  useEffect(() => {
    const element = frame.current!;
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      wheel.current(event.deltaY < 0 ? STEP : 1 / STEP, { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, []);

  function placeIn(event: PointerEvent): { x: number; y: number } {
    const { left, top } = frame.current!.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
  function down(event: PointerEvent) {
    pointers.current.set(event.pointerId, placeIn(event));
    gesture.current = { moved: 0, touch: event.pointerType === 'touch' };
  }
  function move(event: PointerEvent) {
    const before = pointers.current.get(event.pointerId);
    if (!before || !view) return;
    const now = placeIn(event);
    const others = [...pointers.current].filter(([key]) => key !== event.pointerId).map(([, point]) => point);
    pointers.current.set(event.pointerId, now);
    gesture.current.moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (others[0]) {
      const spread = (point: { x: number; y: number }) =>
        Math.hypot(point.x - others[0]!.x, point.y - others[0]!.y) || 1;
      const middle = { x: (now.x + others[0].x) / 2, y: (now.y + others[0].y) / 2 };
      zoom(spread(now) / spread(before), middle);
    } else if (gesture.current.moved > STILL) {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      change({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y });
    }
  }
  function up(event: PointerEvent) {
    const at = placeIn(event);
    const tapped = pointers.current.size === 1 && gesture.current.moved <= STILL;
    pointers.current.delete(event.pointerId);
    if (tapped && view) tap(at);
  }
  function tap(at: { x: number; y: number }) {
    if (!view) return;
    const target = pitch * view.scale;
    if (target < (gesture.current.touch ? TOUCH_TARGET : SMALLEST_TARGET)) {
      zoom(ZOOMED_PITCH / pitch / view.scale, at);
      return;
    }
    const [x, y] = [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale];
    const hit = seats.find((seat) => Math.abs(seat.x - x) <= pitch / 2 && Math.abs(seat.y - y) <= pitch / 2);
    if (hit) choose(hit);
  }
  function choose(seat: Seat) {
    setActive(seat);
    if ('fy'.includes(stateOf(seat))) onToggle(seat);
  }

  function bringClear(seat: Seat) {
    if (!view) return;
    const [x, y] = [seat.x * view.scale + view.x, seat.y * view.scale + view.y];
    const edge = 70;
    const dx = Math.max(0, edge - x) + Math.min(0, size.width - edge - x);
    const dy = Math.max(0, edge - y) + Math.min(0, size.height - edge - y);
    if (dx || dy) change({ ...view, x: view.x + dx, y: view.y + dy });
  }
  function key(event: KeyboardEvent) {
    const from = active ?? seats.find((seat) => stateOf(seat) === 'f') ?? seats[0];
    if (!from) return;
    const far = (direction: 'up' | 'down') => {
      let seat: Seat | undefined = from;
      for (let i = 0; i < 5; i++) seat = (seat && neighbour(seats, seat, direction)) ?? seat;
      return seat;
    };
    const move = (): Seat | undefined => {
      const arrow = ARROWS[event.key];
      if (arrow) return neighbour(seats, from, arrow);
      if (event.key === 'Home') return rowEnds(seats, from)[0];
      if (event.key === 'End') return rowEnds(seats, from)[1];
      return far(event.key === 'PageUp' ? 'up' : 'down');
    };
    if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0' && whole) change(whole);
    else if (event.key === 'Escape') (event.currentTarget as SVGElement).blur();
    else if (event.key === ' ' || event.key === 'Enter') choose(from);
    else if (MOVES.includes(event.key)) {
      const next = active ? move() : from;
      if (next) {
        setActive(next);
        bringClear(next);
      }
    } else return;
    event.preventDefault();
  }

  const numbers = view !== undefined && pitch * view.scale >= 26;
  const rows =
    zone === null
      ? hall.zones.flatMap((part) => part.rows.map((row) => ({ ...row, zone: part.index })))
      : hall.zones[zone]!.rows.map((row) => ({ ...row, zone }));
  return (
    <div className={styles.map} ref={frame}>
      <svg
        className={styles.svg}
        role="grid"
        data-whole={(view && whole && view.scale <= whole.scale * 1.01) || undefined}
        aria-label={label}
        aria-describedby={`${id}keys`}
        tabIndex={0}
        aria-activedescendant={active && focused ? `${id}-${active.id}` : undefined}
        onKeyDown={key}
        onFocus={() => {
          setFocused(true);
          setActive((seat) => seat ?? seats.find((other) => stateOf(other) === 'f'));
        }}
        onBlur={() => setFocused(false)}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={(event) => pointers.current.delete(event.pointerId)}
      >
        {view && (
          <g
            role="presentation"
            transform={`translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})`}
          >
            {zone === null && <Screen hall={hall} />}
            {rows.map((row) => (
              <g key={`${row.zone}-${row.row}`} role="row">
                <RowNames row={row} pitch={pitch} />
                {row.seats.map((seat) => {
                  const state = stateOf(seat);
                  return (
                    <g
                      key={seat.id}
                      id={`${id}-${seat.id}`}
                      role="gridcell"
                      aria-label={nameOf(seat)}
                      aria-selected={state === 'y'}
                      aria-disabled={!'fy'.includes(state)}
                      className={styles.seat}
                      data-can={'fy'.includes(state) || undefined}
                      data-seat={seat.id}
                      data-state={state}
                      transform={`translate(${seat.x} ${seat.y}) scale(${(pitch / GLYPH_PITCH).toFixed(3)})`}
                    >
                      <rect className={styles.hit} x={-14.5} y={-14.5} width={29} height={29} />
                      <SeatGlyph
                        shape={seat.shape}
                        kind={seat.kind}
                        state={state}
                        number={numbers ? seat.number : undefined}
                      />
                      {focused && active?.id === seat.id && (
                        <rect className={styles.focusRing} x={-16} y={-16} width={32} height={32} rx={5} />
                      )}
                    </g>
                  );
                })}
              </g>
            ))}
          </g>
        )}
      </svg>
      {view && whole && view.scale > whole.scale * 1.5 && (
        <>
          <RowRail rows={rows} view={view} />
          <MiniMap seats={seats} box={box} view={view} frame={size} stateOf={stateOf} />
        </>
      )}
      <div className={styles.zoom}>
        <button type="button" aria-label={t('map.closer')} onClick={() => zoom(STEP)}>
          <Icon name="plus" />
        </button>
        <button type="button" aria-label={t('map.farther')} onClick={() => zoom(1 / STEP)}>
          <Icon name="minus" />
        </button>
      </div>
      <p id={`${id}keys`} className="visually-hidden">
        {t('map.keys')}
      </p>
    </div>
  );
}

function RowNames({ row, pitch }: { row: { row: string; seats: Seat[] }; pitch: number }) {
  const [first, last] = [row.seats[0], row.seats.at(-1)];
  if (!first || !last) return null;
  return (
    <g aria-hidden="true">
      <text className={styles.rowName} x={first.x - pitch} y={first.y + 4}>
        {row.row}
      </text>
      <text className={styles.rowName} x={last.x + pitch} y={last.y + 4}>
        {row.row}
      </text>
    </g>
  );
}
