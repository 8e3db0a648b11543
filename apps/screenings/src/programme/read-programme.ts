import type { ProgrammeFile } from '#libs/contracts';
import { isRefusal } from '#libs/kernel';
import { aboutOf } from '../seat-plans/plan-problem.rules.js';
import { looksLikePretix, readPretix } from '../seat-plans/pretix.rules.js';
import { generalPlan, type Plan, planProblems, withAccess } from '../seat-plans/seat-plan.rules.js';
import { readTable } from './csv-rows.rules.js';
import { BrokenJson, type LinedJson, parseLined } from './json-lines.rules.js';
import { type RowProblem, reasonOf } from './row-problem.rules.js';
import { checkRow, ROW_SCHEMAS, type RowKind, type RowOf } from './row-schemas.js';

interface Source {
  file: string;
  lined: LinedJson;
  pointer: string;
}

/** One row as all files together say it. */
export interface MergedRow<K extends RowKind = RowKind> {
  value: RowOf<K>;
  /** Where it stands, first the file that wins. */
  sources: Source[];
  /** Paths that only an invented row filled: "title.kk". */
  invented: string[];
}

/** A plan as it is sold, and the file it came in. */
export interface DrawnPlan {
  plan: Plan;
  source: unknown;
}

export type ProgrammeRows = { [K in RowKind]: MergedRow<K>[] } & { drawn: Map<string, DrawnPlan> };

type Raw = Record<string, unknown>;
const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);
const KINDS = Object.keys(ROW_SCHEMAS) as RowKind[];

/** Where a pointer of a merged row stands: in the last file that says it, else at the row itself. */
export function placeOf(row: MergedRow, pointer = ''): Pick<RowProblem, 'file' | 'line' | 'pointer'> {
  const at = row.sources[0]!;
  const best = [...row.sources].sort((a, b) => lineFor(b, pointer).deep - lineFor(a, pointer).deep)[0] ?? at;
  return { file: best.file, line: lineFor(best, pointer).line, pointer: `${best.pointer}${pointer}`.slice(1) };
}

function lineFor(source: Source, pointer: string): { line: number; deep: number } {
  const line = source.lined.lineOf(source.pointer + pointer);
  return { line, deep: line - source.lined.lineOf(source.pointer) };
}

export function problemAt(row: MergedRow, pointer: string, code: string, about?: string): RowProblem {
  return { ...placeOf(row, pointer), code, reason: reasonOf(code, about) };
}

/** Reads, merges and checks the rows of all files; what is wrong comes back with file, line and reason. */
export function readProgramme(files: readonly ProgrammeFile[]): { rows: ProgrammeRows; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const merged = new Map<RowKind, Map<string, MergedRow>>(KINDS.map((kind) => [kind, new Map()]));
  const pretix = new Map<string, LinedJson>();
  for (const file of files) {
    const at = (line: number, pointer: string, code: string, about?: string) =>
      problems.push({ file: file.name, line, pointer, code, reason: reasonOf(code, about) });
    let lined: LinedJson;
    try {
      lined = /\.[ct]sv$/i.test(file.name) ? readTable(file) : parseLined(file.text);
    } catch (error) {
      if (!(error instanceof BrokenJson)) throw error;
      at(error.line, '', 'json-broken', error.found);
      continue;
    }
    if (looksLikePretix(lined.value)) pretix.set(file.name, lined);
    else if (isObject(lined.value)) gather(file.name, lined, lined.value, merged, at);
    else at(1, '', 'file-empty');
  }
  const rows = Object.fromEntries(
    KINDS.map((kind) => [kind, [...merged.get(kind)!.values()]]),
  ) as unknown as ProgrammeRows;
  for (const kind of KINDS) for (const row of rows[kind]) problems.push(...shapeProblems(kind, row));
  rows.drawn = new Map();
  if (problems.length === 0) for (const row of rows.plans) problems.push(...drawPlan(row, pretix, rows.drawn));
  return { rows, problems };
}

