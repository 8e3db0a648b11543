import {
  badgeFelt,
  type DisplayFace,
  drawHorn,
  drawMark,
  fitTitle,
  MM,
  type PrintSheet,
  printable,
  ridgeAbove,
} from '#libs/documents';
import { formatDateRange, LANGUAGES, type Language, type LocalText } from '#libs/kernel';
import type { BadgeHolder } from '../badges/badge.entity.js';
import { AREA_NAMES } from './print.rules.js';

/** Everything that stands on a badge. */
export interface BadgeSide {
  holder: BadgeHolder;
  function: string;
  shortCode: string;
  /** The signed code in the QR. */
  code: string;
  areas: readonly string[];
  /** All areas of the edition: those that are not open stand there struck through. */
  allAreas: readonly string[];
  edition: { id: string; name: LocalText; from: string; to: string };
  /** JPEG; initials stand where there is none. */
  photo?: Buffer;
  /** Extras of events that were granted: "14.09 18:00 Қызыл кілем". */
  marks: readonly string[];
}

const INK = '#0F211D';
const MOSS = '#4A5C57';
const SNOW = '#FFFFFF';
const STONE = '#9DB0AA';

const PERSONAL: LocalText = { kk: 'жеке, берілмейді', ru: 'личный, не передаётся', en: 'personal, not transferable' };
const FOUND: LocalText = {
  kk: 'Таптыңыз ба? Кез келген кассаға беріңіз.',
  ru: 'Нашли? Верните на любую стойку.',
  en: 'Found it? Hand it in at any desk.',
};

interface Places {
  head: number;
  ridge: number;
  mark: { x: number; y: number; side: number; size: number };
  horn: number;
  photo: { x: number; y: number; width: number; height: number };
  name: { x: number; y: number; width: number; largest: number; smallest: number; line: number };
  areas: { right: number; y: number; side: number; gap: number };
  band: { x: number; y: number; width: number; height: number; size: number };
  qr: { x: number; y: number; side: number };
  small: { x: number; y: number; size: number };
  /** Size of the letters of granted extras. */
  marks: number;
}

/** Where everything stands, in points. CR80 lies, the others stand; the safe edge is 4 mm and more. */
function placesOf(width: number, height: number): Places {
  if (width > height)
    return {
      head: 13 * MM,
      ridge: 5 * MM,
      mark: { x: 4.5 * MM, y: 3 * MM, side: 5.5 * MM, size: 6.6 },
      horn: 0.6,
      photo: { x: 4.5 * MM, y: 14.5 * MM, width: 19.5 * MM, height: 26 * MM },
      name: { x: 27.5 * MM, y: 15.5 * MM, width: width - 31.5 * MM, largest: 19, smallest: 7, line: 7 },
      areas: { right: width - 24 * MM, y: 44 * MM, side: 5.6 * MM, gap: 0.9 * MM },
      band: { x: 4.5 * MM, y: 43 * MM, width: 28.5 * MM, height: 7.4 * MM, size: 9.5 },
      qr: { x: width - 22 * MM, y: height - 22.5 * MM, side: 19 * MM },
      small: { x: 27.5 * MM, y: 38.4 * MM, size: 5.2 },
      marks: 5.6,
    };
  return {
    head: 48 * MM,
    ridge: 13 * MM,
    mark: { x: 6 * MM, y: 11 * MM, side: 9 * MM, size: 10 },
    horn: 0.52,
    photo: { x: 6 * MM, y: 31 * MM, width: 34.5 * MM, height: 46 * MM },
    name: { x: 6 * MM, y: 80 * MM, width: width - 12 * MM, largest: 36, smallest: 12, line: 10.5 },
    areas: { right: width - 6 * MM, y: 64 * MM, side: 11.5 * MM, gap: 1.6 * MM },
    band: { x: 6 * MM, y: height - 31 * MM, width: width - 44 * MM, height: 18.5 * MM, size: 22 },
    qr: { x: width - 35 * MM, y: height - 35 * MM, side: 30 * MM },
    small: { x: 6 * MM, y: height - 10.5 * MM, size: 7.5 },
    marks: 7.5,
  };
}

