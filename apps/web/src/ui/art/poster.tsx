import { useId } from 'react';
import { drawPoster, FAR, type Poster, type PosterInput, type Room, ridgePoints, skeletonOf } from '#libs/poster';
import styles from './poster.module.css';
import { useTurn } from './turns';

export type PosterFormat = 'portrait' | 'wide' | 'band' | 'square';

const SIZES: Record<PosterFormat, [number, number]> = {
  portrait: [600, 900],
  wide: [1350, 900],
  band: [2100, 900],
  square: [900, 900],
};

interface Props extends PosterInput {
  format?: PosterFormat;
  /** A short description where the art stands alone; beside a title it says nothing. */
  label?: string;
  /** Where the figure stands across a wide canvas, 0-1. */
  at?: number;
  className?: string;
  /** A figure set by hand. */
  figure?: Poster['figure'];
  /** Without a ridge of its own, where the page draws one over it. */
  bare?: boolean;
}

/** A film's art: felts, light, figure and ridge, drawn anew for each format; first its ground, the rest in its turn. */
export function PosterArt({ format = 'portrait', label, className, bare, at, figure, ...input }: Props) {
  const drawn = drawPoster(input);
  const poster = figure ? { ...drawn, figure } : drawn;
  const [width, height] = SIZES[format];
  const turn = useTurn();
  return (
    <svg
      className={`${styles.art} ${bare ? '' : `felt-${poster.felt}`} ${className ?? ''}`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={format === 'portrait' || format === 'square' ? 'xMidYMid slice' : 'xMidYMax slice'}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      data-waits={!turn || undefined}
    >
      {turn && <Drawing poster={poster} format={format} at={at} bare={bare} />}
    </svg>
  );
}

type DrawingProps = Pick<Props, 'at' | 'bare'> & { poster: Poster; format: PosterFormat };

function Drawing({ poster, format, at, bare }: DrawingProps) {
  const id = useId();
  const [width, height] = SIZES[format];
  const points = ridgePoints(poster.ridge, width, height);
  const ridge = `M0 ${height}L${points.map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`).join('L')}L${width} ${height}Z`;
  const aside = format !== 'portrait' && format !== 'square';
  const centre = aside ? width * (at ?? 0.5) : width / 2;
  const scale = format === 'portrait' ? 1 : aside && poster.family === 'stitched' ? 0.78 : 0.86;
  const place = `translate(${centre - 300 * scale} ${height * (1 - scale) * 0.4}) scale(${scale})`;
  // Beside a title the lines end before its words.
  const room: Room = { crowned: !aside, left: at !== undefined && at > 0.5 ? 560 : FAR };
  const light = {
    x: aside ? centre - (at === undefined && poster.light.x >= 0.5 ? -1 : 1) * width * 0.14 : poster.light.x * width,
    y: (aside ? Math.max(0.3, poster.light.y) : poster.light.y) * height,
    radius: poster.light.radius * (aside ? 1.7 : 1),
  };
  return (
    <>
      <clipPath id={`${id}r`}>
        <path d={ridge} />
      </clipPath>
      <rect className={styles.ground} width={width} height={height} />
      {poster.family !== 'beam' && <circle className={styles.light} cx={light.x} cy={light.y} r={light.radius} />}
      <g transform={place}>
        <Body poster={poster} swapped={false} room={room} />
      </g>
      {!bare && (
        <g clipPath={`url(#${id}r)`} className={styles.swapped}>
          <rect className={styles.ground} width={width} height={height} />
          <g transform={place}>
            <Body poster={poster} swapped room={room} />
          </g>
        </g>
      )}
    </>
  );
}

function Body({ poster, swapped, room }: { poster: Poster; swapped: boolean; room: Room }) {
  if (poster.family === 'stitched') return <Stitched poster={poster} rings={room.crowned ? 14 : 3} />;
  if (poster.family === 'beam') return <Beam hidden={swapped} />;
  const { lines, band, marks } = skeletonOf(poster.figure, poster.contours, poster.variant, room);
  const strokes = Array.from({ length: poster.contours }, (_, k) => k);
  return (
    <g className={styles.lines}>
      {strokes.map((k) => (
        <path
          key={k}
          className={k % 2 === 0 ? styles.figureLine : styles.groundLine}
          d={lines.join('')}
          strokeWidth={(2 * (poster.contours - k) - 1) * band}
        />
      ))}
      {marks.length > 0 && <path className={styles.figureLine} d={marks.join('')} strokeWidth={band * 0.9} />}
    </g>
  );
}

const ring = (count: number, radius: number, turn = 0) =>
  Array.from({ length: count }, (_, i) => {
    const angle = ((i + turn) / count) * 2 * Math.PI - Math.PI / 2;
    return [300 + radius * Math.cos(angle), 410 + radius * Math.sin(angle), (angle * 180) / Math.PI] as const;
  });

/** Women in Cinema is stitched: running stitches, petals of three discs, a ring of tumar triangles, a lens. */
function Stitched({ poster, rings }: { poster: Poster; rings: number }) {
  const { petals } = poster;
  const size = Math.min(62, (Math.PI * 226) / petals - 4);
  const tumar = petals * 2;
  return (
    <g>
      {Array.from({ length: rings }, (_, i) => 328 + i * 37).map((radius) => (
        <circle key={radius} className={styles.stitch} cx={300} cy={410} r={radius} />
      ))}
      {ring(petals, 226).map(([x, y]) => (
        <g key={`${x}`} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
          <circle className={styles.figure} r={size} />
          <circle className={styles.seam} r={size - 9} />
          <circle className={styles.ground} r={size * 0.52} />
          <circle className={poster.variant < 0.5 ? styles.light : styles.figure} r={size * 0.24} />
        </g>
      ))}
      <circle className={styles.figureRing} cx={300} cy={410} r={144} />
      {ring(tumar, 118, 0.5).map(([x, y, turn]) => (
        <path
          key={`${x}`}
          className={styles.figure}
          d="M-17 -15L17 0L-17 15Z"
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`}
        />
      ))}
      <circle className={styles.figureRing} cx={300} cy={410} r={90} />
      <circle className={styles.lightRing} cx={300} cy={410} r={56} />
      <circle className={styles.figure} cx={300} cy={410} r={30} />
      <circle className={styles.ground} cx={310} cy={400} r={8} />
    </g>
  );
}

/** Ceremonies, talks and press: rings at a lens and one cone of light behind the ridge. */
function Beam({ hidden }: { hidden: boolean }) {
  if (hidden) return null;
  return (
    <g>
      <path className={styles.figure} d="M300 300L20 960H580Z" />
      {[118, 92, 66, 40, 16].map((radius, i) => (
        <circle key={radius} className={i % 2 === 0 ? styles.light : styles.ground} cx={300} cy={300} r={radius} />
      ))}
    </g>
  );
}

/** The felt pair of a film, as the class that carries its three colours. */
export function feltOf(input: PosterInput): string {
  return `felt-${drawPoster(input).felt}`;
}
