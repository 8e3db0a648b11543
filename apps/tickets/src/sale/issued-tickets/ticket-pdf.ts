import { DisplayFace, drawArt, drawMark, Page, printable, ridgeEdge } from '#libs/documents';
import type { Language } from '#libs/kernel';
import type { Cell, TicketPaper } from './ticket-paper.rules.js';

export type TicketFormat = 'a4' | 'phone';

const INK = '#0F211D';
const MOSS = '#4A5C57';
const LINE = '#C9D4CE';
const SNOW = '#F1F4F2';
const AMBER = '#8A5200';
const CREAM = '#FFEFCF';

/** A phone's page is as wide as most screens in CSS pixels, so that it fits without zooming, and as high as it needs. */
const PHONE_WIDTH = 375;
const PHONE_LEAST = 700;
const MARGIN = { a4: 45, phone: 20 };
/** The head of an A4 page, and what it leaves free when nothing out of the ordinary stands below it. */
const HEAD = { most: 262, least: 120, slack: 56 };

export interface PdfInfo {
  title: string;
  language: Language;
  /** What the one page says when there is no ticket. */
  empty: string;
}

/** One page for each ticket. */
export async function ticketPdf(tickets: TicketPaper[], format: TicketFormat, info: PdfInfo): Promise<Buffer> {
  if (tickets.length === 0) return emptyPdf(format, info);
  const face = await DisplayFace.load(format === 'a4' ? 830 : 770);
  const clean = tickets.map(legible);
  if (format === 'a4') return a4(clean, face, info);
  const ruler = new Page([PHONE_WIDTH, PHONE_LEAST], info);
  const sizes = clean.map((ticket): [number, number] => [PHONE_WIDTH, phoneHeight(ruler, face, ticket)]);
  const page = new Page(sizes[0] ?? [PHONE_WIDTH, PHONE_LEAST], info);
  clean.forEach((ticket, index) => {
    if (index > 0) page.next(sizes[index]);
    drawPhone(page, face, ticket);
  });
  return page.finish();
}

function emptyPdf(format: TicketFormat, info: PdfInfo): Promise<Buffer> {
  const page = new Page(format === 'a4' ? 'A4' : [PHONE_WIDTH, PHONE_LEAST], info);
  const margin = MARGIN[format];
  page.text(info.empty, margin, margin, { size: 14, width: page.width - 2 * margin });
  return page.finish();
}

function a4(tickets: TicketPaper[], face: DisplayFace, info: PdfInfo): Promise<Buffer> {
  const page = new Page('A4', info);
  tickets.forEach((ticket, index) => {
    if (index > 0) page.next();
    drawA4(page, face, ticket);
  });
  return page.finish();
}

function drawHead(page: Page, ticket: TicketPaper, height: number, edge: number): void {
  drawArt(page.document, ticket.poster, { x: 0, y: 0, width: page.width, height });
  const cut = ridgeEdge(ticket.poster, { x: 0, y: height - edge, width: page.width, height: edge + 1 });
  page.polygon(cut, '#FFFFFF');
}