/** The side that shows who it is. */
export function drawFront(sheet: PrintSheet, face: DisplayFace, side: BadgeSide): void {
  const { page, bleed } = sheet;
  const { width, height } = sheet.trim;
  const { holder, edition } = side;
  const felt = badgeFelt(side.function, edition.id);
  const at = placesOf(width, height);
  const { document } = page;

  page.fill(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed, SNOW);
  page.fill(-bleed, -bleed, width + 2 * bleed, at.head + bleed, felt.ground);
  const horn = { x: width * (1 - at.horn), y: -bleed, width: width * at.horn + bleed, height: at.head + bleed };
  drawHorn(document, felt, horn);
  const ridge = { x: -bleed, y: at.head - at.ridge, width: width + 2 * bleed, height: at.ridge + 3 };
  page.polygon(ridgeAbove(ridge, 17, 13), SNOW);

  drawMark(document, at.mark.x, at.mark.y, at.mark.side, SNOW);
  const beside = at.mark.x + at.mark.side + 2 * MM;
  const title = {
    size: at.mark.size,
    weight: 700 as const,
    colour: SNOW,
    width: width * (1 - at.horn) - beside + 1 * MM,
  };
  const below = page.text(printable(edition.name.en), beside, at.mark.y - 1, { ...title, leading: 1.15 });
  if (height > width)
    page.text(formatDateRange(edition.from, edition.to, 'en'), beside, below + 1, { size: 7.5, colour: SNOW });

  drawPhoto(sheet, side, at.photo, felt.figure, felt.ground);
  drawAreas(sheet, side, at.areas);
  const free = drawName(sheet, face, side, at);
  if (side.marks.length > 0) drawExtras(sheet, side.marks, { ...at.name, y: free, size: at.marks });

  document.roundedRect(at.band.x, at.band.y, at.band.width, at.band.height, 2.5).fill(felt.ground);
  const inner = at.band.width - 5 * MM;
  const word = printable(holder.functionName.en.toUpperCase());
  const size = fitting(page, word, inner, at.band.size, 5);
  const others = printable(
    [holder.functionName.kk, holder.functionName.ru].map((text) => text.toUpperCase()).join(' · '),
  );
  const left = at.band.x + 2.5 * MM;
  const second = fitting(page, others, inner, at.band.size * 0.45, 4);
  const both = size * 1.2 + second * 1.25;
  const top = at.band.y + (at.band.height - both) / 2;
  page.text(word, left, top, { size, weight: 700, colour: SNOW, leading: 1.2 });
  page.text(others, left, top + size * 1.2, { size: second, weight: 700, colour: SNOW });

  page.qr(side.code, at.qr.x, at.qr.y, at.qr.side);
  const small = `${side.shortCode} · ${PERSONAL[holder.language]}`;
  page.text(small, at.small.x, at.small.y, { size: at.small.size, colour: INK });
}

function drawPhoto(sheet: PrintSheet, side: BadgeSide, at: Places['photo'], ground: string, ink: string): void {
  const { page } = sheet;
  const frame = at.width * 0.035;
  page.fill(at.x - frame, at.y - frame, at.width + 2 * frame, at.height + 2 * frame, SNOW);
  if (side.photo) {
    page.picture(side.photo, at.x, at.y, at.width, at.height);
    return;
  }
  page.fill(at.x, at.y, at.width, at.height, ground);
  const initials = printable(
    side.holder.name
      .split(/\s+/)
      .slice(0, 2)
      .map((word) => [...word][0] ?? '')
      .join(''),
  );
  const size = at.width * 0.4;
  page.text(initials, at.x + at.width / 2, at.y + at.height / 2 - size * 0.65, {
    size,
    weight: 700,
    colour: ink,
    align: 'centre',
  });
}

