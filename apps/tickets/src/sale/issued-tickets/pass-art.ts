import { crc32, deflateSync } from 'node:zlib';
import { drawPoster, FELT_COLOURS, type PosterInput, ridgePoints } from '#libs/poster';

type Colour = [number, number, number];

/** A pass's pictures: the film's felts, its light and its own ridge, without text. */
export function passPicture(input: PosterInput, width: number, height: number): Buffer {
  const poster = drawPoster(input);
  const { ground, figure, light } = FELT_COLOURS[poster.felt];
  const [under, over, lamp] = [colour(ground), colour(figure), colour(light)];
  const points = ridgePoints({ ...poster.ridge, foot: 1, amplitude: 0.42 }, width, height);
  const radius = height * 0.2;
  const [cx, cy] = [width * poster.light.x, height * 0.34];
  const ridge = Array.from({ length: width }, (_, x) => ridgeAt(points, x + 0.5));
  return png(width, height, (x, y) => {
    if (y >= ridge[x]!) return over;
    return (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2 ? lamp : under;
  });
}

function ridgeAt(points: [number, number][], x: number): number {
  const right = Math.max(
    1,
    points.findIndex(([at]) => at >= x),
  );
  const [x0, y0] = points[right - 1]!;
  const [x1, y1] = points[right]!;
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0 || 1);
}

function colour(hex: string): Colour {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Colour;
}

/** Eight bits of red, green and blue for each pixel (PNG, third edition). */
function png(width: number, height: number, at: (x: number, y: number) => Colour): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0, to = y * (1 + width * 3) + 1; x < width; x++, to += 3) rows.set(at(x, y), to);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
