import type { PlanSeat } from '../../copies/programme-copy/programme-copy.js';
import type { ClaimToSeat, Hall } from './seating-move.rules.js';

/** A place of the new hall: where it stands as a share of the hall, 0 to 1, and in which run of its row. */
export interface Place {
  seat: PlanSeat;
  index: number;
  x: number;
  y: number;
}

/** A gap wider than this many seat pitches is an aisle. */
const AISLE = 1.6;
/** Where people whose old seat nobody knows are put: a little behind the middle. */
const SOMEWHERE = { x: 0.5, y: 0.55 };
/** Sideways counts less than to the front or the back. */
const SIDEWAYS = 0.7;

/** The new hall while it fills. */
export class SeatingChart {
  private readonly places: Place[];
  private readonly byId: ReadonlyMap<string, Place>;
  private readonly old: ReadonlyMap<string, Place>;
  private readonly taken = new Set<number>();
  /** Ordinary places beside each other: aisles and accessible places lie between the runs. */
  private readonly runs: Place[][];
  private readonly oldRun = new Map<string, { run: number; place: number }>();

  constructor(
    private readonly from: Hall,
    private readonly to: Hall,
  ) {
    this.places = placed(to.seats);
    this.byId = new Map(this.places.map((place) => [place.seat.id, place]));
    const old = placed(from.seats);
    this.old = new Map(old.map((place) => [place.seat.id, place]));
    this.runs = runsOf(this.places).flatMap((run) => unbroken(run, (place) => this.isOrdinary(place)));
    runsOf(old).forEach((run, r) => {
      run.forEach((place, p) => {
        this.oldRun.set(place.seat.id, { run: r, place: p });
      });
    });
  }

  /** The same seat in the new drawing, while it is free, of the same kind and worth as much. */
  same(claim: ClaimToSeat): Place | undefined {
    const place = this.byId.get(claim.seat);
    if (!place || this.taken.has(place.index) || place.seat.kind !== (claim.was?.kind ?? 'seat')) return undefined;
    if (place.seat.companionOf !== claim.was?.companionOf || this.isWorse(claim, place)) return undefined;
    return place;
  }

  take(place: Place): void {
    this.taken.add(place.index);
  }

  giveBack(place: Place): void {
    this.taken.delete(place.index);
  }

  isWorse(claim: ClaimToSeat, place: Place): boolean {
    const before = this.from.prices.get(claim.was?.category ?? '') ?? 0;
    return (this.to.prices.get(place.seat.category) ?? 0) < before;
  }

  /** A wheelchair place and, after it, as many of its companion places; undefined when none has so many. */
  accessible(chair: ClaimToSeat, companions: readonly ClaimToSeat[]): Place[] | undefined {
    const origin = this.origin([chair]);
    const fitting = this.places.flatMap((place) => {
      if (place.seat.kind !== 'wheelchair' || this.taken.has(place.index)) return [];
      const beside = this.places.filter((one) => one.seat.companionOf === place.seat.id && !this.taken.has(one.index));
      const spare = beside.length - companions.length;
      const worse = Number(this.isWorse(chair, place));
      const places = [place, ...beside.slice(0, companions.length)];
      return spare < 0 ? [] : [{ worse, spare, far: distance(origin, place), places }];
    });
    // A chair without a companion leaves the places with companions to those who need them.
    fitting.sort((a, b) => a.worse - b.worse || a.spare - b.spare || a.far - b.far);
    return fitting[0]?.places;
  }

  /**
   * Seats people beside each other; where no run is long enough, in as few and as near pieces as there are.
   * @param near sit by this place rather than by the old one
   * @param seat called for each person who found a place; takes it
   * @returns how many pieces they sit in, and who is left
   */
  together(
    people: readonly ClaimToSeat[],
    near: Place | undefined,
    seat: (claim: ClaimToSeat, place: Place) => void,
  ): { count: number; left: ClaimToSeat[] } {
    let left = [...people];
    let by: { x: number; y: number } | undefined = near;
    let count = 0;
    for (let size = left.length; size > 0 && left.length > 0; size = Math.min(size, left.length)) {
      const some = left.slice(0, size);
      const found = this.best(some, by ?? this.origin(left));
      if (!found) {
        size--;
        continue;
      }
      some.forEach((claim, i) => {
        seat(claim, found[i]!);
      });
      count++;
      by ??= middle(found);
      left = left.slice(size);
    }
    return { count, left };
  }

