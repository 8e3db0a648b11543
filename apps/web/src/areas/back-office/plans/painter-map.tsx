import { type KeyboardEvent, memo, type PointerEvent, useId, useMemo, useRef, useState } from 'react';
import { useWords } from '../../../i18n';
import { type Direction, neighbour, type Seat } from '../../../seat-map/hall.rules';
import { SeatGlyph } from '../../../seat-map/seat-glyph';
import { type Drawing, NOT_FOR_SALE, rowsOf } from './drawing.rules';
import styles from './plans.module.css';

/** The whole hall at once, or large enough for a finger. */
export type Size = 'fit' | 'large';
export const SIZES: Size[] = ['fit', 'large'];

interface MapProps {
  drawing: Drawing;
  chosen: ReadonlySet<string>;
  /** Seats that are held for somebody. */
  held: ReadonlySet<string>;
  large: boolean;
  onChoose(chosen: ReadonlySet<string>): void;
  onUndo(): void;
  onRedo(): void;
  onNudge?(dx: number, dy: number): void;
}

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const WAY: Record<Direction, [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** The hall as a list of seats to choose from: with the mouse by click, row or rectangle, with keys by arrows and space. */
export function PainterMap({ drawing, chosen, held, large, onChoose, onUndo, onRedo, onNudge }: MapProps) {
  const { t } = useWords();
  const base = useId();
  const svg = useRef<SVGSVGElement>(null);
  const start = useRef<{ x: number; y: number; add: boolean } | null>(null);
  const [rect, setRect] = useState<Rect | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const rows = useMemo(() => rowsOf(drawing), [drawing]);
  const here = drawing.seats.find((seat) => seat.id === focused) ?? drawing.seats[0];
  const toggle = (ids: readonly string[], add: boolean) => {
    const all = ids.every((id) => chosen.has(id));
    const next = new Set(add ? chosen : []);
    for (const id of ids) all && add ? next.delete(id) : next.add(id);
    onChoose(next);
  };
  const rowOf = (seat: Seat) => rows.find((row) => row.includes(seat))?.map(({ id }) => id) ?? [];
  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    const direction = ARROWS[event.key];
    if (command && event.code === 'KeyZ') event.shiftKey ? onRedo() : onUndo();
    else if (command && event.code === 'KeyY') onRedo();
    else if (command && event.code === 'KeyA') onChoose(new Set(drawing.seats.map(({ id }) => id)));
    else if (event.key === 'Escape') onChoose(new Set());
    else if (direction && event.altKey && onNudge)
      onNudge(WAY[direction][0] * (drawing.pitch / 4), WAY[direction][1] * (drawing.pitch / 4));
    else if (direction && here) {
      const next = focused === null ? here : neighbour(drawing.seats, here, direction);
      if (next) {
        setFocused(next.id);
        if (event.shiftKey) onChoose(new Set([...chosen, here.id, next.id]));
      }
    } else if (event.key === ' ' && here) toggle([here.id], true);
    else if (event.code === 'KeyR' && here && !command) toggle(rowOf(here), true);
    else return;
    event.preventDefault();
  };
  const point = (event: PointerEvent) => {
    const matrix = svg.current!.getScreenCTM()!.inverse();
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  };
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.pointerType === 'touch' || event.button !== 0) return;
    const { x, y } = point(event);
    start.current = { x, y, add: event.shiftKey || event.ctrlKey || event.metaKey };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const from = start.current;
    if (!from) return;
    const to = point(event);
    const next = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    };
    if (rect || Math.max(next.width, next.height) > drawing.pitch / 3) setRect(next);
  };
  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    const from = start.current;
    start.current = null;
    if (rect && from) {
      const inside = drawing.seats.filter(
        ({ x, y }) => x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height,
      );
      onChoose(new Set([...(from.add ? chosen : []), ...inside.map(({ id }) => id)]));
      setRect(null);
      return;
    }
    const to = point(event);
    const near = drawing.seats.find(({ x, y }) => Math.hypot(x - to.x, y - to.y) < drawing.pitch * 0.48);
    if (near) {
      setFocused(near.id);
      toggle([near.id], true);
    } else if (from && !from.add) onChoose(new Set());
  };
  const air = drawing.pitch;
  const left = Math.min(...drawing.seats.map((seat) => seat.x), drawing.screen?.x ?? drawing.width);
  const top = Math.min(...drawing.seats.map((seat) => seat.y), drawing.screen?.y ?? drawing.height) - air;
  const right = Math.max(...drawing.seats.map((seat) => seat.x), 0);
  const bottom = Math.max(...drawing.seats.map((seat) => seat.y), 0);
  return (
    <div className={styles.map} data-large={large || undefined}>
      <p id={`${base}keys`} className="visually-hidden">
        {t('painter.keys')}
      </p>
      <div
        className={styles.seats}
        role="listbox"
        tabIndex={0}
        aria-multiselectable="true"
        aria-label={t('painter.map')}
        aria-describedby={`${base}keys`}
        aria-activedescendant={here ? `${base}${here.index}` : undefined}
        onKeyDown={onKeyDown}
      >
        <svg
          ref={svg}
          viewBox={`${left - 2.4 * air} ${top - air} ${right - left + 4 * air} ${bottom - top + 2 * air}`}
          role="presentation"
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
        >
          {drawing.screen && (
            <path
              className={styles.screen}
              strokeWidth={air * 0.22}
              d={`M${drawing.screen.x} ${drawing.screen.y}Q${drawing.screen.x + drawing.screen.width / 2} ${drawing.screen.y - air} ${drawing.screen.x + drawing.screen.width} ${drawing.screen.y}`}
            />
          )}
          {rows.map((row) => (
            <Row
              key={`${row[0]!.zone} ${row[0]!.row}`}
              row={row}
              base={base}
              scale={air / 29}
              left={left - 1.3 * air}
              name={t('map.row', { row: row[0]!.row })}
              chosen={row.map(({ id }) => (chosen.has(id) ? '1' : held.has(id) ? 'h' : '0')).join('')}
              focused={row.some(({ id }) => id === focused) ? focused : null}
              seatName={t('map.seat', { seat: '{{seat}}' })}
              onRow={() =>
                toggle(
                  row.map(({ id }) => id),
                  true,
                )
              }
            />
          ))}
          {rect && <rect className={styles.rect} {...rect} />}
        </svg>
      </div>
    </div>
  );
}

