/**
 * Which poster a film gets: drawn from its id and the edition's salt, the same on every machine and in every year.
 * The order of the draws is part of the system: a new draw may only be added at the end.
 */
export const FELTS = [
  'aport',
  'indigo',
  'spruce',
  'plum',
  'lake',
  'sun',
  'sky',
  'blush',
  'ember',
  'dusk',
  'apple',
  'ice',
] as const;
export type Felt = (typeof FELTS)[number];

export const FIGURES = ['horn', 'ears', 'apple', 'wing', 'mountain', 'road'] as const;
export type Figure = (typeof FIGURES)[number];

export interface PosterInput {
  id: string;
  salt: string;
  /** 'women' is stitched, 'beam' is for ceremonies and talks, anything else is cut. */
  family: 'cut' | 'stitched' | 'beam';
  /** Co-producing countries; unknown counts as two. */
  countries: number | null;
  minutes: number;
}

export interface Poster {
  family: PosterInput['family'];
  felt: Felt;
  figure: Figure;
  contours: number;
  /** Radius of the light on a canvas of 600 × 900. */
  light: { x: number; y: number; radius: number };
  /** Heights of the ridge's peaks, 0-1, and where it stands: both as shares of the height. */
  ridge: { heights: number[]; foot: number; amplitude: number };
  petals: number;
  variant: number;
  second: number;
}

/** The ridge of the whole festival: 34 heights of the mountains south of Almaty. */
export const RIDGE = [
  0.18, 0.3, 0.24, 0.42, 0.36, 0.55, 0.47, 0.78, 0.62, 0.7, 0.48, 0.58, 0.4, 0.52, 0.66, 0.57, 0.95, 0.74, 0.6, 0.68,
  0.5, 0.38, 0.46, 0.33, 0.6, 0.52, 0.83, 0.66, 0.72, 0.44, 0.5, 0.35, 0.28, 0.4,
];

/** 32-bit FNV-1a over UTF-8, then the finaliser of Murmur3. */
export function posterHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function drawPoster(input: PosterInput): Poster {
  const name = `${input.salt}/${input.id}`;
  const draw = mulberry32(posterHash(name));
  const start = Math.floor(draw() * RIDGE.length);
  const facets = 5 + Math.floor(draw() * 4);
  const [foot, amplitude] = [0.72 + draw() * 0.2, 0.3 + draw() * 0.16];
  const x = 0.18 + draw() * 0.64;
  const y = 0.12 + draw() * 0.22;
  const petals = 8 + Math.floor(draw() * 5);
  const [variant, second] = [draw(), draw()];
  return {
    family: input.family,
    felt: FELTS[posterHash(`${name}/felt`) % FELTS.length]!,
    figure: FIGURES[posterHash(`${name}/figure`) % FIGURES.length]!,
    contours: Math.min(6, Math.max(2, input.countries ?? 2)),
    light: { x, y, radius: 42 + 1.5 * (input.minutes - 70) },
    ridge: {
      heights: Array.from({ length: facets + 1 }, (_, i) => RIDGE[(start + i) % RIDGE.length]!),
      // A lens and its cone need the sky: their ridge lies low.
      foot: input.family === 'beam' ? 1 : foot,
      amplitude: input.family === 'beam' ? 0.34 : amplitude,
    },
    petals,
    variant,
    second,
  };
}

/** Points of a ridge across a canvas, left to right. */
export function ridgePoints(ridge: Poster['ridge'], width: number, height: number): [number, number][] {
  const last = ridge.heights.length - 1;
  return ridge.heights.map((peak, i) => [(i / last) * width, height * (ridge.foot - peak * ridge.amplitude)]);
}
