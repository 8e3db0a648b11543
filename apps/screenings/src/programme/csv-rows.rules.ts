import type { ProgrammeFile } from '#libs/contracts';
import { cellsOf } from '../seat-plans/grid.rules.js';
import type { LinedJson } from './json-lines.rules.js';

/**
 * One list of a programme as a spreadsheet, called after the list: "screenings.csv", "films.csv". The first line names
 * the fields as paths ("title.kk", "items.0.filmId"); a path that ends in [] takes several values with a bar between
 * ("directors.en[]"). An empty cell says nothing.
 */
const NUMBERS = /^(?:year|minutes|seats|capacity|amount|lat|lon)$/;
const TRUTHS: Record<string, boolean> = { true: true, false: false };

type Node = Record<string, unknown> | unknown[];

/** The table as the JSON that says the same, each value knowing its line. */
export function readTable(file: ProgrammeFile): LinedJson {
  const list = file.name.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  const [head = [], ...lines] = cellsOf(file.text.replace(/^\uFEFF/, ''));
  const paths = head.map((cell) => cell.trim());
  const lineOfRow: number[] = [];
  const rows: unknown[] = [];
  for (const [index, cells] of lines.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const row: Record<string, unknown> = {};
    for (const [column, path] of paths.entries()) {
      const cell = cells[column]?.trim() ?? '';
      if (path !== '' && cell !== '') put(row, path, cell);
    }
    lineOfRow.push(index + 2);
    rows.push(row);
  }
  return {
    value: { [list]: rows },
    lineOf: (pointer) => lineOfRow[Number(pointer.split('/')[2])] ?? 1,
  };
}

function put(row: Record<string, unknown>, path: string, cell: string): void {
  const several = path.endsWith('[]');
  const keys = path.replace(/\[\]$/, '').split('.');
  const last = keys.pop()!;
  if ([...keys, last].some((key) => key === '__proto__')) return;
  let node: Node = row;
  for (const [depth, key] of keys.entries()) {
    const next = keys[depth + 1] ?? last;
    const inside = (node as Record<string, unknown>)[key] ?? (/^\d+$/.test(next) ? [] : {});
    (node as Record<string, unknown>)[key] = inside;
    node = inside as Node;
  }
  const value = (text: string) => (NUMBERS.test(last) && text !== '' ? numberOf(text) : (TRUTHS[text] ?? text));
  (node as Record<string, unknown>)[last] = several ? cell.split('|').map((one) => value(one.trim())) : value(cell);
}

/** What is no number stays text, so that the row's own check names it. */
function numberOf(text: string): number | string {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
