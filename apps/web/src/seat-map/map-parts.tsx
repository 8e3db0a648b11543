import { useId } from 'react';
import { useWords } from '../i18n';
import type { Box, Hall, Seat, SeatState, View } from './hall.rules';
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

/** Row names that stay while the map moves under them. */
export function RowRail({ rows, view }: { rows: { row: string; zone: number; seats: Seat[] }[]; view: View }) {
  return (
    <svg className={styles.rail} aria-hidden="true">
      <rect className={styles.railGround} width="36" height="100%" />
      <line className={styles.railLine} x1="35" x2="35" y1="0" y2="100%" />
      {rows.map((row) => {
        const middle = row.seats[Math.floor(row.seats.length / 2)];
        return (
          middle && (
            <text
              key={`${row.zone}-${row.row}`}
              className={styles.railName}
              x="17"
              y={middle.y * view.scale + view.y + 5}
            >
              {row.row}
            </text>
          )
        );
      })}
    </svg>
  );
}

interface MiniProps {
  seats: Seat[];
  box: Box;
  view: View;
  frame: { width: number; height: number };
  stateOf(seat: Seat): SeatState;
}

/** The whole hall in a corner, with the part that is in view. */
export function MiniMap({ seats, box, view, frame, stateOf }: MiniProps) {
  const dot = box.width / 46;
  return (
    <svg className={styles.mini} viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
      {seats.map((seat) => (
        <rect
          key={seat.id}
          className={styles.miniSeat}
          data-zone={seat.shape}
          data-gone={!'fy'.includes(stateOf(seat)) || undefined}
          x={seat.x - dot / 2}
          y={seat.y - dot / 2}
          width={dot}
          height={dot}
        />
      ))}
      <rect
        className={styles.miniFrame}
        x={-view.x / view.scale}
        y={-view.y / view.scale}
        width={frame.width / view.scale}
        height={frame.height / view.scale}
        strokeWidth={box.width / 60}
      />
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
  const { box } = hall;
  return (
    <svg className={styles.svg} viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`} aria-hidden="true">
      <Screen hall={hall} />
      {hall.zones.map((zone) => (
        <g
          key={zone.index}
          className={styles.section}
          opacity={free(zone.index) === 0 ? 0.35 : 1}
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
        </g>
      ))}
    </svg>
  );
}