function gather(
  file: string,
  lined: LinedJson,
  value: Raw,
  merged: Map<RowKind, Map<string, MergedRow>>,
  at: (line: number, pointer: string, code: string, about?: string) => void,
): void {
  for (const [list, content] of Object.entries(value)) {
    if (list === 'about') continue;
    const kind = KINDS.find((known) => known === list);
    const found = list === 'edition' ? [content] : content;
    if (!kind || !Array.isArray(found)) {
      at(lined.lineOf(`/${list}`), list, 'kind-unknown', list);
      continue;
    }
    const seen = new Set<string>();
    for (const [i, row] of (found as unknown[]).entries()) {
      const pointer = list === 'edition' ? '/edition' : `/${list}/${i}`;
      const line = lined.lineOf(pointer);
      if (!isObject(row) || typeof row.id !== 'string') at(line, pointer.slice(1), 'id-missing');
      else if (seen.has(row.id)) at(line, pointer.slice(1), 'id-repeated', row.id);
      else {
        seen.add(row.id);
        addRow(merged.get(kind)!, row.id, row, { file, lined, pointer });
      }
    }
  }
}

function addRow(known: Map<string, MergedRow>, id: string, row: Raw, source: Source): void {
  const before = known.get(id);
  if (!before) {
    known.set(id, { value: row as never, sources: [source], invented: row.invented === true ? ['*'] : [] });
    return;
  }
  before.sources.push(source);
  before.value = fill(before.value, row, row.invented === true ? before.invented : [], '') as never;
}

/** What `first` says, and what only `second` says; the paths that came from `second` are noted. */
function fill(first: unknown, second: unknown, taken: string[], path: string): unknown {
  if (first === undefined || first === null) {
    if (path !== 'invented') taken.push(path);
    return second;
  }
  if (Array.isArray(first) && Array.isArray(second) && [...first, ...second].every((x) => isObject(x) && 'id' in x))
    return [
      ...first.map((item) => fill(item, second.find((other) => other.id === item.id) ?? {}, taken, path)),
      ...second.filter((other) => !first.some((item) => item.id === other.id)),
    ];
  if (!isObject(first) || !isObject(second)) return first;
  const result: Raw = { ...first };
  for (const [key, value] of Object.entries(second))
    result[key] = fill(first[key], value, taken, path ? `${path}.${key}` : key);
  return result;
}

function shapeProblems(kind: RowKind, row: MergedRow): RowProblem[] {
  try {
    checkRow(kind, row.value);
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.fields.map(({ field, code, reason }) => ({ ...placeOf(row, `/${field}`), code, reason }));
  }
}

/** A file chosen in a browser has lost its folder: the one file of that name is meant. */
function namedAlike(files: Map<string, LinedJson>, file: string): LinedJson | undefined {
  const base = (name: string) => name.slice(name.lastIndexOf('/') + 1);
  const alike = [...files].filter(([name]) => base(name) === base(file));
  return alike.length === 1 ? alike[0]![1] : undefined;
}

function drawPlan(row: MergedRow<'plans'>, files: Map<string, LinedJson>, drawn: Map<string, DrawnPlan>): RowProblem[] {
  const { id, file, capacity, category, zoneLabels } = row.value;
  const access = {
    wheelchair: row.value.wheelchair ?? [],
    companions: row.value.companions ?? {},
    zoneLabels: zoneLabels ?? {},
  };
  if (file === undefined) {
    if (capacity === undefined || category === undefined)
      return [problemAt(row as MergedRow, '', 'plan-without-file', id)];
    drawn.set(id, { plan: withAccess(generalPlan(id, capacity, category), access), source: null });
    return [];
  }
  const lined = files.get(file) ?? namedAlike(files, file);
  if (!lined) return [problemAt(row as MergedRow, '/file', 'reference-unknown', file)];
  const { plan, problems } = readPretix(lined.value);
  if (plan) problems.push(...planProblems(plan, access, problems));
  if (plan && problems.length === 0) drawn.set(id, { plan: withAccess(plan, access), source: lined.value });
  return problems.map((problem) => {
    const about = aboutOf(problem);
    if (['wheelchair-unknown', 'wheelchair-repeated', 'companion-without-seat'].includes(problem.code))
      return problemAt(row as MergedRow, '', problem.code, about);
    return {
      file,
      line: lined.lineOf(problem.pointer),
      pointer: problem.pointer.slice(1),
      code: problem.code,
      reason: reasonOf(problem.code, about),
    };
  });
}
