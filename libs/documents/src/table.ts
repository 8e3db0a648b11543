import { printable } from './fonts.js';
import type { Page } from './pdf.js';

export interface Table {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
  /** Points. */
  x: number;
  y: number;
  width: number;
  size: number;
  /** What stands above on each further page; answers where the table goes on. */
  next: () => number;
}

const PAD = 3;
const LEADING = 1.25;
const LINE = '#9DB0AA';
const HEAD = '#D5E3DD';
const BOTTOM = 36;
/** A column asks for no more than this, in letters of the size; longer texts break. */
const WIDEST = 22;

/** Draws a table with a head on each page; words that are too long for their column break inside. Returns the y below. */
export function drawTable(page: Page, table: Table): number {
  const { size, rows } = table;
  const heads = table.heads.map(printable);
  const cells = rows.map((row) => row.map(printable));
  const widths = columnWidths(page, heads, cells, table);
  const wrap = (row: readonly string[], weight: 400 | 700) =>
    row.map((text, i) => broken(page, text, (widths[i] ?? 0) - 2 * PAD, size, weight));
  const draw = (lines: string[][], y: number, weight: 400 | 700): number => {
    const height = Math.max(...lines.map((one) => one.length), 1) * size * LEADING + 2 * PAD;
    if (weight === 700) page.fill(table.x, y, table.width, height, HEAD);
    let x = table.x;
    lines.forEach((cell, i) => {
      cell.forEach((line, n) => {
        page.text(line, x + PAD, y + PAD + n * size * LEADING, { size, weight });
      });
      x += widths[i] ?? 0;
    });
    page.rule(table.x, y + height, table.width, LINE, 0.4);
    return y + height;
  };
  const head = wrap(heads, 700);
  let y = draw(head, table.y, 700);
  for (const row of cells) {
    const lines = wrap(row, 400);
    const height = Math.max(...lines.map((one) => one.length), 1) * size * LEADING + 2 * PAD;
    if (y + height > page.height - BOTTOM) {
      page.next();
      y = draw(head, table.next(), 700);
    }
    y = draw(lines, y, 400);
  }
  return y;
}

function columnWidths(
  page: Page,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  table: Table,
): number[] {
  const { size, width } = table;
  const wanted = heads.map((head, i) => {
    const longest = (text: string, weight: 400 | 700) =>
      Math.max(...text.split(' ').map((word) => page.measure(word, { size, weight })));
    const natural = Math.max(...rows.map((row) => page.measure(row[i] ?? '', { size })), 0);
    return Math.max(longest(head, 700), Math.min(natural, WIDEST * size * 0.5), size * 1.5) + 2 * PAD;
  });
  const sum = wanted.reduce((all, one) => all + one, 0);
  return wanted.map((one) => (one * width) / sum);
}

function broken(page: Page, text: string, width: number, size: number, weight: 400 | 700): string[] {
  const fits = (line: string) => page.measure(line, { size, weight }) <= width;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const letter of word) {
      if (line && !fits(line + letter)) {
        lines.push(line);
        line = letter;
      } else line += letter;
    }
  }
  if (line) lines.push(line);
  return lines;
}