function drawA4(page: Page, face: DisplayFace, ticket: TicketPaper): void {
  const margin = MARGIN.a4;
  const right = page.width - margin;
  const width = right - margin;
  const title = { size: 40, lines: 2, width: width - 68 };
  const second = { size: 13.5, width: width - 68, leading: 1.3 };
  const extra =
    page.titleHeight(face, ticket.title, title) -
    41 +
    (ticket.otherTitles ? (page.linesOf(ticket.otherTitles, second) - 1) * 17.5 : 0) +
    notesHeight(page, ticket, width, 10.5);
  const head = Math.min(HEAD.most, Math.max(HEAD.least, HEAD.most + HEAD.slack - extra));
  drawHead(page, ticket, head, 38);
  drawMark(page.document, right - 44, head + 22, 44, INK);
  let y = page.title(face, ticket.title, margin, head + 18, title);
  if (ticket.otherTitles) y = page.text(ticket.otherTitles, margin, y + 4, second);
  y += 16;
  page.rule(margin, y, width, INK, 2);
  const columns = ticket.place.length === 2 ? [0, 221, 364] : [0, 221];
  const first = cells(page, [ticket.when, ...ticket.place], margin, y + 14, columns, width, [19, 42, 42]);
  dividers(page, margin, columns, y, first);
  page.rule(margin, first, width, LINE, 1);
  const lower = cells(
    page,
    [ticket.venue, ticket.kind, ticket.price],
    margin,
    first + 12,
    [0, 221, 364],
    width,
    [13, 13, 13],
  );
  dividers(page, margin, [0, 221, 364], first, lower);
  page.rule(margin, lower, width, LINE, 1);

  const [side, top] = [176, lower + 14];
  // The quiet zone is white on white: the code itself begins at the margin.
  page.qr(ticket.code, margin - 12, top, side);
  const x = margin + 190;
  y = page.text(ticket.spokenCode, x, top + 16, { size: 20, weight: 700, tracking: 2 });
  y = page.text(ticket.show, x, y + 10, { size: 11, width: right - x, leading: 1.4 });
  for (const line of ticket.otherShow) y = page.text(line, x, y + 3, { size: 10.5, width: right - x, colour: MOSS });
  y = drawEntry(page, ticket, x, y + 12);
  y = Math.max(y, top + side) + 8;
  y = notes(page, ticket, margin, y, width, 10.5);
  const foot = page.height - 64;
  page.rule(margin, foot, width, LINE, 1);
  page.text(ticket.festival, margin, foot + 10, { size: 9.5, colour: MOSS, width: width / 2 });
  page.text(ticket.order, margin, foot + 24, { size: 9.5, colour: MOSS });
  page.text(ticket.refund, right, foot + 10, { size: 9.5, colour: INK, align: 'right' });
  page.text(ticket.count, right, foot + 24, { size: 9.5, colour: MOSS, align: 'right' });
}

/** The code stands where a phone shows it without scrolling; what staff ask for is around it. */
function drawPhone(page: Page, face: DisplayFace, ticket: TicketPaper): void {
  const margin = MARGIN.phone;
  const width = page.width - 2 * margin;
  drawHead(page, ticket, 118, 18);
  let y = page.title(face, ticket.title, margin, 124, { size: 28, lines: 2, width });
  y = page.text(`${ticket.when.value}`, margin, y + 6, { size: 17, weight: 700 });
  y = page.text(ticket.when.note, margin, y, { size: 12.5, width, colour: MOSS });
  y = page.text(ticket.venue.value, margin, y + 2, { size: 13, width, weight: 700 });
  const side = 236;
  y += 4;
  page.qr(ticket.code, (page.width - side) / 2, y, side);
  y = page.text(ticket.spokenCode, page.width / 2, y + side - 8, {
    size: 18,
    weight: 700,
    tracking: 2,
    align: 'centre',
  });
  y += 6;
  page.rule(margin, y, width, INK, 2);
  const places = ticket.place.length === 2 ? [0, 112] : [0];
  const below = cells(page, [...ticket.place], margin, y + 10, places, 224, [34, 34]);
  const beside = cells(page, [ticket.kind, ticket.price], margin + 212, y + 10, [0], width - 212, [12.5, 12.5]);
  y = Math.max(below, beside);
  page.rule(margin, y, width, LINE, 1);
  y = drawEntry(page, ticket, margin, y + 10);
  y = notes(page, ticket, margin, y + 8, width, 11);
  y = page.text(ticket.refund, margin, y + 4, { size: 11, width });
  page.text(`${ticket.order} · ${ticket.count}`, margin, y + 2, { size: 11, colour: MOSS, width });
}

