import { bestSeats, type Hall } from '../../../seat-map/hall.rules';

/** People without a line come in twos and fours: nobody needs more seats beside one another. */
const GROUP = 8;

/** Free seats, the best first, in groups beside one another as long as there are such; fewer where fewer are free. */
export function seatsInGroups(hall: Hall, states: string, count: number): string[] {
  const left = [...states];
  const found: string[] = [];
  for (let size = Math.min(GROUP, count); size > 0; size = Math.min(size, count - found.length)) {
    const group = bestSeats(hall, left.join(''), size, null);
    if (!group) {
      size -= 1;
      continue;
    }
    for (const seat of group) {
      left[seat.index] = 'x';
      found.push(seat.id);
    }
  }
  return found;
}
