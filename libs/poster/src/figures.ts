import type { Figure } from './poster.rules.js';

/** A figure's skeleton: lines that are stroked several times, and shapes that are filled. Origin is the middle of the
 * canvas' width; the frame is 600 × 900. */
export interface Skeleton {
  lines: string[];
  /** Width of one band; the gap between bands is as wide. */
  band: number;
  /** Closed shapes drawn with half the band. */
  marks: string[];
}

/** Band widths for 2 to 6 contours. */
const BANDS: Record<Figure, number[]> = {
  horn: [24, 19, 16, 13, 11],
  ears: [22, 18, 14, 12, 10],
  apple: [34, 27, 21, 17, 14],
  wing: [24, 19, 16, 13, 11],
  mountain: [30, 26, 20, 16, 14],
  road: [26, 21, 17, 15, 13],
};

/** Beyond the edge of the widest canvas. */
export const FAR = 2200;

/** What a canvas leaves to a figure: whether a horn has height for its diamond, and how far lines run to the left. */
export interface Room {
  crowned: boolean;
  left: number;
}

const n = (value: number) => Math.round(value * 10) / 10;
const mirrored = (line: (side: 1 | -1) => string) => [line(1), line(-1)];

export function skeletonOf(figure: Figure, contours: number, variant: number, room: Room): Skeleton {
  const band = BANDS[figure][contours - 2]!;
  const whole = (2 * contours - 1) * band;
  switch (figure) {
    case 'horn':
      return horn(band, contours, room.crowned && variant < 0.75);
    case 'ears':
      return ears(band, contours);
    case 'apple':
      return apple(band);
    case 'wing':
      return wing(band, whole, room.left);
    case 'mountain':
      return mountain(band, whole);
    case 'road':
      return road(band, contours, variant, room.left);
  }
}

function horn(band: number, contours: number, crowned: boolean): Skeleton {
  const stem = contours * band;
  const first = Math.max(2.2 * stem, 96);
  const [second, third] = [first * 0.54, first * 0.08];
  const top = 190 + first;
  const lines = mirrored((s) => {
    const x = (value: number) => n(300 + s * value);
    const sweep = s === 1 ? 1 : 0;
    return `M${x(stem)} 960V${n(top)}A${n(first)} ${n(first)} 0 0 ${sweep} ${x(stem + 2 * first)} ${n(top)}A${n(second)} ${n(second)} 0 0 ${sweep} ${x(stem + 2 * first - 2 * second)} ${n(top)}A${n(third)} ${n(third)} 0 0 ${sweep} ${x(stem + 2 * first - 2 * second + 2 * third)} ${n(top)}`;
  });
  const diamond = crowned
    ? [
        `M300 ${n(190 - 3.1 * stem)}L${n(300 + 1.5 * stem)} ${n(190 - 0.6 * stem)}L300 ${n(190 + 1.9 * stem)}L${n(300 - 1.5 * stem)} ${n(190 - 0.6 * stem)}Z`,
      ]
    : [];
  return { lines: [...lines, ...diamond], band, marks: [] };
}

function ears(band: number, contours: number): Skeleton {
  const gap = contours * band;
  const radius = 1.55 * gap + 8;
  const far = gap + radius;
  const lines: string[] = [];
  for (const [sx, sy] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    const x = (value: number) => n(300 + sx * value);
    const y = (value: number) => n(440 + sy * value);
    const sweep = sx * sy === 1 ? 0 : 1;
    lines.push(`M${x(gap)} ${y(0)}V${y(far)}A${n(radius)} ${n(radius)} 0 1 ${sweep} ${x(far)} ${y(gap)}H${x(0)}`);
  }
  return { lines, band, marks: [] };
}

function apple(band: number): Skeleton {
  return {
    lines: [
      'M300 350C352 246 560 246 560 452C560 640 430 740 300 700C170 740 40 640 40 452C40 246 248 246 300 350Z',
      'M300 356C296 300 318 236 372 196',
    ],
    band,
    marks: [
      'M286 560C226 520 214 450 244 400C286 434 300 500 286 560Z',
      'M314 560C374 520 386 450 356 400C314 434 300 500 314 560Z',
    ],
  };
}

function wing(band: number, whole: number, left: number): Skeleton {
  const inner = whole / 2 + band / 2;
  const lines = [0, 1, 2].flatMap((step) => {
    const y = 60 + step * 265 + whole / 2;
    return mirrored((s) => {
      const x = (value: number) => n(300 + s * value);
      return `M${x(s === 1 ? FAR : left)} ${n(y - 14)}H${x(inner + 190)}C${x(inner + 80)} ${n(y - 14)} ${x(inner)} ${n(y + 60)} ${x(inner)} ${n(y + 205)}V${n(y + 235)}`;
    });
  });
  return { lines, band, marks: [] };
}

function mountain(band: number, whole: number): Skeleton {
  const top = 90 + whole * 0.75;
  const middle = 760;
  return {
    lines: [`M-300 ${n(top + 1000)}L300 ${n(top)}L900 ${n(top + 1000)}`],
    band,
    marks: [`M300 ${middle - 76}L348 ${middle}L300 ${middle + 76}L252 ${middle}Z`],
  };
}

function road(band: number, contours: number, variant: number, reach: number): Skeleton {
  const radius = contours * band;
  const [left, right] = variant < 0.5 ? [200, 300] : [250, 380];
  let path = `M${300 - reach} ${n(-radius * 0.6)}H${right}`;
  let y = -radius * 0.6;
  for (let turn = 0; y < 960; turn++) {
    y += 2 * radius;
    const [x, sweep] = turn % 2 === 0 ? [right, 1] : [left, 0];
    path += `A${n(radius)} ${n(radius)} 0 0 ${sweep} ${x} ${n(y)}H${turn % 2 === 0 ? left : right}`;
  }
  const pitch = 4 * radius;
  const exits: string[] = [];
  for (let at = -radius * 0.6 + 2 * radius; at < 960; at += pitch) {
    exits.push(`M${FAR} ${n(at + 2 * radius)}H${left}`, `M${300 - reach} ${n(at)}H${left}`);
  }
  return { lines: [path, ...exits], band, marks: [] };
}
