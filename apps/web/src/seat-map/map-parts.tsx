import { memo, type RefObject, useId } from 'react';
import { useWords } from '../i18n';
import type { Box, Hall, Seat, SeatState } from './hall.rules';
import styles from './seat-map.module.css';

/** The screen with its beam, or the stage: the one gradient of the house. */
export function Screen({ hall }: { hall: Hall }) {
  const { t } = useWords();
  const id = useId();
  const { screen, pitch } = hall.plan;
  if (!screen) return null;
  const y = screen.y + pitch * 0.6;
  const right = screen.x + screen.width;
  const deep = y + pitch * 7;
  return (
    <g aria-hidden="true">
      <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
        <stop className={styles.beamStart} offset="0" />
        <stop className={styles.beamEnd} offset="1" />
      </linearGradient>
      {!screen.stage && (
        <path
          d={`M${screen.x} ${y}Q${screen.x + screen.width / 2} ${y - pitch} ${right} ${y}L${right + pitch * 3} ${deep}H${screen.x - pitch * 3}Z`}
          fill={`url(#${id})`}
        />
      )}
      <path
        className={styles.screen}
        d={`M${screen.x} ${y}Q${screen.x + screen.width / 2} ${y - pitch * 1.1} ${right} ${y}`}
        strokeWidth={pitch * 0.26}
      />
      <text
        className={styles.screenWord}
        fontSize={Math.max(19, hall.box.width / 52)}
        x={screen.x + screen.width / 2}
        y={y - pitch * 0.95}
      >
        {screen.stage ? t('map.stage') : t('map.screen')}
      </text>
    </g>
  );
}

/** Row names that stay while the map moves under them; {@link useViewport} keeps them beside their rows. */
export const RowRail = memo(function RowRail({
  rows,
  names,
}: {
  rows: { row: string; zone: number; seats: Seat[] }[];
  names: RefObject<SVGGElement | null>;
}) {
  return (
    <svg className={styles.rail} aria-hidden="true">
      <rect className={styles.railGround} y="-100%" width="36" height="300%" />
      <line className={styles.railLine} x1="35" x2="35" y1="-100%" y2="200%" />
      <g ref={names}>
        {rows.map((row) => (
          <text
            key={`${row.zone}-${row.row}`}
            className={styles.railName}
            x="17"
            data-y={row.seats[Math.floor(row.seats.length / 2)]?.y}
          >
            {row.row}
          </text>
        ))}
      </g>
    </svg>
  );
});

interface MiniProps {
  seats: Seat[];
  box: Box;
  window: RefObject<SVGRectElement | null>;
  stateOf(seat: Seat): SeatState;
}

/** The whole hall in a corner, with the part that is in view: one stroke for each zone, one for what is gone. */
export function MiniMap({ seats, box, window, stateOf }: MiniProps) {
  const dot = box.width / 46;
  const dots = new Map<string, string>();
  for (const seat of seats) {
    const kind = 'fy'.includes(stateOf(seat)) ? String(Math.min(seat.shape, 4)) : 'gone';
    dots.set(kind, `${dots.get(kind) ?? ''}M${seat.x - dot / 2} ${seat.y}h${dot}`);
  }
  return (
    <svg className={styles.mini} viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
      {[...dots].map(([kind, d]) => (
        <path key={kind} className={styles.miniSeats} data-zone={kind} d={d} strokeWidth={dot} />
      ))}
      <rect className={styles.miniFrame} ref={window} strokeWidth={box.width / 60} />
    </svg>
  );
}

interface SectionsProps {
  hall: Hall;
  free(zone: number): number;
  onEnter(zone: number): void;
}

/** A big hall before one enters a section of it: every row as one stroke. The buttons above it are its twins. */
export function HallSections({ hall, free, onEnter }: SectionsProps) {
  const { language } = useWords();
  const { box } = hall;
  const letters = box.width / 42;
  return (
    <svg className={styles.svg} viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
      <Screen hall={hall} />
      {hall.zones.map((zone) => {
        const left = Math.min(...zone.seats.map((seat) => seat.x));
        const right = Math.max(...zone.seats.map((seat) => seat.x));
        const middle = zone.rows[Math.floor(zone.rows.length / 2)]?.seats[0]?.y ?? 0;
        const some = free(zone.index);
        return (
          <g
            key={zone.index}
            className={styles.section}
            opacity={some === 0 ? 0.35 : 1}
            onClick={() => onEnter(zone.index)}
          >
            {zone.rows.map(({ row, seats }) => (
              <path
                key={row}
                className={styles.sectionRow}
                data-zone={seats[0]?.shape}
                d={`M${seats.map((seat) => `${seat.x} ${seat.y}`).join('L')}`}
              />
            ))}
            {right - left > letters * 12 && (
              <text
                className={styles.sectionName}
                x={(left + right) / 2}
                y={middle + letters / 2}
                fontSize={letters}
                strokeWidth={letters / 2.5}
              >
                {zone.label[language]} · {some}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
