import { extent, max } from 'd3-array';
import { scaleLinear, scaleTime } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { useId } from 'react';
import styles from './charts.module.css';

export interface CurvePoint {
  at: Date;
  value: number;
}
export interface CurveEvent {
  at: Date;
  label: string;
}

const WIDTH = 640;
const HEIGHT = 280;
const EDGE = { top: 30, right: 24, bottom: 30, left: 52 };

/** How something grew, with what happened meanwhile marked on it and its last value written at its end. */
export function Curve({
  points,
  compared,
  comparedLabel,
  events = [],
  limit,
  limitLabel,
  lastLabel,
  dayLabel,
  figure,
}: {
  points: CurvePoint[];
  compared?: CurvePoint[];
  comparedLabel?: string;
  events?: CurveEvent[];
  /** A line that can't be passed, such as the seats of the hall. */
  limit?: number;
  limitLabel?: string;
  lastLabel(value: number): string;
  dayLabel(at: Date): string;
  figure(value: number): string;
}) {
  const id = useId();
  const all = [...points, ...(compared ?? [])];
  const [first, last] = extent(all, (point) => point.at);
  if (!first || !last || points.length === 0) return null;
  const x = scaleTime([first, last], [EDGE.left, WIDTH - EDGE.right]);
  const highest = Math.max(limit ?? 0, max(all, (point) => point.value) ?? 0, 1);
  const y = scaleLinear([0, highest], [HEIGHT - EDGE.bottom, EDGE.top]).nice();
  const path = line<CurvePoint>(
    (point) => x(point.at),
    (point) => y(point.value),
  ).curve(curveMonotoneX);
  const under = area<CurvePoint>(
    (point) => x(point.at),
    y(0),
    (point) => y(point.value),
  ).curve(curveMonotoneX);
  const end = points.at(-1)!;
  const endX = x(end.at);
  return (
    <svg className={styles.svg} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <defs>
        <pattern id={`${id}dots`} width="7" height="7" patternUnits="userSpaceOnUse">
          <circle className={styles.dot} cx="2" cy="2" r="1.1" />
        </pattern>
      </defs>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(tick)} y2={y(tick)} />
          <text className={styles.tick} x={EDGE.left - 8} y={y(tick) + 4} textAnchor="end">
            {figure(tick)}
          </text>
        </g>
      ))}
      {x.ticks(7).map((tick) => (
        <text key={tick.getTime()} className={styles.tick} x={x(tick)} y={HEIGHT - 8} textAnchor="middle">
          {dayLabel(tick)}
        </text>
      ))}
      {limit !== undefined && (
        <>
          <line className={styles.limit} x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(limit)} y2={y(limit)} />
          {limitLabel && (
            <text className={styles.tick} x={WIDTH - EDGE.right} y={y(limit) - 7} textAnchor="end">
              {limitLabel}
            </text>
          )}
        </>
      )}
      <path d={under(points) ?? ''} fill={`url(#${id}dots)`} />
      {compared && compared.length > 1 && (
        <>
          <path className={styles.compared} d={path(compared) ?? ''} />
          {comparedLabel && (
            <text className={styles.tick} x={x(compared[Math.floor(compared.length / 2)]!.at)} y={y(0) - 10}>
              {comparedLabel}
            </text>
          )}
        </>
      )}
      <path className={styles.line} d={path(points) ?? ''} />
      {events.map((event, index) => {
        const at = Math.min(Math.max(x(event.at), EDGE.left), WIDTH - EDGE.right);
        const top = EDGE.top + 12 + (index % 3) * 22;
        const late = at > WIDTH * 0.7;
        return (
          <g key={`${event.label} ${event.at.getTime()}`}>
            <line className={styles.event} x1={at} x2={at} y1={top - 8} y2={y(0)} />
            <text className={styles.eventWord} x={late ? at - 6 : at + 6} y={top} textAnchor={late ? 'end' : 'start'}>
              {event.label}
            </text>
          </g>
        );
      })}
      <circle className={styles.end} cx={endX} cy={y(end.value)} r="6" />
      <text
        className={styles.endWord}
        x={endX > WIDTH * 0.6 ? endX - 12 : endX + 12}
        y={Math.max(y(end.value) - 12, 16)}
        textAnchor={endX > WIDTH * 0.6 ? 'end' : 'start'}
      >
        {lastLabel(end.value)}
      </text>
    </svg>
  );
}
