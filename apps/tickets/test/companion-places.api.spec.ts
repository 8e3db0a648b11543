import { randomUUID } from 'node:crypto';
import { castMember } from '#libs/testing';
import { hallSeats } from './moving-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

describe('companion places in general sale', () => {
  let stage: TicketsStage;
  const manager = castMember('manager', ['house-manager']);
  const aigul = castMember('aigul');
  // Two pairs at the left end of the last row: 3-1 and 3-3 are wheelchair places, 3-2 and 3-4 their companions'.
  const seats = hallSeats(3, 6, 2);

  beforeAll(async () => {
    stage = await openStage({ TICKETS_ROLES: 'sell,door' });
    const plan = { planId: 'pairs', version: 1, hallId: 'hall', seats };
    await stage.tell({ type: 'screenings.seat-plan.recorded.v1', topic: 'screenings' }, 'pairs', 1, plan);
  });
  afterAll(() => stage.close());

  const NAME = { kk: 'A', ru: 'A', en: 'A' };
  const open = () =>
    stage.screening({
      planId: 'pairs',
      prices: ['A', 'B', 'C'].map((category) => ({ category, name: NAME, amount: 150_000, currency: 'KZT' })),
    });
  const path = (screening: string) => `/screenings/${screening}/companion-places/release`;
  const release = (screening: string, key = randomUUID(), who = manager) =>
    stage.call(who, 'POST', path(screening), {}, key);
  const undo = (screening: string) => stage.call(manager, 'DELETE', path(screening));
  const hold = (screening: string, wanted: string[]) =>
    stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats: wanted }, randomUUID());
  const order = (token: string) =>
    stage.call(
      aigul,
      'POST',
      '/orders',
      { holds: [token], language: 'en', consent: { terms: true, version: '2019-09' } },
      randomUUID(),
    );
  const audit = async (screening: string) =>
    (
      await stage.db.database.query<{ action: string }>(
        `SELECT action FROM audit_entry WHERE subject = $1 AND action LIKE 'companion-places.%' ORDER BY id`,
        [screening],
      )
    ).map(({ action }) => action);

  it('join it by a manager’s act alone, once per key, and cost what their category costs', async () => {
    const screening = await open();
    expect((await hold(screening, ['3-2'])).body.code).toBe('companion-alone');
    expect((await release(screening, randomUUID(), aigul)).status).toBe(403);
    const key = randomUUID();
    const all = await Promise.all([1, 2, 3].map(() => release(screening, key)));
    expect(all.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect((await release(screening, key)).body).toEqual({
      screeningId: screening,
      released: true,
      places: 2,
      free: 2,
    });
    expect(await audit(screening)).toEqual(['companion-places.released']);
    const alone = await hold(screening, ['3-2']);
    expect(alone.body.seats).toMatchObject([{ id: '3-2', price: { amount: 150_000 } }]);
    const bought = await order(alone.body.token);
    expect([bought.status, bought.body.total.amount]).toEqual([201, 150_000]);
    const pair = await hold(screening, ['3-3', '3-4']);
    expect(pair.body.seats.map(({ price }: { price: { amount: number } }) => price.amount)).toEqual([150_000, 0]);
    expect((await order(pair.body.token)).body.total.amount).toBe(150_000);
    const map = await stage.call(aigul, 'GET', `/screenings/${screening}/seats`);
    expect(map.body.companionsReleased).toBe(true);
  });

  it('go with their wheelchair place again while none was sold alone; a hold of before is refused at checkout', async () => {
    const screening = await open();
    await release(screening);
    const held = await hold(screening, ['3-2']);
    const undone = await Promise.all([undo(screening), undo(screening)]);
    expect(undone.map(({ status, body }) => [status, body.released])).toEqual([
      [200, false],
      [200, false],
    ]);
    expect(await audit(screening)).toEqual(['companion-places.released', 'companion-places.kept']);
    expect((await order(held.body.token)).body).toMatchObject({ code: 'companion-alone', facts: { seats: ['3-2'] } });
    expect((await hold(screening, ['3-4'])).body.code).toBe('companion-alone');
    await release(screening);
    expect((await order(held.body.token)).status).toBe(201);
    const sold = await undo(screening);
    expect([sold.status, sold.body.code ?? sold.body, sold.body.facts?.seats]).toEqual([
      409,
      'companion-places-sold',
      ['3-2'],
    ]);
  });

  it('are found by whoever asks for the best seats, and can be sold with a chair that keeps its companion', async () => {
    const screening = await open();
    const best = (count: number) =>
      stage.call(aigul, 'POST', '/holds', { screeningId: screening, best: { count, category: 'C' } }, randomUUID());
    expect((await best(4)).body.code).toBe('no-seats-together');
    const pair = await hold(screening, ['3-1', '3-2']);
    expect((await order(pair.body.token)).status).toBe(201);
    expect((await release(screening)).body).toMatchObject({ places: 2, free: 1 });
    const found = await best(3);
    expect(found.body.seats.map(({ id }: { id: string }) => id)).toEqual(['3-4', '3-5', '3-6']);
    expect((await undo(screening)).status).toBe(200);
  });

  it('are released only by who keeps places in the edition', async () => {
    const screening = await open();
    const other = { ...manager, roles: ['house-manager@other'] };
    expect((await release(screening, randomUUID(), other)).body.code).toBe('role-needed');
    expect((await release('nowhere')).body.code).toBe('screening-unknown');
  });
});
