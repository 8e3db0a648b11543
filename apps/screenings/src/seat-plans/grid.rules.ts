import type { Plan, PlanProblem, PlanSeatRow } from './seat-plan.rules.js';

/**
 * A hall as a spreadsheet, for whoever has no drawing. One line is one row of seats: zone, row, then cells from left to
 * right as one sees them facing the screen. A cell is `number:category`, with `:w` for a wheelchair place, `:c=ID` for
 * the companion place of the wheelchair place ID, `#ID` where the seat's id is not row-number. An empty cell is an aisle
 * one seat wide, an empty line a gap between rows. Commas, semicolons or tabs; quotes as in RFC 4180.
 */
const PITCH = 30;
const ROW_PITCH = 38;
const MARGIN = 60;
/** What categories without a colour of their own are drawn in. */
export const COLOURS = ['#27307F', '#0F757C', '#F2B53A', '#C4122F', '#6B4E9B', '#4A5C57'];
const CELL = /^([^:#]+):([^:#]+)(?::(?:(w)|c=([^:#]+)))?(?:#([^:#]+))?$/;

/** Reads a grid; every cell that says nothing is named by line and column. */
export function readGrid(name: string, text: string): { plan: Plan; problems: PlanProblem[]; access: GridAccess } {
  const problems: PlanProblem[] = [];
  const access: GridAccess = { wheelchair: [], companions: {}, zoneLabels: {} };
  const zones: Plan['zones'] = [];
  const names: string[] = [];
  let widest = 0;
  const lines = cellsOf(text.replace(/^\uFEFF/, ''));
  const empty = (cells: string[]) => cells.every((cell) => cell.trim() === '');
  while (lines.length > 0 && empty(lines.at(-1)!)) lines.pop();
  lines.forEach((cells, line) => {
    if (empty(cells)) return;
    const [zoneName = '', row = '', ...rest] = cells.map((cell) => cell.trim());
    let zone = zones.find((known) => known.name === zoneName);
    if (!zone) {
      zone = { name: zoneName, label: { kk: zoneName, ru: zoneName, en: zoneName }, rows: [] };
      zones.push(zone);
    }
    const seats = rest.flatMap((cell, column): PlanSeatRow[] => {
      if (cell === '') return [];
      widest = Math.max(widest, column + 1);
      const match = CELL.exec(cell);
      if (!match) {
        problems.push({
          pointer: `/${line + 1}/${column + 3}`,
          code: 'plan-malformed',
          facts: { line: line + 1, column: column + 3, cell },
        });
        return [];
      }
      const [, seat = '', category = '', chair, companionOf, ownId] = match;
      const id = ownId ?? `${row}-${seat}`;
      if (!names.includes(category)) names.push(category);
      if (chair) access.wheelchair.push(id);
      if (companionOf) access.companions[id] = companionOf;
      return [{ id, number: seat, x: MARGIN + column * PITCH, y: MARGIN + line * ROW_PITCH, category, kind: 'seat' }];
    });
    zone.rows.push({ row, seats });
  });
  const categories = [...names].sort().map((category, i) => ({ name: category, color: COLOURS[i % COLOURS.length]! }));
  const size = { width: 2 * MARGIN + widest * PITCH, height: 2 * MARGIN + lines.length * ROW_PITCH };
  return { plan: { name, ...size, pitch: PITCH, categories, screen: null, zones }, problems, access };
}

interface GridAccess {
  wheelchair: string[];
  companions: Record<string, string>;
  zoneLabels: Record<string, never>;
}

/** Lines of cells; the delimiter is the commonest of the three in the first line that has any. */
export function cellsOf(text: string): string[][] {
  const first = text.split(/\r?\n/).find((line) => /[,;\t]/.test(line)) ?? '';
  const count = (mark: string) => first.split(mark).length;
  const delimiter = [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0]!;
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (sign === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (sign === '\n') {
      lines.push([...cells, cell]);
      cells = [];
      cell = '';
    } else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || cells.length > 0) lines.push([...cells, cell]);
  return lines;
}

/** The plan as a grid: bends are straightened, aisles stay empty cells, gaps between rows stay empty lines. */
export function writeGrid(plan: Plan): string {
  const seats = plan.zones.flatMap((zone) => zone.rows.flatMap((row) => row.seats));
  const left = seats.reduce((low, seat) => Math.min(low, seat.x), Infinity);
  const lines = plan.zones.flatMap((zone) =>
    zone.rows.map(({ row, seats: placed }) => {
      const cells: string[] = [];
      for (const seat of [...placed].sort((a, b) => a.x - b.x)) {
        const column = Math.max(Math.round((seat.x - left) / plan.pitch), cells.length);
        while (cells.length < column) cells.push('');
        cells.push(cellOf(seat, row));
      }
      const y = placed.reduce((sum, seat) => sum + seat.y, 0) / Math.max(placed.length, 1);
      return { y, text: [zone.name, row, ...cells].map(quote).join(',') };
    }),
  );
  return `${withGaps(lines).join('\r\n')}\r\n`;
}

/** An empty line for each row that is missing where two rows stand further apart than most. */
function withGaps(lines: readonly { y: number; text: string }[]): string[] {
  const steps = lines.slice(1).map((line, i) => line.y - lines[i]!.y);
  const usual = steps.filter((step) => step > 0).sort((a, b) => a - b)[0] ?? ROW_PITCH;
  return lines.flatMap((line, i) => {
    const missing = i === 0 ? 0 : Math.max(0, Math.round(steps[i - 1]! / usual) - 1);
    return [...Array<string>(missing).fill(''), line.text];
  });
}

function cellOf(seat: PlanSeatRow, row: string): string {
  const kind = seat.kind === 'wheelchair' ? ':w' : seat.kind === 'companion' ? `:c=${seat.companionOf}` : '';
  const id = seat.id === `${row}-${seat.number}` ? '' : `#${seat.id}`;
  return `${seat.number}:${seat.category}${kind}${id}`;
}

function quote(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