  /** Whether all of them sat in one run of one row without anybody between. */
  satTogether(people: readonly ClaimToSeat[]): boolean {
    const at = people.map((claim) => this.oldRun.get(claim.seat));
    if (at.some((one) => one === undefined || one.run !== at[0]?.run)) return false;
    const places = at.map((one) => one!.place).sort((a, b) => a - b);
    return places.every((place, i) => i === 0 || place === places[i - 1]! + 1);
  }

  private isOrdinary({ seat }: Place): boolean {
    return seat.kind === 'seat' && (this.to.prices.size === 0 || this.to.prices.has(seat.category));
  }

  private best(people: readonly ClaimToSeat[], origin: { x: number; y: number }): Place[] | undefined {
    let best: { worse: number; far: number; places: Place[] } | undefined;
    for (const run of this.runs) {
      for (let start = 0; start + people.length <= run.length; start++) {
        const places = run.slice(start, start + people.length);
        if (places.some((place) => this.taken.has(place.index))) continue;
        const worse = people.filter((claim, i) => this.isWorse(claim, places[i]!)).length;
        const far = distance(origin, middle(places));
        if (!best || worse < best.worse || (worse === best.worse && far < best.far - 1e-9))
          best = { worse, far, places };
      }
    }
    return best?.places;
  }

  private origin(people: readonly ClaimToSeat[]): { x: number; y: number } {
    const known = people.flatMap((claim) => this.old.get(claim.seat) ?? []);
    return known.length > 0 ? middle(known) : SOMEWHERE;
  }
}

/** Every seat with where it stands; a plan without coordinates is read as rows of equal seats. */
function placed(seats: readonly PlanSeat[]): Place[] {
  let row = -1;
  let column = 0;
  let name: string | undefined;
  const raw = seats.map((seat, index) => {
    if (seat.row !== name) {
      row++;
      column = 0;
      name = seat.row;
    }
    return { seat, index, x: seat.x ?? column++, y: seat.y ?? row, row };
  });
  const [left, right] = range(raw.map((place) => place.x));
  const [front, back] = range(raw.map((place) => place.y));
  return raw.map((place) => ({
    seat: place.seat,
    index: place.index,
    x: (place.x - left) / (right - left || 1),
    y: (place.y - front) / (back - front || 1),
  }));
}

/** Rows cut at their aisles, each from left to right. */
function runsOf(places: readonly Place[]): Place[][] {
  const rows: Place[][] = [];
  let name: string | undefined;
  for (const place of places) {
    if (place.seat.row !== name) rows.push([]);
    name = place.seat.row;
    rows.at(-1)!.push(place);
  }
  return rows.flatMap((row) => {
    const sorted = [...row].sort((a, b) => a.x - b.x || a.index - b.index);
    const gaps = sorted.slice(1).map((place, i) => place.x - sorted[i]!.x);
    const pitch = Math.min(...gaps.filter((gap) => gap > 1e-9), 1);
    const runs: Place[][] = [];
    sorted.forEach((place, i) => {
      if (i === 0 || gaps[i - 1]! > pitch * AISLE) runs.push([]);
      runs.at(-1)!.push(place);
    });
    return runs;
  });
}

function unbroken(run: readonly Place[], fits: (place: Place) => boolean): Place[][] {
  const pieces: Place[][] = [[]];
  for (const place of run) {
    if (fits(place)) pieces.at(-1)!.push(place);
    else pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function range(values: readonly number[]): [number, number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

function middle(places: readonly { x: number; y: number }[]): { x: number; y: number } {
  const sum = places.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot((a.x - b.x) * SIDEWAYS, a.y - b.y);
}
