import type { SeatingList } from '#libs/contracts';

type Line = SeatingList[number];
type Place = { row: string; number: string };

/** Everything that one order, booking or block has, before and after. */
export interface OwnersSeats {
  ownerId: string;
  ownerKind: Line['ownerKind'];
  number: string | null;
  lines: Line[];
}

export function byOwner(seats: readonly Line[]): OwnersSeats[] {
  const owners = new Map<string, OwnersSeats>();
  for (const line of seats) {
    const { ownerId, ownerKind, number } = line;
    const owner = owners.get(ownerId) ?? { ownerId, ownerKind, number, lines: [] };
    owner.lines.push(line);
    owners.set(ownerId, owner);
  }
  return [...owners.values()];
}

export const keepsSeat = ({ from, to }: Line) => to !== null && from.row === to.row && from.number === to.number;

/** Seats row by row, neighbours as a range: [["2", "1–4, 7"], ["3", "1"]]. */
export function rangesOf(places: readonly Place[]): [row: string, seats: string][] {
  const rows = new Map<string, string[]>();
  for (const { row, number } of places) rows.set(row, [...(rows.get(row) ?? []), number]);
  return [...rows].map(([row, numbers]) => [row, ranges(numbers)]);
}

function ranges(numbers: readonly string[]): string {
  const whole = numbers.filter((number) => /^\d+$/.test(number)).map(Number);
  const other = numbers.filter((number) => !/^\d+$/.test(number));
  const runs: [number, number][] = [];
  for (const number of whole.sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return [...runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)), ...other].join(', ');
}
