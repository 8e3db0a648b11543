import { memo } from 'react';
import { around, bodyOf, CHAIR, COMPANION, CROSS, DASH, type Figure, FRAME, HATCH } from './figures';
import type { SeatKind, SeatState } from './hall.rules';
import styles from './seat-map.module.css';

interface Props {
  shape: number;
  kind: SeatKind;
  state: SeatState;
  /** Shown inside where there is room for it. */
  number?: string;
}

/** One seat as the house draws it, around its own origin, for a pitch of 29. */
export const SeatGlyph = memo(function SeatGlyph({ shape, kind, state, number }: Props) {
  const zone = styles[`zone${Math.min(shape, 4)}`];
  if (state === 's') return <path className={styles.sold} d={around(CROSS, 0, 0)} />;
  if (state === 'n') return <path className={styles.closed} d={around(DASH, 0, 0)} />;
  const framed = kind !== 'seat';
  const body = framed ? FRAME : bodyOf(shape);
  if (state === 'h') {
    return (
      <>
        <path className={styles.heldBody} d={around(body, 0, 0)} />
        <path className={styles.hatch} d={around(HATCH, 0, 0)} />
      </>
    );
  }
  if (state === 'y') return <YourSeat body={body} x={0} y={0} />;
  if (framed)
    return (
      <g className={zone}>
        <path className={styles.frame} d={around(FRAME, 0, 0)} />
        <path className={styles.sign} d={around(kind === 'wheelchair' ? CHAIR : COMPANION, 0, 0)} />
      </g>
    );
  return (
    <g className={zone}>
      <path className={styles.body} d={around(body, 0, 0)} />
      {number && (
        <text className={styles.number} y={shape === 0 ? 5 : 3.8}>
          {number}
        </text>
      )}
    </g>
  );
});

/** A seat of one's own, a little larger than the others. */
export function YourSeat({ body, x, y }: { body: Figure; x: number; y: number }) {
  const d = around(body, 0, 0);
  return (
    <g transform={`translate(${x} ${y}) scale(1.12)`}>
      <path className={styles.yoursEdge} d={d} />
      <path className={styles.yoursSun} d={d} />
      <path className={styles.yoursBody} d={d} />
      <path className={styles.yoursRing} d={d} transform="scale(.74)" />
      <path className={styles.yoursTick} d="M-4.500 .8L-1.300 4L4.800 -2.600" />
    </g>
  );
}
