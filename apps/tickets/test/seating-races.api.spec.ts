import { BookingsQueries } from '../src/afterwards/bookings/bookings.queries.js';
import { ReturnLines } from '../src/afterwards/changes/return-lines.js';
import { INVENTORY, type InventoryPort } from '../src/inventory/seats/inventory.port.js';
import { attemptOf, due, NO_VIOLATIONS, violations } from './inventory-cast.js';
import { FullHouse, sittings } from './moving-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const LARGER = { rows: 40, places: 14, pairs: 4, minutes: 60 };

/** Everything at once: people give back, cancel, run out of time and pay while the hall changes under them. */
describe('a move in a race', () => {
  let stage: TicketsStage;
  beforeAll(async () => {
    stage = await openStage({ TICKETS_ROLES: 'sell,door' });
  }, 120_000);
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  const giveBack = (order: string) =>
    stage.service.app.get(ReturnLines, { strict: false }).execute({ order, lines: [1], reason: 'buyer' });
  const cancel = async (id: string) => {
    const bookings = stage.service.app.get(BookingsQueries, { strict: false });
    const inventory = stage.service.app.get<InventoryPort>(INVENTORY, { strict: false });
    return inventory.endBooking(id, 'holder', await bookings.telling(await bookings.byId(id)));
  };
  const inventory = () => stage.service.app.get<InventoryPort>(INVENTORY, { strict: false });
  /** Seats in the hall that the switchboard names, or aside; each claim's label is its seat's. */
  const misplaced = async (screening: string) => {
    const [row] = await stage.db.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM seat_claim c JOIN inventory i USING (screening_id)
         LEFT JOIN plan_copy p ON p.plan_id = i.plan_id AND p.plan_version = i.plan_version
         LEFT JOIN LATERAL (SELECT s FROM jsonb_array_elements(p.seats) s WHERE s->>'id' = c.seat_id) x ON true
         LEFT JOIN order_line l ON c.owner_kind = 'order' AND l.order_id = c.owner_id AND l.line_no = c.line_no
        WHERE c.screening_id = $1 AND c.seat_id NOT LIKE '~%'
          AND (x.s IS NULL OR (l.order_id IS NOT NULL AND (l.seat_id <> c.seat_id OR l.row_label <> x.s->>'row')))`,
      [screening],
    );
    return row?.n;
  };

  it.each(['confirm', 'undo'] as const)(
    'of %s against returns, cancellations, late and timely payments',
    async (what) => {
      const house = await FullHouse.open(stage);
      const spare = house.seats.filter((seat) => seat.kind === 'seat').slice(296, 299);
      const [expiring, paying] = [
        await house.order([spare[0]!.id], 'expiring', 100_000),
        await house.order([spare[1]!.id], 'paying', 100_000),
      ];
      const [late, timely] = [await attemptOf(stage.db.database, expiring), await attemptOf(stage.db.database, paying)];
      await due(stage.db.database, expiring);
      const before = await sittings(stage, house.screening);
      const { moveId, asked } = await house.ask(LARGER);
      if (what === 'undo') await house.command(moveId, 'confirm', { tag: asked.body.tag });
      const others = [
        ...house.orders.slice(5, 15).map((order) => giveBack(order)),
        ...house.bookings.slice(0, 8).map(cancel),
        inventory().expireOrder(expiring, {}),
        inventory().confirmPayment(timely, 100_000, 'KZT', {}),
      ];
      const [answer] = await Promise.all([house.command(moveId, what, { tag: asked.body.tag }), ...others]);
      expect(answer.body.state).toBe(what === 'confirm' ? 'seated' : 'undone');
      expect(await misplaced(house.screening)).toBe(0);
      const now = await sittings(stage, house.screening);
      expect(now).toHaveLength(302 - 10 - 8 - 1);
      if (what === 'confirm') await house.command(moveId, 'undo');
      const after = await sittings(stage, house.screening);
      expect(after.filter((row) => !before.includes(row))).toEqual([]);
      await stage.db.database.query("UPDATE payment_attempt SET state = 'open' WHERE id = $1", [late]);
      // The seat is free and of the old hall again: late money takes it, as if nothing had moved.
      expect(await inventory().confirmPayment(late, 100_000, 'KZT', {})).toMatchObject({ outcome: 'paid', late: true });
      expect(await misplaced(house.screening)).toBe(0);
    },
    60_000,
  );

  it('of many rounds ends where it began', async () => {
    const house = await FullHouse.open(stage);
    const before = await sittings(stage, house.screening);
    for (let round = 0; round < 4; round++) {
      const { moveId, asked } = await house.ask(
        round % 2 === 0 ? LARGER : { rows: 22, places: 12, pairs: 1, minutes: 30 },
      );
      await house.command(moveId, 'confirm', { tag: asked.body.tag });
      await house.command(moveId, 'undo');
    }
    expect(await sittings(stage, house.screening)).toEqual(before);
  }, 60_000);

  it('seats those who had no seat when the next hall has one', async () => {
    const house = await FullHouse.open(stage);
    const small = await house.ask({ rows: 22, places: 12, pairs: 1, minutes: 30 });
    const seated = await house.command(small.moveId, 'confirm', { tag: small.asked.body.tag });
    expect(seated.body.unseated).toBeGreaterThan(0);
    await house.command(small.moveId, 'settle');
    const large = await house.ask(LARGER);
    expect(large.asked.body.unseated).toEqual([]);
    await house.command(large.moveId, 'confirm', { tag: large.asked.body.tag });
    const aside = (await sittings(stage, house.screening)).filter((row) => row.startsWith('~'));
    expect(aside).toEqual([]);
    await house.command(large.moveId, 'undo');
    const again = (await sittings(stage, house.screening)).filter((row) => row.startsWith('~'));
    expect(again).toHaveLength(seated.body.unseated);
    const [listed] = await stage.db.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM unseated WHERE screening_id = $1 AND state = 'waiting'`,
      [house.screening],
    );
    expect(listed?.n).toBe(seated.body.unseated);
  }, 60_000);
});
