import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';

/** A gap wider than this many seat pitches is an aisle: nobody is seated across it. */
const AISLE = 1.6;
/** How far back people like to sit, as a share of the hall's depth. */
const FOCUS = 0.55;
/** A seat to the side is easier borne than one too far in front or behind. */
const SIDEWAYS = 0.7;

/** A hall's seats in the order of the map's state string. */
type SeatedFacts = Pick<ScreeningFacts, 'seats'>;

/** From so many seats on, people who come together may sit in rows behind each other. */
const GROUP = 12;
const MOST_ROWS = 6;

interface Run {
  score: number;
  seats: string[];
}

/**
 * The best `count` free seats beside each other: nearest to a little behind the middle of the hall, never across an
 * aisle. A group that no row can take sits in as few rows behind each other as can. Accessible places only by asking
 * for them. Undefined when the hall has no such seats.
 * @param states one character per seat, in plan order
 */
export function bestTogether(
  facts: SeatedFacts,
  states: string,
  count: number,
  category?: string,
): string[] | undefined {
  const places = placed(facts);
  const focus = focusOf(places);
  const rows = [...Map.groupBy(places, (place) => `${place.seat.row} ${place.row}`).values()];
  const isFree = ({ seat, index }: Place) =>
    states[index] === 'f' && seat.kind === 'seat' && (!category || seat.category === category);
  const best = (row: Place[], size: number) => bestRun(row, size, isFree, focus);
  const one = lowest(rows.map((row) => best(row, count)));
  if (one || count < GROUP) return one?.seats;
  for (let behind = 2; behind <= MOST_ROWS; behind++) {
    const sizes = Array.from({ length: behind }, (_, n) => Math.floor((count + n) / behind));
    const blocks = rows.slice(behind - 1).map((_, from) => block(rows.slice(from, from + behind), sizes, best));
    const found = lowest(blocks);
    if (found) return found.seats;
  }
  return undefined;
}

function bestRun(row: Place[], size: number, isFree: (place: Place) => boolean, focus: Point): Run | undefined {
  const pitch = pitchOf(row);
  let best: Run | undefined;
  for (let from = 0; from + size <= row.length; from++) {
    const run = row.slice(from, from + size);
    const usable = run.every(
      (place, n) => isFree(place) && (n === 0 || Math.abs(place.x - run[n - 1]!.x) <= pitch * AISLE),
    );
    if (!usable) continue;
    const middle = (run[0]!.x + run.at(-1)!.x) / 2;
    const score = Math.hypot((middle - focus.x) * SIDEWAYS, run[0]!.y - focus.y);
    if (!best || score < best.score) best = { score, seats: run.map(({ seat }) => seat.id) };
  }
  return best;
}

/** Rows behind each other, a run in each; undefined when one of them has none. */
function block(
  rows: Place[][],
  sizes: readonly number[],
  best: (row: Place[], size: number) => Run | undefined,
): Run | undefined {
  const runs = rows.map((row, n) => best(row, sizes[n]!));
  if (runs.some((run) => run === undefined)) return undefined;
  return {
    score: runs.reduce((sum, run) => sum + run!.score, 0),
    seats: runs.flatMap((run) => run!.seats),
  };
}

function lowest(runs: readonly (Run | undefined)[]): Run | undefined {
  return runs.reduce((best, run) => (run && (!best || run.score < best.score) ? run : best), undefined);
}

interface Point {
  x: number;
  y: number;
}

interface Place {
  seat: PlanSeat;
  index: number;
  x: number;
  y: number;
  /** Tells two rows of one name in different zones apart. */
  row: number;
}

/** Where each seat stands; a plan without coordinates is read as rows of equal seats. */
function placed(facts: SeatedFacts): Place[] {
  let row = -1;
  let column = 0;
  let name: string | undefined;
  return facts.seats.map((seat, index) => {
    if (seat.row !== name) {
      row++;
      column = 0;
      name = seat.row;
    }
    return { seat, index, row, x: seat.x ?? column++, y: seat.y ?? row };
  });
}

function focusOf(places: Place[]): Point {
  const [left, right] = range(places.map((place) => place.x));
  const [front, back] = range(places.map((place) => place.y));
  return { x: (left + right) / 2, y: front + (back - front) * FOCUS };
}

function range(values: number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function pitchOf(row: Place[]): number {
  const gaps = row.slice(1).map((place, n) => Math.abs(place.x - row[n]!.x));
  return gaps.length > 0 ? Math.max(Math.min(...gaps), 0.001) : 1;
}

/**
 * Where a block is made without anybody looking at the map: the best run beside each other, else the free seats that
 * are nearest to the same point. Fewer than `count` when the hall has no more.
 * @param states one character per seat, in plan order
 */
export function nearFocus(facts: SeatedFacts, states: string, count: number): string[] {
  const together = bestTogether(facts, states, count);
  if (together) return together;
  const places = placed(facts);
  const focus = focusOf(places);
  return places
    .filter(({ seat, index }) => states[index] === 'f' && seat.kind === 'seat')
    .map((place) => ({ id: place.seat.id, far: Math.hypot((place.x - focus.x) * SIDEWAYS, place.y - focus.y) }))
    .sort((a, b) => a.far - b.far || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
}
