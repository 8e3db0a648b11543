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
