import type { EventData, ScreeningRecorded } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { ReturnLines } from '../src/afterwards/changes/return-lines.js';
import { CancelScreening } from '../src/afterwards/seating-moves/cancel-screening.js';
import { INVENTORY, type InventoryPort } from '../src/inventory/seats/inventory.port.js';
import { attemptOf, NO_VIOLATIONS, violations } from './inventory-cast.js';
import { FullHouse } from './moving-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const RECORDED = { type: 'screenings.screening.recorded.v1', topic: 'screenings' };
let version = 1_000;

function tellChange(house: FullHouse, changes: Partial<EventData<typeof ScreeningRecorded>>): Promise<void> {
  return house
    .facts()
    .then((facts) => house.stage.tell(RECORDED, house.screening, ++version, { ...facts, ...changes }));
}

async function paid(house: FullHouse, seat: string, amount: number): Promise<string> {
  const order = await house.order([seat], 'paying', amount);
  const attempt = await attemptOf(house.stage.db.database, order);
  await house.stage.service.app
    .get<InventoryPort>(INVENTORY, { strict: false })
    .confirmPayment(attempt, amount, 'KZT', {});
  return order;
}

async function left(stage: TicketsStage, screening: string) {
  const [row] = await stage.db.database.query(
    `SELECT (SELECT count(*)::int FROM seat_claim WHERE screening_id = $1) AS claims,
            (SELECT count(*)::int FROM ticket WHERE screening_id = $1 AND state = 'live') AS tickets,
            (SELECT count(*)::int FROM booking WHERE screening_id = $1 AND state = 'booked') AS bookings,
            (SELECT count(*)::int FROM block WHERE screening_id = $1 AND state = 'kept') AS blocks,
            (SELECT done_at IS NOT NULL FROM cancelled_screening WHERE screening_id = $1) AS done`,
    [screening],
  );
  return row;
}

const NOTHING = { claims: 0, tickets: 0, bookings: 0, blocks: 0, done: true };

describe('a screening that is cancelled', () => {
  let stage: TicketsStage;
  beforeAll(async () => {
    stage = await openStage({ TICKETS_ROLES: 'sell,door' });
  }, 120_000);
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  const run = async (house: FullHouse) => {
    const cancel = stage.service.app.get(CancelScreening, { strict: false });
    for (let look = 0; look < 20; look++) if (await cancel.execute(house.screening)) return;
    throw new Error('somebody still holds something');
  };

  it('returns every ticket once, ends every booking, releases what was kept and tells each visitor once', async () => {
    const house = await FullHouse.open(stage);
    const seats = house.seats.filter((seat) => seat.kind === 'seat');
    const bought = await paid(house, seats[296]!.id, 250_000);
    const unpaid = await house.order([seats[297]!.id], 'waiting', 100_000);
    await tellChange(house, { state: 'cancelled' });
    await run(house);
    await run(house);
    expect(await left(stage, house.screening)).toEqual(NOTHING);
    const visits = await house.visits('tickets.visit.cancelled.v1');
    const persons = visits.map((visit) => visit.personId);
    expect(new Set(persons).size).toBe(persons.length);
    expect(visits.find((visit) => visit.personId === 'paying')).toMatchObject({
      tickets: 1,
      bookings: 0,
      amount: { amount: 250_000, currency: 'KZT' },
    });
    expect(visits.find((visit) => visit.personId === 'guest-1')).toMatchObject({ tickets: 0, bookings: 1 });
    const refunds = await stage.db.database.query(
      'SELECT amount::int AS amount, reason FROM refund WHERE order_id = $1',
      [bought],
    );
    expect(refunds).toEqual([{ amount: 250_000, reason: 'screening-cancelled' }]);
    const [order] = await stage.db.database.query<{ state: string }>('SELECT state FROM orders WHERE id = $1', [
      unpaid,
    ]);
    expect(order?.state).toBe('cancelled');
    const ended = await stage.db.database.query<{ reason: string }>(
      `SELECT data->>'reason' AS reason FROM outbox WHERE type = 'tickets.booking.cancelled.v1' AND data->>'screeningId' = $1`,
      [house.screening],
    );
    expect([ended.length, new Set(ended.map((row) => row.reason))]).toEqual([24, new Set(['screening-cancelled'])]);
  }, 90_000);

  it('goes on where it ended after a crash in the middle, and returns nothing twice', async () => {
    const house = await FullHouse.open(stage);
    const bought = await paid(house, house.seats.filter((seat) => seat.kind === 'seat')[296]!.id, 250_000);
    await tellChange(house, { state: 'cancelled' });
    const returns = stage.service.app.get(ReturnLines, { strict: false });
    const whole = returns.execute.bind(returns);
    for (const crashAt of [0, 7, 30]) {
      let n = 0;
      returns.execute = (command) => (n++ === crashAt ? Promise.reject(new Error('the process died')) : whole(command));
      await expect(stage.service.app.get(CancelScreening, { strict: false }).execute(house.screening)).rejects.toThrow(
        'died',
      );
    }
    returns.execute = whole;
    await Promise.all([run(house), run(house)]);
    expect(await left(stage, house.screening)).toEqual(NOTHING);
    const persons = (await house.visits('tickets.visit.cancelled.v1')).map((visit) => visit.personId);
    expect(new Set(persons).size).toBe(persons.length);
    const refunds = await stage.db.database.query('SELECT 1 FROM refund WHERE order_id = $1', [bought]);
    expect(refunds).toHaveLength(1);
  }, 90_000);

  it('ends a move that is under way, whoever had no seat included', async () => {
    const house = await FullHouse.open(stage);
    const { moveId, asked } = await house.ask({ rows: 22, places: 12, pairs: 1, minutes: 60 });
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    await tellChange(house, { state: 'cancelled' });
    await run(house);
    expect(await left(stage, house.screening)).toEqual(NOTHING);
    expect((await house.command(moveId, 'undo')).body.code).toBe('seating-move-over');
    expect((await house.visits('tickets.visit.moved.v1')).length).toBe(0);
  }, 90_000);

  it('is told once, however often it is told', async () => {
    const house = await FullHouse.open(stage);
    await tellChange(house, { state: 'cancelled' });
    await tellChange(house, { state: 'cancelled' });
    const rows = await stage.db.database.query('SELECT 1 FROM cancelled_screening WHERE screening_id = $1', [
      house.screening,
    ]);
    expect(rows).toHaveLength(1);
    await run(house);
  }, 90_000);
});

