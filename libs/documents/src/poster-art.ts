import {
  drawPoster,
  FAR,
  FELT_COLOURS,
  type FeltColours,
  type Poster,
  type PosterInput,
  posterHash,
  RIDGE,
  ridgePoints,
  skeletonOf,
} from '#libs/poster';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

type Document = PDFKit.PDFDocument;

/** Height of the canvas in the poster's own units (docs/look). */
const HEIGHT = 900;

/** A film's art across a wide box: the same felts, light, figure and ridge as on the web. */
export function drawArt(document: Document, input: PosterInput, box: Box): void {
  const poster = drawPoster(input);
  const colours = FELT_COLOURS[poster.felt];
  const unit = box.height / HEIGHT;
  const width = box.width / unit;
  const centre = width / 2;
  const scale = poster.family === 'stitched' ? 0.78 : 0.86;
  const light = {
    x: centre + (poster.light.x >= 0.5 ? 1 : -1) * width * 0.14,
    y: Math.max(0.3, poster.light.y) * HEIGHT,
    radius: poster.light.radius * 1.7,
  };
  const place = () => document.translate(centre - 300 * scale, HEIGHT * (1 - scale) * 0.4).scale(scale);
  document.save().rect(box.x, box.y, box.width, box.height).clip().translate(box.x, box.y).scale(unit);
  document.rect(0, 0, width, HEIGHT).fill(colours.ground);
  if (poster.family !== 'beam') document.circle(light.x, light.y, light.radius).fill(colours.light);
  document.save();
  place();
  body(document, poster, colours, false);
  document.restore();
  const points = ridgePoints(poster.ridge, width, HEIGHT);
  document.polygon([0, HEIGHT], ...points, [width, HEIGHT]).clip();
  document.rect(0, 0, width, HEIGHT).fill(colours.figure);
  place();
  body(document, poster, { ...colours, ground: colours.figure, figure: colours.ground }, true);
  document.restore();
}

/** The film's own stretch of the ridge as the lower edge of a box: two tickets of one film fit together. */
export function ridgeEdge(input: PosterInput, box: Box): [number, number][] {
  const { heights } = drawPoster(input).ridge;
  const step = box.width / (heights.length - 1);
  return [
    [box.x, box.y + box.height],
    ...heights.map((peak, i): [number, number] => [box.x + i * step, box.y + box.height * (1 - peak * 0.9)]),
    [box.x + box.width, box.y + box.height],
  ];
}

function body(document: Document, poster: Poster, colours: FeltColours, swapped: boolean): void {
  if (poster.family === 'stitched') stitched(document, poster, colours);
  else if (poster.family === 'cut') cut(document, poster, colours);
  // One cone of light, behind the ridge alone.
  else if (!swapped) beam(document, colours);
}

function cut(document: Document, poster: Poster, colours: FeltColours): void {
  const { lines, band, marks } = skeletonOf(poster.figure, poster.contours, poster.variant, {
    crowned: false,
    left: FAR,
  });
  document.lineCap('round').lineJoin('miter').miterLimit(8);
  for (let k = 0; k < poster.contours; k++)
    document
      .path(lines.join(''))
      .lineWidth((2 * (poster.contours - k) - 1) * band)
      .stroke(k % 2 === 0 ? colours.figure : colours.ground);
  if (marks.length > 0)
    document
      .path(marks.join(''))
      .lineWidth(band * 0.9)
      .stroke(colours.figure);
}

function ring(count: number, radius: number, turn = 0): { x: number; y: number; degrees: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = ((i + turn) / count) * 2 * Math.PI - Math.PI / 2;
    return { x: 300 + radius * Math.cos(angle), y: 410 + radius * Math.sin(angle), degrees: (angle * 180) / Math.PI };
  });
}

