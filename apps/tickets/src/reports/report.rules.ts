import type { LocalText } from '#libs/kernel';

export type ColumnKind = 'text' | 'number' | 'money' | 'instant';

export interface Column {
  id: string;
  kind: ColumnKind;
  name: LocalText;
}

/** A value as a report carries it: money in minor units, an instant in ISO 8601. */
export type Cell = string | number | null;

/**
 * Text that a spreadsheet would run as a formula (OWASP, "CSV injection"): such a cell gets an apostrophe in front, in
 * every format, because sheets are saved as one another. Numbers are never text here, so "-5" stays a number.
 */
const RUNS = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

export function harmless(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/** "2500.00": with two decimals, as accounts and spreadsheets read it. */
export function moneyText(minor: number): string {
  const whole = Math.trunc(Math.abs(minor) / 100);
  return `${minor < 0 ? '-' : ''}${whole}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
}

/** One line of CSV (RFC 4180). */
export function csvLine(columns: readonly Column[], cells: readonly Cell[]): string {
  const fields = cells.map((cell, index) => {
    if (cell === null) return '';
    if (typeof cell === 'number') return columns[index]?.kind === 'money' ? moneyText(cell) : String(cell);
    return quoted(harmless(cell));
  });
  return `${fields.join(',')}\r\n`;
}

export function csvHead(columns: readonly Column[], language: keyof LocalText): string {
  // The mark tells a spreadsheet that the file is UTF-8; without it Kazakh letters come out as rubbish.
  return `\ufeff${columns.map((column) => quoted(harmless(column.name[language]))).join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
