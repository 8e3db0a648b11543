/** A figure: where its line begins, from the middle of the seat, and how it goes on from there. */
export interface Figure {
  from: readonly [number, number];
  on: string;
}

/** Bodies of the zones, half a body being 11 units; the shape alone tells the zone, so a map works in grey. */
const BODIES: readonly Figure[] = [
  { from: [-11, 11], on: 'v-12a11 11 0 0 1 22 0v12z' },
  {
    from: [-7.5, -11],
    on: 'h15a3.5 3.5 0 0 1 3.5 3.5v15a3.5 3.5 0 0 1 -3.5 3.5h-15a3.5 3.5 0 0 1 -3.5 -3.5v-15a3.5 3.5 0 0 1 3.5 -3.5z',
  },
  { from: [0, -10.5], on: 'a10.5 10.5 0 1 1 0 21a10.5 10.5 0 1 1 0 -21z' },
  { from: [-6, -11], on: 'h12l5.5 11l-5.5 11h-12l-5.5 -11z' },
  { from: [0, -12.5], on: 'l12.5 12.5l-12.5 12.5l-12.5 -12.5z' },
];
export const FRAME: Figure = {
  from: [-10, -11],
  on: 'h20a1 1 0 0 1 1 1v20a1 1 0 0 1 -1 1h-20a1 1 0 0 1 -1 -1v-20a1 1 0 0 1 1 -1z',
};
export const CHAIR: Figure = {
  from: [-1, -7.5],
  on: 'a1.5 1.5 0 1 0 .01 0m-.01 3v5.5h5.5l2.5 5.5m-8 -8h4.5m-7 1a4.2 4.2 0 1 0 5.5 5',
};
export const COMPANION: Figure = {
  from: [-2.5, -1.5],
  on: 'a2.6 2.6 0 1 0 0 -5.2a2.6 2.6 0 1 0 0 5.2zm-5 8c.5 -4 2.5 -5.3 5 -5.3s4.5 1.3 5 5.3m3 -10.5v7m-3.5 -3.5h7',
};
export const CROSS: Figure = { from: [-4, -4], on: 'l8 8m0 -8l-8 8' };
export const DASH: Figure = { from: [-5, 0], on: 'h10' };
export const HATCH: Figure = { from: [-9, 1], on: 'l10 -10m-10 17l17 -17m-10 18l11 -11' };

/** The line of a figure around a point. */
export function around({ from, on }: Figure, x: number, y: number): string {
  return `M${(x + from[0]).toFixed(1)} ${(y + from[1]).toFixed(1)}${on}`;
}

export function bodyOf(shape: number): Figure {
  return BODIES[shape % BODIES.length]!;
}