/** Open areas are filled, closed ones outlined and struck through: it reads without colour. */
function drawAreas(sheet: PrintSheet, side: BadgeSide, at: Places['areas']): void {
  const { page } = sheet;
  const { document } = page;
  let x = at.right - side.allAreas.length * at.side - (side.allAreas.length - 1) * at.gap;
  for (const area of side.allAreas) {
    const open = side.areas.includes(area);
    const box = document.roundedRect(x, at.y, at.side, at.side, at.side * 0.12);
    if (open) box.fill(INK);
    else box.lineWidth(0.8).stroke(STONE);
    const size = at.side * 0.52;
    page.text(area, x + at.side / 2, at.y + at.side / 2 - size * 0.64, {
      size,
      weight: 700,
      colour: open ? SNOW : MOSS,
      align: 'centre',
    });
    if (!open)
      document
        .moveTo(x + at.side * 0.2, at.y + at.side * 0.72)
        .lineTo(x + at.side * 0.8, at.y + at.side * 0.28)
        .lineWidth(0.9)
        .stroke(MOSS);
    x += at.side + at.gap;
  }
}

function drawName(sheet: PrintSheet, face: DisplayFace, { holder }: BadgeSide, at: Places): number {
  const { page } = sheet;
  const { x, y, width, largest, smallest, line } = at.name;
  const fitted = fitTitle(face, holder.name || '·', { width, lines: 2, largest, smallest });
  let top = y;
  for (const part of fitted.lines)
    top = page.title(face, part, x, top, {
      size: fitted.size,
      lines: 1,
      width: Number.POSITIVE_INFINITY,
      leading: 1.04,
    });
  if (!holder.line) return top + fitted.size * 0.2;
  const text = printable(holder.line);
  const size = fitting(page, text, width, line, line * 0.72);
  return page.text(text, x, top + fitted.size * 0.14, { size, colour: INK, width, leading: 1.2 });
}

function drawExtras(
  sheet: PrintSheet,
  marks: readonly string[],
  at: { x: number; y: number; width: number; size: number },
): void {
  const text = printable(marks.join(' · '));
  const size = fitting(sheet.page, text, at.width, at.size, at.size * 0.7);
  sheet.page.text(text, at.x, at.y, { size, weight: 700, colour: INK, width: at.width, leading: 1.15 });
}

/** The other side: the areas in words, and what to do with a badge that was found. */
export function drawBack(sheet: PrintSheet, side: Pick<BadgeSide, 'allAreas' | 'function' | 'edition'>): void {
  const { page, bleed } = sheet;
  const { width, height } = sheet.trim;
  const felt = badgeFelt(side.function, side.edition.id);
  const small = width > height;
  page.fill(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed, felt.ground);
  const horn = small
    ? { x: width * 0.54, y: 4 * MM, width: width * 0.46 + bleed, height: height + bleed }
    : { x: width * 0.3, y: height * 0.42, width: width * 0.7 + bleed, height: height };
  drawHorn(page.document, felt, horn);
  const ridge = { x: -bleed, y: height * 0.72, width: width + 2 * bleed, height: height * 0.12 };
  page.polygon(ridgeAbove(ridge, 17, 13), felt.figure);
  page.fill(-bleed, height * 0.84 - 0.5, width + 2 * bleed, height * 0.16 + 2 * bleed, felt.figure);
  const size = small ? 6 : 9.5;
  const left = small ? 5 * MM : 8 * MM;
  let y = small ? 5 * MM : 12 * MM;
  for (const area of side.allAreas) {
    const name = AREA_NAMES[area];
    const words = name ? [...new Set(LANGUAGES.map((language: Language) => name[language]))].join(' · ') : '';
    page.text(area, left, y, { size, weight: 700, colour: SNOW });
    y = page.text(words, left + size * 1.3, y, { size, colour: SNOW, width: small ? width * 0.46 : width * 0.8 });
  }
  y += size * 0.6;
  for (const language of LANGUAGES)
    y = page.text(FOUND[language], left, y, { size: size * 0.85, colour: SNOW, width: width * 0.5 });
}

/** The size at which a line fits, by measuring; not below the least. */
function fitting(page: PrintSheet['page'], text: string, width: number, largest: number, least: number): number {
  const measured = page.measure(text, { size: largest, weight: 700 });
  return Math.max(least, Math.min(largest, (largest * width) / Math.max(1, measured)));
}
