import type { StoredHold, StoredHoldAnswer } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { placeKey } from './claims.js';
import type { Twin } from './twin.js';

/** `hold_seats`: holds while Redis is away; the rules of its script, all or nothing. */
export function holdSeats(twin: Twin, wanted: StoredHold): StoredHoldAnswer {
  const { screening, id, buyer, seats } = wanted;
  const board = twin.boards.get(screening);
  twin.meet(board?.holdStore, 'hold-seats');
  if (board?.epoch !== wanted.epoch || board.holdStore !== 'postgres')
    return { outcome: 'epoch', epoch: board?.epoch ?? 0 };
  const living = twin.holds.where((row) => row.screening === screening && row.until > twin.now());
  const mine = living.filter((row) => row.hold === id);
  if (mine[0])
    return {
      outcome: 'held',
      until: new Date(mine[0].until).toISOString(),
      seats: mine.map((row) => row.seat).sort(),
      extended: mine[0].extended,
    };
  const taken = seats.filter(
    (seat) =>
      twin.claims.has(placeKey(screening, seat)) || living.some((row) => row.seat === seat && row.buyer !== buyer),
  );
  if (taken.length > 0) return { outcome: 'taken', seats: taken };
  for (const row of twin.holds.where((hold) => hold.screening === screening))
    if (row.until <= twin.now() || row.buyer === buyer) twin.holds.delete(placeKey(screening, row.seat));
  const until = twin.now() + wanted.seconds * 1_000;
  for (const seat of seats)
    twin.holds.put(placeKey(screening, seat), { screening, seat, hold: id, buyer, until, extended: false });
  return { outcome: 'held', until: new Date(until).toISOString(), seats: [...seats], extended: false };
}

/** The one extension of a hold; a second one changes nothing. */
export function extendHold(twin: Twin, hold: string, buyer: string, seconds: number) {
  const rows = twin.holds.where((row) => row.hold === hold && row.buyer === buyer && row.until > twin.now());
  const [first] = rows;
  if (!first) return undefined;
  const again = first.extended;
  const until = again ? first.until : Math.max(first.until, twin.now() + seconds * 1_000);
  for (const row of rows) twin.holds.change(placeKey(row.screening, row.seat), { until, extended: true });
  return { until: new Date(until), seats: rows.map((row) => row.seat), again };
}

export function dropHold(twin: Twin, hold: string, buyer: string): boolean {
  const rows = twin.holds.where((row) => row.hold === hold && row.buyer === buyer);
  for (const row of rows) twin.holds.delete(placeKey(row.screening, row.seat));
  return rows.length > 0;
}
