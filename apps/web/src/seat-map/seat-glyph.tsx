import { memo } from 'react';
import type { SeatKind, SeatState } from './hall.rules';
import styles from './seat-map.module.css';

/** Bodies of the zones, half a body being 11 units; the shape alone tells the zone, so a map works in grey. */
const BODIES = [
  'M-11 11V-1A11 11 0 0 1 11 -1V11Z',
  'M-7.500 -11H7.500A3.500 3.500 0 0 1 11 -7.500V7.500A3.500 3.500 0 0 1 7.500 11H-7.500A3.500 3.500 0 0 1 -11 7.500V-7.500A3.500 3.500 0 0 1 -7.500 -11Z',
  'M0 -10.500A10.500 10.500 0 1 1 0 10.500A10.500 10.500 0 1 1 0 -10.500Z',
  'M-6 -11H6L11.500 0L6 11H-6L-11.500 0Z',
  'M0 -12.500L12.500 0L0 12.500L-12.500 0Z',
];
const FRAME = 'M-10 -11H10A1 1 0 0 1 11 -10V10A1 1 0 0 1 10 11H-10A1 1 0 0 1 -11 10V-10A1 1 0 0 1 -10 -11Z';
const CHAIR =
  'M-1 -7.500a1.500 1.500 0 1 0 .01 0M-1 -4.500V1H4.500L7 6.500M-1 -1.500H3.500M-3.500 -.500A4.200 4.200 0 1 0 2 4.500';
const COMPANION =
  'M-2.500 -1.500A2.600 2.600 0 1 0 -2.500 -6.700A2.600 2.600 0 1 0 -2.500 -1.500ZM-7.500 6.500C-7 2.500 -5 1.200 -2.500 1.200S2 2.500 2.500 6.500M5.500 -4V3M2 -.500H9';

export function bodyOf(shape: number): string {
  return BODIES[shape % BODIES.length]!;
}

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
  if (state === 's') return <path className={styles.sold} d="M-4 -4L4 4M4 -4L-4 4" />;
  if (state === 'n') return <path className={styles.closed} d="M-5 0H5" />;
  const framed = kind !== 'seat';
  const body = framed ? FRAME : bodyOf(shape);
  if (state === 'h') {
    return (
      <>
        <path className={styles.heldBody} d={body} />
        <path className={styles.hatch} d="M-9 1L1 -9M-9 8L8 -9M-2 9L9 -2" />
      </>
    );
  }
  if (state === 'y') {
    return (
      <g transform="scale(1.12)">
        <path className={styles.yoursEdge} d={body} />
        <path className={styles.yoursSun} d={body} />
        <path className={styles.yoursBody} d={body} />
        <path className={styles.yoursRing} d={body} transform="scale(.74)" />
        <path className={styles.yoursTick} d="M-4.500 .8L-1.300 4L4.800 -2.600" />
      </g>
    );
  }
  if (framed)
    return (
      <g className={zone}>
        <path className={styles.frame} d={FRAME} />
        <path className={styles.sign} d={kind === 'wheelchair' ? CHAIR : COMPANION} />
      </g>
    );
  return (
    <g className={zone}>
      <path className={styles.body} d={body} />
      {number && (
        <text className={styles.number} y={shape === 0 ? 5 : 3.8}>
          {number}
        </text>
      )}
    </g>
  );
});