interface RowProps {
  row: Seat[];
  base: string;
  scale: number;
  left: number;
  name: string;
  seatName: string;
  /** One sign per seat: chosen, held or neither. */
  chosen: string;
  focused: string | null;
  onRow(): void;
}

const Row = memo(
  function Row({ row, base, scale, left, name, seatName, chosen, focused, onRow }: RowProps) {
    return (
      <g role="group" aria-label={name}>
        <text
          className={styles.rowName}
          x={left}
          y={row[0]!.y + 5 * scale}
          fontSize={13 * scale}
          onPointerDown={(event) => {
            event.stopPropagation();
            onRow();
          }}
        >
          {row[0]!.row}
        </text>
        {row.map((seat, index) => (
          <g
            key={seat.id}
            id={`${base}${seat.index}`}
            role="option"
            aria-selected={chosen[index] === '1'}
            aria-label={`${name}, ${seatName.replace('{{seat}}', seat.number)}, ${seat.category}`}
            transform={`translate(${seat.x} ${seat.y}) scale(${scale})`}
          >
            {chosen[index] === '1' && <rect className={styles.chosen} x="-14" y="-14" width="28" height="28" rx="5" />}
            {focused === seat.id && <rect className={styles.focused} x="-16" y="-16" width="32" height="32" rx="6" />}
            <SeatGlyph
              shape={seat.shape}
              kind={seat.kind}
              state={chosen[index] === 'h' ? 'h' : seat.category === NOT_FOR_SALE ? 'n' : 'f'}
              number={seat.number}
            />
          </g>
        ))}
      </g>
    );
  },
  (a, b) =>
    a.left === b.left &&
    a.chosen === b.chosen &&
    a.focused === b.focused &&
    a.name === b.name &&
    a.scale === b.scale &&
    same(a.row, b.row),
);

const same = (a: Seat[], b: Seat[]) => a.length === b.length && a.every((seat, index) => seat === b[index]);
