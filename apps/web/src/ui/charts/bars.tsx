import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import styles from './charts.module.css';

/** Patterns come before hues, so that the bars can be told apart in greyscale; eight at most. */
export const FILLS = ['solid', 'stripe', 'grid', 'lines', 'dots', 'bars', 'cross', 'plain'] as const;
export type Fill = (typeof FILLS)[number];

export interface Share {
  id: string;
  label: string;
  of: number;
  used: number;
  fill: Fill;
}

/** The patterns of one chart; ids are its own, so that several may stand on a page. */
function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}stripe`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className={styles.paint1} width="8" height="8" />
        <rect className={styles.gap} width="2.5" height="8" />
      </pattern>
      <pattern id={`${id}grid`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect className={styles.paint2} width="8" height="8" />
        <path className={styles.thread} d="M0 1H8M1 0V8" />
      </pattern>
      <pattern id={`${id}lines`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect className={styles.paint3} width="8" height="8" />
        <rect className={styles.gap} width="8" height="2.5" />
      </pattern>
      <pattern id={`${id}dots`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect className={styles.paint4} width="8" height="8" />
        <circle className={styles.gap} cx="4" cy="4" r="1.6" />
      </pattern>
      <pattern id={`${id}bars`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect className={styles.paint5} width="8" height="8" />
        <rect className={styles.gap} width="2.5" height="8" />
      </pattern>
      <pattern id={`${id}cross`} width="9" height="9" patternUnits="userSpaceOnUse">
        <rect className={styles.paint6} width="9" height="9" />
        <path className={styles.thread} d="M0 0L9 9M9 0L0 9" />
      </pattern>
    </defs>
  );
}

function painted(id: string, fill: Fill): { fill?: string; className?: string } {
  if (fill === 'solid') return { className: styles.solid };
  if (fill === 'plain') return { className: styles.plain };
  return { fill: `url(#${id}${fill})` };
}

/** Who may take what, and how much of it is taken: one bar, its parts as wide as their shares. */
export function StackedBar({ shares, figure }: { shares: Share[]; figure(used: number, of: number): string }) {
  const id = useId();
  const sum = Math.max(
    shares.reduce((all, share) => all + share.of, 0),
    1,
  );
  const x = scaleLinear([0, sum], [0, 1000]);
  let from = 0;
  return (
    <div className={styles.shares}>
      <svg className={styles.bar} viewBox="0 0 1000 56" preserveAspectRatio="none" aria-hidden="true">
        <Patterns id={id} />
        {shares.map((share) => {
          const start = x(from);
          from += share.of;
          const width = x(share.of);
          return (
            <g key={share.id}>
              <rect className={styles.plain} x={start} y="1" width={Math.max(width - 2, 0)} height="54" />
              <rect
                {...painted(id, share.fill)}
                x={start}
                y="1"
                width={Math.max(share.of > 0 ? (width - 2) * Math.min(share.used / share.of, 1) : 0, 0)}
                height="54"
              />
              <rect className={styles.frame} x={start} y="1" width={Math.max(width - 2, 0)} height="54" />
            </g>
          );
        })}
      </svg>
      <ul className={styles.legend}>
        {shares.map((share) => (
          <li key={share.id}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <rect {...painted(id, share.fill)} width="20" height="20" rx="3" />
            </svg>
            <span>
              <strong>{share.label}</strong>
              <span className="tabular">{figure(share.used, share.of)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface SmallBar {
  id: string;
  label: string;
  value: number;
  of?: number;
  words: string;
}

/** A row for each, the value written at its end. */
export function SmallBars({ bars }: { bars: SmallBar[] }) {
  const highest = Math.max(max(bars, (bar) => bar.of ?? bar.value) ?? 0, 1);
  const x = scaleLinear([0, highest], [0, 300]);
  return (
    <ul className={styles.bars}>
      {bars.map((bar) => (
        <li key={bar.id}>
          <span className={styles.barLabel}>{bar.label}</span>
          <svg viewBox="0 0 300 14" preserveAspectRatio="none" aria-hidden="true">
            {bar.of !== undefined && (
              <rect className={styles.frame} x="0.75" y="0.75" width={Math.max(x(bar.of) - 1.5, 1)} height="12.5" />
            )}
            <rect className={styles.solid} x="0.75" y="0.75" width={Math.max(x(bar.value) - 1.5, 0)} height="12.5" />
          </svg>
          <span className="tabular">{bar.words}</span>
        </li>
      ))}
    </ul>
  );
}

export interface PlacedSeat {
  id: string;
  x: number;
  y: number;
  fill: Fill | 'free';
}

/** A hall as it fills: every seat where it stands, its pattern says who has it. */
export function HallOccupancy({ seats, pitch }: { seats: PlacedSeat[]; pitch: number }) {
  const id = useId();
  if (seats.length === 0) return null;
  const xs = seats.map((seat) => seat.x);
  const ys = seats.map((seat) => seat.y);
  const [left, top] = [Math.min(...xs) - pitch, Math.min(...ys) - pitch * 2];
  const width = Math.max(...xs) - left + pitch;
  const height = Math.max(...ys) - top + pitch;
  const body = pitch * 0.76;
  return (
    <svg className={styles.hall} viewBox={`${left} ${top} ${width} ${height}`} aria-hidden="true">
      <Patterns id={id} />
      <path
        className={styles.screen}
        strokeWidth={pitch / 8}
        d={`M${left + width * 0.2} ${top + pitch}Q${left + width / 2} ${top + pitch * 0.4} ${left + width * 0.8} ${top + pitch}`}
      />
      {seats.map((seat) => (
        <rect
          key={seat.id}
          {...(seat.fill === 'free' ? { className: styles.free } : painted(id, seat.fill))}
          x={seat.x - body / 2}
          y={seat.y - body / 2}
          width={body}
          height={body}
          rx={body / 5}
          strokeWidth={pitch / 20}
        />
      ))}
    </svg>
  );
}
