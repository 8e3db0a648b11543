import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';

/** A gap wider than this many seat pitches is an aisle: nobody is seated across it. */
const AISLE = 1.6;
/** How far back people like to sit, as a share of the hall's depth. */
const FOCUS = 0.55;
/** A seat to the side is easier borne than one too far in front or behind. */
const SIDEWAYS = 0.7;

/** A hall's seats in the order of the map's state string. */
type SeatedFacts = Pick<ScreeningFacts, 'seats'>;

/**
 * The best `count` free seats beside each other: nearest to a little behind the middle of the hall, never across an
 * aisle. Accessible places only by asking for them. Undefined when no row has so many in a run.
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
  let best: { score: number; seats: string[] } | undefined;
  for (const row of Map.groupBy(places, (place) => `${place.seat.row} ${place.row}`).values()) {
    const pitch = pitchOf(row);
    for (let from = 0; from + count <= row.length; from++) {
      const run = row.slice(from, from + count);
      const usable = run.every(
        ({ seat, index, x }, n) =>
          states[index] === 'f' &&
          seat.kind === 'seat' &&
          (!category || seat.category === category) &&
          (n === 0 || Math.abs(x - run[n - 1]!.x) <= pitch * AISLE),
      );
      if (!usable) continue;
      const middle = (run[0]!.x + run.at(-1)!.x) / 2;
      const score = Math.hypot((middle - focus.x) * SIDEWAYS, run[0]!.y - focus.y);
      if (!best || score < best.score) best = { score, seats: run.map(({ seat }) => seat.id) };
    }
  }
  return best?.seats;
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

function focusOf(places: Place[]): { x: number; y: number } {
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
