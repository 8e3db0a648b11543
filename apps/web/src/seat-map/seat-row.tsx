import { memo } from 'react';
import { around, bodyOf, CHAIR, COMPANION, CROSS, DASH, type Figure, FRAME, HATCH } from './figures';
import type { Seat } from './hall.rules';
import { YourSeat } from './seat-glyph';
import styles from './seat-map.module.css';

/** Zones of a hall that differ in colour; further ones look like the last. */
const ZONES = 5;
/** The baseline of a number within its seat: an arch is heavier below. */
const NUMBER_BELOW = { arch: 5, other: 3.8 };

interface Lines {
  bodies: string[];
  frames: string[];
  signs: string;
  held: string;
  hatch: string;
  sold: string;
  closed: string;
}

function linesOf(seats: readonly Seat[], states: string): Lines {
  const zones = () => Array.from({ length: ZONES }, () => '');
  const lines: Lines = { bodies: zones(), frames: zones(), signs: '', held: '', hatch: '', sold: '', closed: '' };
  seats.forEach((seat, i) => {
    const line = (figure: Figure) => around(figure, seat.x, seat.y);
    const zone = Math.min(seat.shape, ZONES - 1);
    const framed = seat.kind !== 'seat';
    if (states[i] === 's') lines.sold += line(CROSS);
    else if (states[i] === 'n') lines.closed += line(DASH);
    else if (states[i] === 'h') {
      lines.held += line(framed ? FRAME : bodyOf(seat.shape));
      lines.hatch += line(HATCH);
    } else if (states[i] !== 'y' && framed) {
      lines.frames[zone] += line(FRAME);
      lines.signs += line(seat.kind === 'wheelchair' ? CHAIR : COMPANION);
    } else if (states[i] !== 'y') lines.bodies[zone] += line(bodyOf(seat.shape));
  });
  return lines;
}

/**
 * The seats of a row as few lines and one text, for the eye alone: eight hundred drawings of their own would be sorted
 * by the browser with every move of the hall.
 * @param states one letter for each seat
 */
export const SeatRow = memo(function SeatRow({ seats, states }: { seats: readonly Seat[]; states: string }) {
  const { bodies, frames, signs, held, hatch, sold, closed } = linesOf(seats, states);
  const numbered = seats.filter((seat, i) => states[i] === 'f' && seat.kind === 'seat');
  return (
    <g aria-hidden="true" pointerEvents="none">
      {bodies.map((body, zone) => {
        const frame = frames[zone];
        if (!body && !frame) return null;
        const inZone = numbered.filter((seat) => Math.min(seat.shape, ZONES - 1) === zone);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a zone is its place
          <g key={zone} className={styles[`zone${zone}`]}>
            {body && <path className={styles.body} d={body} />}
            {frame && <path className={styles.frame} d={frame} />}
            {inZone.length > 0 && (
              <text className={styles.number}>
                {inZone.map((seat) => (
                  <tspan
                    key={seat.id}
                    x={seat.x}
                    y={seat.y + (seat.shape === 0 ? NUMBER_BELOW.arch : NUMBER_BELOW.other)}
                  >
                    {seat.number}
                  </tspan>
                ))}
              </text>
            )}
          </g>
        );
      })}
      {signs && <path className={styles.sign} d={signs} />}
      {held && <path className={styles.heldBody} d={held} />}
      {hatch && <path className={styles.hatch} d={hatch} />}
      {sold && <path className={styles.sold} d={sold} />}
      {closed && <path className={styles.closed} d={closed} />}
      {seats.map(
        (seat, i) =>
          states[i] === 'y' && (
            <YourSeat key={seat.id} body={seat.kind === 'seat' ? bodyOf(seat.shape) : FRAME} x={seat.x} y={seat.y} />
          ),
      )}
    </g>
  );
});
