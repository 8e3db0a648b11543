import { randomUUID } from 'node:crypto';
import type { Refusal } from '#libs/kernel';
import { castMember, EDITION } from '#libs/testing';
import { INVENTORY, type InventoryPort } from '../src/inventory/seats/inventory.port.js';
import { callFunction } from '../src/inventory/seats/sql-function.js';
import { orderOf } from './inventory-cast.js';
import { openStage, planSeats, type TicketsStage } from './tickets-stage.js';

/** Two plans of one version number: "plan", which the stage has, and "other", which has the same seats elsewhere. */
describe('seats that were chosen on another hall’s plan', () => {
  let stage: TicketsStage;
  const manager = castMember('manager', ['programmer']);
  const code = (act: Promise<unknown>) =>
    act.then(
      () => 'ok',
      (error: Refusal) => error.code,
    );

  beforeAll(async () => {
    stage = await openStage({ TICKETS_ROLES: 'sell,door' });
    const other = { planId: 'other', version: 1, hallId: 'other', seats: planSeats() };
    await stage.tell({ type: 'screenings.seat-plan.recorded.v1', topic: 'screenings' }, 'other', 1, other);
  });
  afterAll(() => stage.close());

  it.each([
    ['plan', 'plan-changed'],
    ['other', 'ok'],
  ])('%s: orders, bookings and blocks are %s', async (planId, expected) => {
    const screening = await stage.screening({ planId: 'other' });
    const { database } = stage.db;
    const inventory = stage.service.app.get<InventoryPort>(INVENTORY, { strict: false });
    const order = orderOf([[screening, 'A-1']]);
    order.lines[0]!.plan_id = planId;
    expect(await code(inventory.placeOrder(order))).toBe(expected);
    const badge = randomUUID();
    await database.query(
      `INSERT INTO badge_copy (badge_id, accreditation_id, version, state, serial) VALUES ($1, $1, 1, 'live', $1)`,
      [badge],
    );
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booking = {
      idempotency: { caller: badge, key: randomUUID(), fingerprint: screening },
      booking: {
        id: randomUUID(),
        accreditation: badge,
        person: badge,
        edition: EDITION,
        screening,
        row: 'A',
        seat: '2',
      },
      seat: 'A-2',
      plan: 1,
      planId,
      companionAlone: false,
      candidates: [],
      dailyQuota: 2,
      startsAt,
      endsAt: startsAt,
      timezone: 'Asia/Almaty',
      told: {},
    };
    expect(await code(inventory.makeBooking(booking))).toBe(expected);
    const block = {
      id: randomUUID(),
      edition: EDITION,
      screening,
      plan: 1,
      planId,
      purpose: 'x',
      seats: ['A-3'],
      by: 'x',
    };
    expect(await code(callFunction(database, 'make_block($1)', [block]))).toBe(expected);
    const kept = await stage.call(
      manager,
      'POST',
      `/screenings/${screening}/blocks`,
      { purpose: 'guests', seats: ['B-1'] },
      randomUUID(),
    );
    expect(kept.status).toBe(201);
    const change = { seats: ['B-1', 'B-2'], version: 1, by: 'x', plan: 1, planId };
    expect(await code(callFunction(database, 'change_block($1, $2)', [kept.body.id, change]))).toBe(expected);
  });

  it('a block is changed through the service’s door on the plan of now', async () => {
    const screening = await stage.screening({ planId: 'other' });
    const made = { purpose: 'guests', seats: ['B-1'] };
    const { body } = await stage.call(manager, 'POST', `/screenings/${screening}/blocks`, made, randomUUID());
    const changed = await stage.call(manager, 'PUT', `/blocks/${body.id}`, { seats: ['B-2'] }, undefined, {
      'If-Match': '"1"',
    });
    expect([changed.status, changed.body.seats]).toEqual([200, ['B-2']]);
    const [audit] = await stage.db.database.query<{ facts: object }>(
      `SELECT facts FROM audit_entry WHERE action = 'block.changed' AND subject = $1`,
      [body.id],
    );
    expect(audit!.facts).toEqual({ seats: ['B-2'], version: 1 });
  });
});
