import type { Hall, Seat } from './hall.rules';

/** What to offer when seats went to somebody else: the whole new choice, and which of it is new. */
export interface Replacement {
  seats: Seat[];
  fresh: Seat[];
  /** Whether all of it lies in the row of the lost seat. */
  sameRow: boolean;
}

/** Two seats are beside each other when no aisle lies between them. */
const BESIDE = 1.4;

/**
 * Seats for somebody who lost some: beside each other, in the same row where that is possible, with as many as can be of
 * those that stay, and as near as can be to what was lost. Places for wheelchairs and companions are never offered.
 * @param kept seats that this person holds and keeps
 */
export function replacementFor(
  hall: Hall,
  states: string,
  lost: readonly string[],
  kept: readonly string[],
): Replacement | undefined {
  const gone = hall.seats.filter((seat) => lost.includes(seat.id));
  const first = gone[0];
  if (!first) return undefined;
  const size = gone.length + kept.length;
  const may = (seat: Seat) =>
    kept.includes(seat.id) || (seat.kind === 'seat' && states[seat.index] === 'f' && !lost.includes(seat.id));
  const middle = {
    x: gone.reduce((sum, seat) => sum + seat.x, 0) / gone.length,
    y: gone.reduce((sum, seat) => sum + seat.y, 0) / gone.length,
  };
  const { pitch } = hall.plan;
  let best: Seat[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const zone of hall.zones)
    for (const { row, seats } of zone.rows)
      for (let start = 0; start + size <= seats.length; start++) {
        const group = seats.slice(start, start + size);
        if (!group.every(may)) continue;
        if (!group.every((seat, i) => i === 0 || seat.x - group[i - 1]!.x <= BESIDE * pitch)) continue;
        const newcomers = group.filter((seat) => !kept.includes(seat.id)).length;
        const far = group.reduce((sum, seat) => sum + Math.hypot(seat.x - middle.x, seat.y - middle.y), 0) / pitch;
        const elsewhere = row === first.row && zone.index === first.zone ? 0 : 4;
        const cost = far / size + elsewhere + 3 * (newcomers - gone.length);
        if (cost < least) [best, least] = [group, cost];
      }
  if (!best) return undefined;
  return {
    seats: best,
    fresh: best.filter((seat) => !kept.includes(seat.id)),
    sameRow: best.every((seat) => seat.row === first.row && seat.zone === first.zone),
  };
}
