import { type Cell, type Column, harmless } from '#libs/documents';
import type { LocalText } from '#libs/kernel';

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