/** Women in Cinema is stitched: running stitches, petals of three discs, a ring of tumar triangles, a lens. */
function stitched(document: Document, poster: Poster, { ground, figure, light }: FeltColours): void {
  const size = Math.min(62, (Math.PI * 226) / poster.petals - 4);
  document.lineCap('round').lineWidth(7).dash(20, { space: 17 });
  for (let radius = 328; radius < 328 + 20 * 37; radius += 37) document.circle(300, 410, radius).stroke(figure);
  for (const { x, y } of ring(poster.petals, 226)) {
    document.undash().circle(x, y, size).fill(figure);
    document
      .lineWidth(4)
      .dash(9, { space: 8 })
      .circle(x, y, size - 9)
      .stroke(ground);
    document.circle(x, y, size * 0.52).fill(ground);
    document.circle(x, y, size * 0.24).fill(poster.variant < 0.5 ? light : figure);
  }
  document.lineWidth(9).dash(20, { space: 10 });
  for (const radius of [144, 90]) document.circle(300, 410, radius).stroke(figure);
  document.undash();
  for (const { x, y, degrees } of ring(poster.petals * 2, 118, 0.5)) {
    document.save().translate(x, y).rotate(degrees);
    document.path('M-17 -15L17 0L-17 15Z').fill(figure);
    document.restore();
  }
  document.circle(300, 410, 56).lineWidth(9).fillAndStroke(light, figure);
  document.circle(300, 410, 30).fill(figure);
  document.circle(310, 400, 8).fill(ground);
}

/** Ceremonies, talks and press: rings at a lens and one cone of light behind the ridge. */
function beam(document: Document, { ground, figure, light }: FeltColours): void {
  document.path('M300 300L20 960H580Z').fill(figure);
  [118, 92, 66, 40, 16].forEach((radius, i) => {
    document.circle(300, 300, radius).fill(i % 2 === 0 ? light : ground);
  });
}

/** The festival's mark: four ears in one line, in a square of `side` points. */
export function drawMark(document: Document, x: number, y: number, side: number, colour: string): void {
  const unit = side / 72;
  document
    .save()
    .translate(x + side / 2, y + side / 2)
    .scale(unit)
    .lineWidth(5.4)
    .lineJoin('round')
    .lineCap('butt');
  for (const turn of [0, 90, 180, 270]) {
    document.save().rotate(turn);
    document.path('M6 0V-15.5A10.5 10.5 0 1 1 15.5 -6H0M15.5 -6a5 5 0 1 1 0 -9.5').stroke(colour);
    document.restore();
  }
  document.restore();
}

/** The dark felts: a name of the festival and a function read on them in white, on plastic and on paper. */
const BADGE_FELTS = ['spruce', 'plum', 'indigo', 'aport', 'lake', 'dusk'] as const;

/** The pair of felts that a function's badges wear; the word beside it says the same, so colour is never alone. */
export function badgeFelt(functionId: string, salt: string): FeltColours {
  return FELT_COLOURS[BADGE_FELTS[posterHash(`${salt}/${functionId}/badge`) % BADGE_FELTS.length]!];
}

/** The festival's horn with its light, on the ground that is there already; clipped to the box. */
export function drawHorn(document: Document, colours: FeltColours, box: Box): void {
  const { lines, band } = skeletonOf('horn', 5, 1, { crowned: false, left: FAR });
  const unit = box.width / 500;
  document
    .save()
    .rect(box.x, box.y, box.width, box.height)
    .clip()
    .translate(box.x + 98 * unit, box.y)
    .scale(unit);
  document.circle(216, 96, 84).fill(colours.light);
  document.translate(0, -92).lineCap('round').lineJoin('miter').miterLimit(8);
  for (let k = 0; k < 5; k++)
    document
      .path(lines.join(''))
      .lineWidth((2 * (5 - k) - 1) * band)
      .stroke(k % 2 === 0 ? colours.figure : colours.ground);
  document.restore();
}

/** The ridge of the whole festival as the upper edge of what is filled below it, from `x` over `width`. */
export function ridgeAbove(box: Box, from: number, facets: number): [number, number][] {
  const step = box.width / facets;
  return [
    [box.x, box.y + box.height],
    ...Array.from({ length: facets + 1 }, (_, i): [number, number] => [
      box.x + i * step,
      box.y + box.height * (1 - RIDGE[(from + i) % RIDGE.length]!),
    ]),
    [box.x + box.width, box.y + box.height],
  ];
}