/** Cells side by side, each with its label, the other languages and a value; a column may hold several. Returns the y below. */
function cells(
  page: Page,
  all: Cell[],
  x: number,
  y: number,
  columns: number[],
  width: number,
  sizes: number[],
): number {
  let lowest = y;
  const at = columns.map(() => y);
  all.forEach((cell, index) => {
    const column = Math.min(index, columns.length - 1);
    const left = x + columns[column]! + (column > 0 ? 16 : 0);
    const space = x + (columns[column + 1] ?? width) - left - 10;
    const size = sizes[index]!;
    let below = page.text(cell.label, left, at[column]!, { size: 9, colour: MOSS, width: space });
    if (cell.others) below = page.text(cell.others, left, below, { size: 8, colour: MOSS, width: space });
    below = page.text(cell.value, left, below + 3, {
      size: fitting(page, cell.value, size, space),
      weight: 700,
      width: space,
      leading: size > 25 ? 1.1 : 1.3,
    });
    if (cell.note) below = page.text(cell.note, left, below, { size: 10, width: space });
    at[column] = below + 10;
    lowest = Math.max(lowest, at[column]!);
  });
  return lowest;
}

/** A row or seat is one line, a word never breaks: what is wider than its cell becomes smaller, not less than half. */
function fitting(page: Page, text: string, size: number, width: number): number {
  const parts = size > 25 ? [text] : text.split(' ');
  const widest = Math.max(...parts.map((part) => page.measure(part, { size, weight: 700 })));
  return widest <= width ? size : Math.max(size * 0.5, (size * width) / widest);
}

function dividers(page: Page, x: number, columns: number[], from: number, to: number): void {
  for (const column of columns.slice(1))
    page.document
      .moveTo(x + column, from)
      .lineTo(x + column, to)
      .lineWidth(1)
      .stroke(LINE);
}

function drawEntry(page: Page, ticket: TicketPaper, x: number, y: number): number {
  let left = x;
  if (ticket.age) {
    const width = page.measure(ticket.age, { size: 10, weight: 700 }) + 16;
    page.document.roundedRect(left, y, width, 19, 4).lineWidth(1.2).stroke(INK);
    page.text(ticket.age, left + 8, y + 3, { size: 10, weight: 700 });
    left += width + 10;
  }
  page.text(ticket.entries, left, y + 3, { size: 10.5, weight: 700 });
  return y + 24;
}

/** Reasons of the price on snow, the guardian rule on cream: what somebody at the door may ask about. */
function notesOf(ticket: TicketPaper): { text: string; ground: string; colour: string }[] {
  return [
    ...(ticket.reasons.length > 0 ? [{ text: ticket.reasons.join('. '), ground: SNOW, colour: INK }] : []),
    ...(ticket.guardian ? [{ text: ticket.guardian, ground: CREAM, colour: AMBER }] : []),
  ];
}

function noteHeight(page: Page, text: string, width: number, size: number): number {
  return page.linesOf(text, { size, width: width - 24 }) * size * 1.4 + 14;
}

function notesHeight(page: Page, ticket: TicketPaper, width: number, size: number): number {
  return notesOf(ticket).reduce((sum, { text }) => sum + noteHeight(page, text, width, size) + 6, 0);
}

function notes(page: Page, ticket: TicketPaper, x: number, y: number, width: number, size: number): number {
  let at = y;
  for (const { text, ground, colour } of notesOf(ticket)) {
    const height = noteHeight(page, text, width, size);
    page.document.roundedRect(x, at, width, height, 4).fill(ground);
    page.text(text, x + 12, at + 7, { size, width: width - 24, leading: 1.4, colour });
    at += height + 6;
  }
  return at;
}

function phoneHeight(page: Page, face: DisplayFace, ticket: TicketPaper): number {
  const width = PHONE_WIDTH - 2 * MARGIN.phone;
  const title = page.titleHeight(face, ticket.title, { size: 28, lines: 2, width });
  const lines =
    page.linesOf(ticket.venue.value, { size: 13, width, weight: 700 }) +
    page.linesOf(ticket.refund, { size: 11, width }) +
    page.linesOf(`${ticket.order} · ${ticket.count}`, { size: 11, width });
  return Math.max(PHONE_LEAST, 600 + title + lines * 17 + notesHeight(page, ticket, width, 11));
}

/** A letter that no face has must not keep anybody from the door. */
function legible(ticket: TicketPaper): TicketPaper {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return printable(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)]));
    return value;
  };
  return { ...(clean(ticket) as TicketPaper), code: ticket.code, poster: ticket.poster };
}