describe('a screening that changes without a move', () => {
  let stage: TicketsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage.close());

  it('that is delayed is one short message for each visitor, and a refund where the delay is long', async () => {
    const house = await FullHouse.open(stage);
    const from = (await house.facts()).startsAt;
    const delay = async (minutes: number, as = ++version) =>
      stage.tell(RECORDED, house.screening, as, {
        ...(await house.facts()),
        delay: { minutes, from },
        startsAt: new Date(Date.parse(from) + minutes * 60_000).toISOString(),
      });
    await delay(10);
    await delay(10);
    const told = await house.visits('tickets.visit.delayed.v1');
    expect(told.length).toBe(new Set(told.map((visit) => visit.personId)).size);
    expect(told[0]).toMatchObject({ minutes: 10, from });
    const rights = () =>
      stage.db.database.query('SELECT 1 FROM refund_right WHERE screening_id = $1', [house.screening]);
    expect(await rights()).toHaveLength(0);
    await delay(25);
    expect(await rights()).toHaveLength(house.orders.length);
    expect((await house.visits('tickets.visit.delayed.v1')).length).toBe(2 * told.length);
  }, 60_000);

  it('that is rated after it was sold tells its visitors the rating', async () => {
    const house = await FullHouse.open(stage, { ageRating: null, ageRatingPending: true });
    await tellChange(house, { title: { kk: 'Х', ru: 'Х', en: 'X' } });
    expect(await house.visits('tickets.visit.rated.v1')).toEqual([]);
    const { ageRatingPending: _, ...facts } = await house.facts();
    await stage.tell(RECORDED, house.screening, ++version, { ...facts, ageRating: '18+' });
    expect((await house.visits('tickets.visit.rated.v1'))[0]).toMatchObject({ ageRating: '18+' });
  }, 60_000);

  it('keeps the plan that was sold, whatever plan a telling names; an empty one takes the new plan', async () => {
    const house = await FullHouse.open(stage);
    await stage.tell({ type: 'screenings.seat-plan.recorded.v1', topic: 'screenings' }, 'full', 2, {
      planId: 'full',
      version: 2,
      hallId: 'hall',
      seats: house.seats.slice(0, 24),
    });
    await tellChange(house, { planVersion: 2 });
    expect((await house.facts()).planVersion).toBe(1);
    const empty = await stage.screening({ planId: 'full' });
    await stage.tell(RECORDED, empty, ++version, { ...(await house.facts()), screeningId: empty, planVersion: 2 });
    const [row] = await stage.db.database.query('SELECT plan_version FROM inventory WHERE screening_id = $1', [empty]);
    expect(row).toEqual({ plan_version: 2 });
  }, 60_000);

  it('that is cancelled is cleared by the job', async () => {
    const house = await FullHouse.open(stage);
    await tellChange(house, { state: 'cancelled' });
    await eventually(async () => expect(await left(stage, house.screening)).toEqual(NOTHING), 40_000);
  }, 60_000);
});
