import { randomUUID } from 'node:crypto';
import type { Refusal } from '#libs/kernel';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { ticketsDatabase } from '../src/database.js';
import type { PlaceOrderDocument } from '../src/inventory/seats/inventory.port.js';
import { PgInventory } from '../src/inventory/seats/pg-inventory.js';
import {
  attemptOf,
  closeWatched,
  due,
  NO_VIOLATIONS,
  openScreening,
  orderOf,
  violations,
  watchSteps,
} from './inventory-cast.js';

/** What each of several calls at once came to: "ok" or the refusal's code. */
async function outcomes(calls: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((one) =>
    one.status === 'fulfilled' ? 'ok' : ((one.reason as Refusal).code ?? String(one.reason)),
  );
}
const count = (list: string[], wanted: string) => list.filter((one) => one === wanted).length;

describe('the inventory under concurrency', () => {
  let db: TestDatabase;
  let inventory: PgInventory;
  let n = 0;
  const fresh = async () => {
    const id = `s-${++n}`;
    await openScreening(db.database, id);
    return id;
  };
  const place = (document: PlaceOrderDocument) => inventory.placeOrder(document);
  const placed = async (seats: [string, string][], changes = {}) => {
    const document = orderOf(seats, changes);
    await place(document);
    return document.order.id;
  };
  const state = async (order: string) =>
    (await db.database.query<{ state: string }>('SELECT state FROM orders WHERE id = $1', [order]))[0]?.state;

  beforeAll(async () => {
    db = await testDatabase('inventory', ticketsDatabase, { poolSize: 20 });
    inventory = new PgInventory(db.database);
    await watchSteps(db.database);
  });
  afterEach(async () => expect(await violations(db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => closeWatched(db));

  it('claims a seat for one of 60 orders, and names it to the others', async () => {
    const s = await fresh();
    const all = await outcomes(
      Array.from({ length: 60 }, (_, i) =>
        place(
          orderOf([
            [s, 'A1'],
            [s, `B${i}`],
          ]),
        ),
      ),
    );
    expect([count(all, 'ok'), count(all, 'seats-taken')]).toEqual([1, 59]);
  });

  it('never deadlocks baskets that name the same seats and screenings in opposite order', async () => {
    const [s, t] = [await fresh(), await fresh()];
    const all = await outcomes(
      Array.from({ length: 40 }, (_, i) =>
        place(
          orderOf(
            i % 2
              ? [
                  [s, 'A1'],
                  [t, 'A1'],
                ]
              : [
                  [t, 'A1'],
                  [s, 'A1'],
                ],
          ),
        ),
      ),
    );
    expect([count(all, 'ok'), count(all, 'seats-taken')]).toEqual([1, 39]);
  });

  it('answers one key with one order, also when the calls overlap; another body is refused', async () => {
    const s = await fresh();
    const first = orderOf([[s, 'A1']], { key: 'the-same-key', caller: 'aigul' });
    const all = await outcomes([first, orderOf([[s, 'A1']], { key: 'the-same-key', caller: 'aigul' })].map(place));
    expect(all.filter((one) => one !== 'ok' && one !== 'request-in-flight')).toEqual([]);
    const again = await place(orderOf([[s, 'A1']], { key: 'the-same-key', caller: 'aigul' }));
    expect(again.repeated).toBe(true);
    expect(await outcomes([place(orderOf([[s, 'B2']], { key: 'the-same-key', caller: 'aigul' }))])).toEqual([
      'idempotency-key-reused',
    ]);
  });

  it('sells nothing once a stop is committed, and waits for a stop that is under way', async () => {
    const s = await fresh();
    const stop = db.database.source.createQueryRunner();
    await stop.startTransaction();
    await stop.query('SELECT pg_advisory_xact_lock(screening_lock($1))', [s]);
    const selling = outcomes([place(orderOf([[s, 'A1']]))]);
    await stop.query('UPDATE inventory SET on_sale = false WHERE screening_id = $1', [s]);
    await stop.commitTransaction();
    await stop.release();
    expect(await selling).toEqual(['not-on-sale']);
  });

  it('refuses the plan that the buyer saw when it is no longer the hall’s', async () => {
    const s = await fresh();
    const document = orderOf([[s, 'A1']]);
    document.lines[0]!.plan = 2;
    expect(await outcomes([place(document)])).toEqual(['plan-changed']);
  });

  it('gives 50 places to 200 who ask at once, in rank order, and counts them right', async () => {
    const s = await fresh();
    await db.database.query(`INSERT INTO usage_limit (id, capacity) VALUES ($1, 30), ($2, 20)`, [`${s}:a`, `${s}:b`]);
    const limits = [{ candidates: [`${s}:a`, `${s}:b`], lines: [1] }];
    const all = await outcomes(Array.from({ length: 200 }, (_, i) => place(orderOf([[s, `S${i}`]], { limits }))));
    expect([count(all, 'ok'), count(all, 'allocation-full')]).toEqual([50, 150]);
  });

  it('confirms a payment once, however often and at once it is told', async () => {
    const s = await fresh();
    const order = await placed([
      [s, 'A1'],
      [s, 'A2'],
    ]);
    const attempt = await attemptOf(db.database, order);
    const all = await Promise.all(
      Array.from({ length: 20 }, () => inventory.confirmPayment(attempt, 200_000, 'KZT', {})),
    );
    expect(all.map((one) => one.outcome).sort()).toEqual(['paid', ...Array(19).fill('repeated')].sort());
    expect(await db.database.query('SELECT count(*)::int AS n FROM ticket WHERE order_id = $1', [order])).toEqual([
      { n: 2 },
    ]);
  });

  it('keeps one of two payments for one order and owes the other back', async () => {
    const s = await fresh();
    const order = await placed([[s, 'A1']]);
    const attempts = [await attemptOf(db.database, order), await attemptOf(db.database, order)];
    const all = await Promise.all(attempts.map((attempt) => inventory.confirmPayment(attempt, 100_000, 'KZT', {})));
    expect(all.map((one) => one.outcome).sort()).toEqual(['paid', 'refund-due']);
    expect(await state(order)).toBe('paid');
  });

  it('lets a payment and the expiry race: paid with the seat, or expired and then paid late; never neither', async () => {
    const s = await fresh();
    for (let round = 0; round < 25; round++) {
      const order = await placed([[s, `R${round}`]]);
      const attempt = await attemptOf(db.database, order);
      await due(db.database, order);
      await Promise.all([inventory.expireOrder(order, {}), inventory.confirmPayment(attempt, 100_000, 'KZT', {})]);
      expect(await state(order)).toBe('paid');
    }
  });

  it('owes a late payment back when its seat was sold meanwhile, and gives one of both the seat', async () => {
    const s = await fresh();
    for (let round = 0; round < 15; round++) {
      const order = await placed([[s, `L${round}`]]);
      const attempt = await attemptOf(db.database, order);
      await due(db.database, order);
      await inventory.expireOrder(order, {});
      const [late, other] = await Promise.allSettled([
        inventory.confirmPayment(attempt, 100_000, 'KZT', {}),
        place(orderOf([[s, `L${round}`]])),
      ]);
      const lateOutcome = late.status === 'fulfilled' ? late.value.outcome : 'failed';
      expect([lateOutcome, other.status]).toEqual(
        lateOutcome === 'paid' ? ['paid', 'rejected'] : ['refund-due', 'fulfilled'],
      );
    }
  });

  it('puts a wrong amount or currency into review and issues nothing', async () => {
    const s = await fresh();
    for (const [amount, currency] of [
      [90_000, 'KZT'],
      [100_000, 'USD'],
    ] as const) {
      const order = await placed([[s, randomUUID().slice(0, 6)]]);
      const attempt = await attemptOf(db.database, order);
      expect((await inventory.confirmPayment(attempt, amount, currency, {})).outcome).toBe('review');
      expect(await state(order)).toBe('review');
    }
  });

  it('pins an order for the provider only while over a minute is left', async () => {
    const s = await fresh();
    const order = await placed([[s, 'P1']]);
    const attempt = await attemptOf(db.database, order);
    expect(await inventory.pinOrder(attempt, 100_000)).toBe(true);
    expect(await inventory.pinOrder(attempt, 1)).toBe(false);
    await db.database.query(`UPDATE orders SET pay_until = clock_timestamp() + interval '50 seconds' WHERE id = $1`, [
      order,
    ]);
    expect(await inventory.pinOrder(attempt, 100_000)).toBe(false);
  });

  it('hands each due order to one of two workers', async () => {
    const s = await fresh();
    const orders = await Promise.all(Array.from({ length: 10 }, (_, i) => placed([[s, `W${i}`]])));
    await db.database.query(
      `UPDATE orders SET pay_until = clock_timestamp(), next_look_at = clock_timestamp() WHERE id = ANY ($1)`,
      [orders],
    );
    const [one, two] = await Promise.all([inventory.takeDueOrders(10), inventory.takeDueOrders(10)]);
    const taken = [...one, ...two].map((row) => row.order).filter((id) => orders.includes(id));
    expect(taken.sort()).toEqual([...orders].sort());
    for (const id of orders) await inventory.expireOrder(id, {});
    expect(await inventory.claims(s)).toEqual([]);
  });

  it('keeps a person’s bookings apart: no overlap and no more than the daily quota, though asked at once', async () => {
    const badge = randomUUID();
    await db.database.query(
      `INSERT INTO badge_copy (badge_id, accreditation_id, version, state, serial) VALUES ($1, $1, 1, 'live', $1)`,
      [badge],
    );
    const book = (screening: string, startsAt: string) =>
      inventory.makeBooking({
        idempotency: { caller: badge, key: randomUUID(), fingerprint: screening },
        booking: {
          id: randomUUID(),
          accreditation: badge,
          person: 'p',
          edition: 'almaty-2019',
          screening,
          row: '1',
          seat: '1',
        },
        seat: randomUUID().slice(0, 8),
        plan: 1,
        candidates: [],
        dailyQuota: 2,
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + 5_400_000).toISOString(),
        timezone: 'Asia/Almaty',
        told: {},
      });
    const hours = [4, 4, 4, 7, 10, 13].map((hour) => `2019-09-17T${String(hour).padStart(2, '0')}:00:00Z`);
    const screenings: [string, string][] = [];
    for (const at of hours) {
      const id = `b-${++n}`;
      await openScreening(db.database, id, at);
      screenings.push([id, at]);
    }
    const all = await outcomes(screenings.map(([id, at]) => book(id, at)));
    expect(count(all, 'ok')).toBe(2);
    expect(all.filter((one) => !['ok', 'booking-overlaps', 'daily-quota-used'].includes(one))).toEqual([]);
  });

  it('lets one of two gates admit a code; a scan sent again gets its first answer', async () => {
    const device = randomUUID();
    await db.database.query(
      `INSERT INTO device (id, edition_id, name, gate, state) VALUES ($1, 'almaty-2019', 'd', '1', 'paired')`,
      [device],
    );
    const scan = (id: string, answer: string) =>
      db.database
        .query<{ stored: { outcome: string; answer?: string } }>('SELECT store_scan($1) AS stored', [
          JSON.stringify({
            id,
            device,
            screening: 's',
            gate: '1',
            serial: 'aa',
            verdict: 'ok',
            answer,
            deviceAt: '2019-09-16T13:00:00Z',
            festivalAt: '2019-09-16T13:00:00Z',
          }),
        ])
        .then(([row]) => row!.stored);
    const ids = Array.from({ length: 10 }, () => randomUUID());
    const all = await Promise.all(ids.map((id) => scan(id, id)));
    expect(
      count(
        all.map((one) => one.outcome),
        'stored',
      ),
    ).toBe(1);
    expect(
      count(
        all.map((one) => one.outcome),
        'lost',
      ),
    ).toBe(9);
    const winner = ids[all.findIndex((one) => one.outcome === 'stored')]!;
    expect(await scan(winner, 'another answer')).toEqual({ outcome: 'repeated', answer: winner });
  });
});
