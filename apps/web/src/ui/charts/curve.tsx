import { extent, max } from 'd3-array';
import { scaleLinear, scaleTime } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { useEffect, useId, useRef, useState } from 'react';
import styles from './charts.module.css';

export interface CurvePoint {
  at: Date;
  value: number;
}
export interface CurveEvent {
  at: Date;
  label: string;
}

/** Until the place is measured. */
const WIDTH = 640;
const HEIGHT = 280;
const EDGE = { top: 30, right: 24, bottom: 30, left: 52 };

/** How wide the drawing is: one unit stays one pixel, so that its words are as large on a phone as on a desk. */
function useWidth() {
  const ref = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(WIDTH);
  useEffect(() => {
    const drawing = ref.current;
    if (!drawing) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(entry!.contentRect.width, 280)));
    observer.observe(drawing);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}

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
  const [place, width] = useWidth();
  const all = [...points, ...(compared ?? [])];
  const [first, last] = extent(all, (point) => point.at);
  if (!first || !last || points.length === 0) return null;
  const x = scaleTime([first, last], [EDGE.left, width - EDGE.right]);
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
    <svg ref={place} className={styles.svg} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <defs>
        <pattern id={`${id}dots`} width="7" height="7" patternUnits="userSpaceOnUse">
          <circle className={styles.dot} cx="2" cy="2" r="1.1" />
        </pattern>
      </defs>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={EDGE.left} x2={width - EDGE.right} y1={y(tick)} y2={y(tick)} />
          <text className={styles.tick} x={EDGE.left - 8} y={y(tick) + 4} textAnchor="end">
            {figure(tick)}
          </text>
        </g>
      ))}
      {x
        .ticks(7)
        .map((tick) => ({ at: x(tick), label: dayLabel(tick) }))
        .filter((tick, index, ticks) => tick.label !== ticks[index - 1]?.label)
        .map((tick) => (
          <text key={tick.at} className={styles.tick} x={tick.at} y={HEIGHT - 8} textAnchor="middle">
            {tick.label}
          </text>
        ))}
      {limit !== undefined && (
        <>
          <line className={styles.limit} x1={EDGE.left} x2={width - EDGE.right} y1={y(limit)} y2={y(limit)} />
          {limitLabel && (
            <text className={styles.tick} x={width - EDGE.right} y={y(limit) - 7} textAnchor="end">
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
        const at = Math.min(Math.max(x(event.at), EDGE.left), width - EDGE.right);
        const top = EDGE.top + 12 + (index % 3) * 22;
        const late = at > width * 0.7;
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
        x={endX > width * 0.6 ? endX - 12 : endX + 12}
        y={Math.max(y(end.value) - 12, 16)}
        textAnchor={endX > width * 0.6 ? 'end' : 'start'}
      >
        {lastLabel(end.value)}
      </text>
    </svg>
  );
}
