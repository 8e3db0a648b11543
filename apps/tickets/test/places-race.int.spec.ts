import { randomUUID } from 'node:crypto';
import { isRefusal } from '#libs/kernel';
import { type TestDatabase, testDatabase } from '#libs/testing';
// What the database refuses is known by the features' own refusals.
import '../src/afterwards/bookings/booking.refusals.js';
import '../src/afterwards/waitlist/waitlist.refusals.js';
import { ticketsDatabase } from '../src/database.js';
import '../src/inventory/allocations/blocks/block.refusals.js';
import { PgInventory } from '../src/inventory/seats/pg-inventory.js';
import { callFunction } from '../src/inventory/seats/sql-function.js';
import { attemptOf, due, NO_VIOLATIONS, openScreening, orderOf, violations } from './inventory-cast.js';

const ROWS = ['A', 'B', 'C', 'D'];
const SEATS = ROWS.flatMap((row) =>
  Array.from({ length: 10 }, (_, i) => ({
    id: `${row}-${i + 1}`,
    row,
    number: `${i + 1}`,
    category: 'A',
    kind: 'seat',
  })),
);

/** A small generator that gives the same numbers in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Everybody who can have a seat, at the same two halls at once: orders, bookings, blocks, the line and its offers. */
describe('places under everybody at once', () => {
  let db: TestDatabase;
  let inventory: PgInventory;

  beforeAll(async () => {
    db = await testDatabase('places', ticketsDatabase, { poolSize: 20 });
    inventory = new PgInventory(db.database);
    await db.database.query(`INSERT INTO plan_copy (plan_id, plan_version, seats) VALUES ('plan', 1, $1)`, [
      JSON.stringify(SEATS),
    ]);
  });
  afterAll(() => db.close());

  const call = <T>(invocation: string, values: unknown[]) =>
    db.database.transaction((tx) => callFunction<T>(tx, invocation, values));
  const rows = <R>(sql: string, values: unknown[] = []) => db.database.query<R>(sql, values);

  async function hall(id: string): Promise<void> {
    await openScreening(db.database, id, new Date(Date.now() + 86_400_000).toISOString());
    await rows('INSERT INTO usage_limit (id, capacity) VALUES ($1, 24), ($2, 10)', [`${id}:public`, `${id}:press`]);
  }

  /** One deed of somebody; a refusal is an answer like another. */
  function deeds(halls: string[], roll: (below: number) => number) {
    const hallOf = () => halls[roll(halls.length)]!;
    const seat = () => SEATS[roll(SEATS.length)]!.id;
    const badges = Array.from({ length: 12 }, () => randomUUID());
    const order = async () => {
      const screening = hallOf();
      const seats = [...new Set([seat(), seat()])];
      const document = orderOf(
        seats.map((one) => [screening, one]),
        { limits: [{ candidates: [`${screening}:public`], lines: seats.map((_, i) => i + 1) }] },
      );
      await inventory.placeOrder(document);
      if (roll(2) === 0) {
        const attempt = await attemptOf(db.database, document.order.id);
        await inventory.confirmPayment(attempt, document.order.total, 'KZT', {});
        if (roll(2) === 0) await call('return_lines($1, $2, 0, $3, $4)', [document.order.id, [1], 'buyer', {}]);
      } else {
        await due(db.database, document.order.id);
        await inventory.expireOrder(document.order.id, {});
      }
    };
    const book = async () => {
      const screening = hallOf();
      const accreditation = badges[roll(badges.length)]!;
      await rows(
        `INSERT INTO badge_copy (badge_id, accreditation_id, version, state, serial) VALUES ($1, $1, 1, 'live', $1) ON CONFLICT DO NOTHING`,
        [accreditation],
      );
      const id = randomUUID();
      await inventory.makeBooking({
        idempotency: { caller: accreditation, key: id, fingerprint: id },
        booking: { id, accreditation, person: 'p', edition: 'almaty-2019', screening, row: '1', seat: '1' },
        seat: seat(),
        plan: 1,
        candidates: [`${screening}:press`, `${screening}:public`],
        dailyQuota: 4,
        startsAt: new Date(Date.now() + 86_400_000).toISOString(),
        endsAt: new Date(Date.now() + 92_000_000).toISOString(),
        timezone: 'Asia/Almaty',
        told: {},
      });
      const after = roll(4);
      if (after < 2) await call('end_booking($1, $2, $3)', [id, 'holder', {}]);
      else if (after === 2) await call('release_booking($1, $2, $3)', [id, 'badge-suspended', {}]);
      if (roll(3) === 0) await call('restore_booking($1, $2)', [id, {}]);
    };
    const block = async () => {
      const screening = hallOf();
      const id = randomUUID();
      const seats = [...new Set([seat(), seat(), seat()])];
      const limit = roll(2) === 0 ? `${screening}:press` : null;
      await call('make_block($1)', [
        { id, edition: 'almaty-2019', screening, plan: 1, purpose: 'x', allocation: limit, seats, by: 'manager' },
      ]);
      if (roll(2) === 0)
        await call('change_block($1, $2)', [
          id,
          { version: 1, seats: [...new Set([seats[0]!, seat()])], by: 'manager' },
        ]);
      if (roll(3) > 0) await call('release_block($1, $2, $3)', [id, 'manager', 'manager']);
    };
    const wait = async () => {
      const id = randomUUID();
      await call('join_waitlist($1)', [
        { id, screening: hallOf(), person: `p-${roll(30)}`, buyer: id, language: 'en', seats: 1 + roll(2) },
      ]);
      if (roll(4) === 0) await call('leave_waitlist($1)', [id]);
    };
    const serve = async () => {
      const screening = hallOf();
      const [first] = await rows<{ id: string; seats: number }>(
        `SELECT id, seats FROM waitlist_entry WHERE screening_id = $1 AND state = 'waiting' ORDER BY place LIMIT 1`,
        [screening],
      );
      const pool = await rows<{ seat: string }>(
        `SELECT seat_id AS seat FROM seat_claim WHERE screening_id = $1 AND owner_kind = 'pool' ORDER BY 1 LIMIT $2`,
        [screening, first?.seats ?? 0],
      );
      if (!first || pool.length < first.seats) return;
      const id = randomUUID();
      const seats = pool.map((one) => one.seat);
      const made = await db.database.transaction(async (tx) => {
        await tx.query('SELECT lock_screenings($1)', [[screening]]);
        return callFunction<unknown[] | null>(tx, 'make_offer($1)', [
          { id, entry: first.id, seats, limits: [`${screening}:public`], seconds: 60, told: {} },
        ]);
      });
      if (!made) return;
      const choice = roll(3);
      if (choice === 0) await rows('UPDATE waitlist_offer SET until = clock_timestamp() WHERE id = $1', [id]);
      if (choice === 0) await call('lapse_offer($1, $2)', [id, {}]);
      if (choice === 1) {
        const document = orderOf(seats.map((one) => [screening, one]));
        await Promise.allSettled([
          inventory.placeOrder({ ...document, offer: id }),
          call('leave_waitlist($1)', [first.id]),
        ]);
      }
    };
    return [order, order, book, block, wait, serve, serve];
  }

  it.each([1, 2, 3])(
    'every seat has one owner who lives, every count is right, nobody hangs (seed %i)',
    async (seed) => {
      const halls = [`race-${seed}-a`, `race-${seed}-b`];
      for (const id of halls) await hall(id);
      const roll = dice(seed);
      const all = deeds(halls, roll);
      const troubles: unknown[] = [];
      let done = 0;
      const somebody = async () => {
        for (let n = 0; n < 25; n++)
          await all[roll(all.length)]!().then(
            () => done++,
            (error: unknown) => {
              if (!isRefusal(error)) troubles.push(error);
            },
          );
      };
      await Promise.all(Array.from({ length: 12 }, somebody));
      expect(troubles).toEqual([]);
      expect(done).toBeGreaterThan(60);
      expect(await violations(db.database)).toEqual(NO_VIOLATIONS);
      const [row] = await rows(`SELECT
      (SELECT count(*)::int FROM seat_claim c WHERE owner_kind = 'offer' AND NOT EXISTS
        (SELECT 1 FROM waitlist_offer o WHERE o.id = c.owner_id AND o.state = 'open')) AS "claim without offer",
      (SELECT count(*)::int FROM waitlist_offer o JOIN waitlist_entry e ON e.id = o.entry_id WHERE o.state = 'open'
        AND (e.state <> 'offered' OR e.seats <> (SELECT count(*) FROM seat_claim c WHERE c.owner_id = o.id))) AS "offer not whole",
      (SELECT count(*)::int FROM waitlist_entry e WHERE state = 'offered' AND NOT EXISTS
        (SELECT 1 FROM waitlist_offer o WHERE o.entry_id = e.id AND o.state = 'open')) AS "offered without offer",
      (SELECT count(*)::int FROM seat_claim c WHERE owner_kind = 'block' AND NOT EXISTS
        (SELECT 1 FROM block b WHERE b.id = c.owner_id AND b.state = 'kept')) AS "claim without block",
      (SELECT count(*)::int FROM booking b WHERE (state = 'booked') <> EXISTS
        (SELECT 1 FROM seat_claim c WHERE c.owner_id = b.id)) AS "booking off",
      (SELECT count(*)::int FROM seat_claim c WHERE owner_kind = 'pool' AND owner_id <> pool_of(screening_id)) AS "pool off",
      (SELECT count(*)::int FROM limit_use u WHERE NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = u.owner_id)) AS "use without claim"`);
      expect(row).toEqual({
        'claim without offer': 0,
        'offer not whole': 0,
        'offered without offer': 0,
        'claim without block': 0,
        'booking off': 0,
        'pool off': 0,
        'use without claim': 0,
      });
    },
  );

  it('counts nobody as absent whose entry is stored while no-shows are counted, whoever is first', async () => {
    const device = randomUUID();
    await rows(
      `INSERT INTO device (id, edition_id, name, gate, state) VALUES ($1, 'almaty-2019', 'd', '1', 'paired')`,
      [device],
    );
    const badge = randomUUID();
    await rows(
      `INSERT INTO badge_copy (badge_id, accreditation_id, version, state, serial) VALUES ($1, $1, 1, 'live', $1)`,
      [badge],
    );
    const bookings = Array.from({ length: 20 }, () => randomUUID());
    await rows(
      `INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state)
       SELECT id, $2, 'p', 'almaty-2019', 'over-' || id, 'A', '1', 'booked' FROM unnest($1::uuid[]) AS b(id)`,
      [bookings, badge],
    );
    const at = '2019-09-16T13:00:00Z';
    await Promise.all(
      bookings.flatMap((id) => [
        call('miss_booking($1, 1, 24, $2)', [id, {}]),
        call('store_scan($1)', [
          {
            id: randomUUID(),
            device,
            screening: `over-${id}`,
            gate: '1',
            serial: badge,
            verdict: 'ok',
            answer: {},
            deviceAt: at,
            festivalAt: at,
          },
        ]),
      ]),
    );
    expect(
      await rows(
        'SELECT state, count(*)::int AS n, max(blocked_until) AS blocked FROM booking WHERE accreditation_id = $1 GROUP BY 1',
        [badge],
      ),
    ).toEqual([{ state: 'used', n: 20, blocked: null }]);
  });
});
