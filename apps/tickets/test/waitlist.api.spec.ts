import { randomUUID } from 'node:crypto';
import type { WaitlistEntry } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION, eventually } from '#libs/testing';
import { ServeWaitlist } from '../src/afterwards/waitlist/serve-waitlist.js';
import { openStage, planSeats, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };
const HOUR = 3_600_000;

describe('the waitlist', () => {
  let stage: TicketsStage;
  let steps = 100;
  let people = 0;
  const manager = castMember('manager', ['house-manager']);
  const admin = castMember('admin', ['admin']);
  const somebody = () => castMember(`waits-${++people}`);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());
  afterEach(async () => {
    const [row] = await stage.db.database.query(`SELECT
      (SELECT count(*)::int FROM usage_limit l WHERE used > capacity
          OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)) AS "limit off",
      (SELECT count(*)::int FROM seat_claim c WHERE owner_kind = 'offer' AND NOT EXISTS
          (SELECT 1 FROM waitlist_offer o WHERE o.id = c.owner_id AND o.state = 'open')) AS "claim without offer",
      (SELECT count(*)::int FROM waitlist_offer o WHERE state = 'open' AND (SELECT count(*) FROM seat_claim c WHERE c.owner_id = o.id)
          <> (SELECT seats FROM waitlist_entry e WHERE e.id = o.entry_id)) AS "offer not whole"`);
    expect(row).toEqual({ 'limit off': 0, 'claim without offer': 0, 'offer not whole': 0 });
  });

  /** A full hall: these seats are in unpaid orders, one each, the rest is kept by the house. */
  const fullHall = async (seats: string[], changes = {}) => {
    const screening = await stage.screening(changes);
    const rest = planSeats()
      .map(({ id }) => id)
      .filter((id) => !seats.includes(id));
    const block = await stage.call(
      manager,
      'POST',
      `/screenings/${screening}/blocks`,
      { purpose: 'house', seats: rest },
      randomUUID(),
    );
    expect(block.status).toBe(201);
    const orders = new Map<string, string>();
    for (const seat of seats) orders.set(seat, (await buy(somebody(), screening, seat)).body.id);
    return { screening, free: (seat: string) => stage.call(admin, 'POST', `/dev/orders/${orders.get(seat)}/age`) };
  };
  const buy = async (who: Caller, screening: string, seat: string) => {
    const held = await stage.call(who, 'POST', '/holds', { screeningId: screening, seats: [seat] }, randomUUID());
    const body = { holds: [held.body.token], language: 'en', consent: CONSENT };
    return stage.call(who, 'POST', '/orders', body, randomUUID());
  };
  const join = (who: Caller, screening: string, seats = 1, key = randomUUID()) =>
    stage.call(who, 'POST', `/screenings/${screening}/waitlist`, { seats, language: 'kk' }, key);
  const entry = async (who: Caller, screening: string): Promise<WaitlistEntry> =>
    (await stage.call(who, 'GET', '/my/waitlist')).body.find((e: WaitlistEntry) => e.screeningId === screening);
  const offered = (who: Caller, screening: string) =>
    eventually(async () => {
      const { offer } = await entry(who, screening);
      expect(offer).not.toBeNull();
      return offer!;
    });
  const order = (who: Caller, token: string, key = randomUUID()) =>
    stage.call(who, 'POST', '/orders', { holds: [token], language: 'kk', consent: CONSENT }, key);
  const runOut = (offer: string) =>
    stage.db.database.query('UPDATE waitlist_offer SET until = clock_timestamp() WHERE id = $1', [offer]);
  const states = async (screening: string) =>
    (await stage.call(admin, 'GET', `/screenings/${screening}/seats`)).body.states as string;
  const screeningData = async (screening: string, state: string) => {
    const [row] = await stage.db.database.query<{ data: object }>(
      'SELECT data FROM screening_copy WHERE screening_id = $1',
      [screening],
    );
    return { ...row!.data, state };
  };
  const stepFestival = (ms: number) =>
    stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, ++steps, {
      editionId: EDITION,
      offsetMs: ms,
    });

  it('is joined once per person and screening, and only where it is needed', async () => {
    const open = await stage.screening();
    const who = somebody();
    expect((await join(who, open, 2)).body.code).toBe('waitlist-not-needed');
    const { screening } = await fullHall(['A-1']);
    const key = randomUUID();
    const first = await join(who, screening, 2, key);
    expect([first.status, first.body.state, first.body.ahead]).toEqual([201, 'waiting', 0]);
    expect((await join(who, screening, 2, key)).body.id).toBe(first.body.id);
    const codes = await Promise.all([1, 2, 3].map(() => join(who, screening)));
    expect(codes.map(({ body }) => body.code)).toEqual(Array(3).fill('already-waiting'));
    expect((await stage.call(somebody(), 'DELETE', `/waitlist/${first.body.id}`)).status).toBe(404);
  });

  it('puts whoever leaves and joins again at the end', async () => {
    const { screening } = await fullHall(['A-1']);
    const [one, two] = [somebody(), somebody()];
    const { body } = await join(one, screening);
    expect((await join(two, screening)).body.ahead).toBe(1);
    for (let n = 0; n < 2; n++)
      expect((await stage.call(one, 'DELETE', `/waitlist/${body.id}`)).body.state).toBe('left');
    expect((await join(one, screening)).body.ahead).toBe(1);
    expect((await entry(two, screening)).ahead).toBe(0);
  });

  it('gives a seat that became free to the first in line; it never was on sale, and it becomes the order', async () => {
    const { screening, free } = await fullHall(['A-1'], {
      allocations: [{ id: 'public', classes: ['public'], capacity: 1, overflow: [] }],
    });
    const [one, two] = [somebody(), somebody()];
    await join(one, screening);
    await join(two, screening);
    await free('A-1');
    const offer = await offered(one, screening);
    expect(offer.seats.map((seat) => seat.id)).toEqual(['A-1']);
    expect(await states(screening)).not.toContain('f');
    expect((await entry(two, screening)).offer).toBeNull();
    expect((await stage.call(two, 'GET', `/offers/${offer.id}`)).status).toBe(404);
    const held = await stage.call(one, 'POST', `/offers/${offer.id}/hold`, {});
    expect([held.status, held.body.seats.length, held.body.extendable]).toEqual([200, 1, false]);
    const key = randomUUID();
    const placed = await order(one, held.body.token, key);
    expect([placed.status, placed.body.state, placed.body.total.amount]).toEqual([201, 'awaiting-payment', 250_000]);
    expect((await order(one, held.body.token, key)).body.id).toBe(placed.body.id);
    expect((await order(one, held.body.token)).body.code).toBe('offer-gone');
    expect((await entry(one, screening)).state).toBe('taken');
    await stage.call(admin, 'POST', `/dev/orders/${placed.body.id}/age`);
    expect((await offered(two, screening)).seats.map((seat) => seat.id)).toEqual(['A-1']);
  });

  it('is taken by whoever has the mailed link, and by nobody with another; no event carries it', async () => {
    const { screening, free } = await fullHall(['A-1']);
    const who = somebody();
    await join(who, screening);
    await free('A-1');
    const offer = await offered(who, screening);
    const { body: mail } = await stage.call(
      { kind: 'service', id: 'accreditations', roles: [] },
      'GET',
      `/internal/offers/${offer.id}/documents`,
    );
    const key = new URL(mail.link).searchParams.get('key')!;
    const visitor: Caller = { kind: 'visitor', id: randomUUID(), roles: [] };
    const another = `${key.startsWith('A') ? 'B' : 'A'}${key.slice(1)}`;
    const wrong = await stage.call(visitor, 'POST', `/offers/${offer.id}/hold`, { key: another });
    expect([wrong.status, wrong.body.code]).toEqual([404, 'offer-unknown']);
    expect((await stage.call(visitor, 'POST', `/offers/${offer.id}/hold`, { key })).status).toBe(200);
    const [told] = await stage.db.database.query<{ data: { until: string; seats: object[] } }>(
      `SELECT data FROM outbox WHERE type = 'tickets.waitlist.offered.v1' AND data->>'offerId' = $1`,
      [offer.id],
    );
    expect([told?.data.until, told?.data.seats]).toEqual([offer.until, [{ row: 'A', seat: '1' }]]);
    expect(JSON.stringify(told)).not.toContain(key);
  });

  it('passes an offer on that nobody took in time, and who was too late is told so', async () => {
    const { screening, free } = await fullHall(['A-1']);
    const [one, two] = [somebody(), somebody()];
    await join(one, screening);
    await join(two, screening);
    await free('A-1');
    const offer = await offered(one, screening);
    const held = await stage.call(one, 'POST', `/offers/${offer.id}/hold`, {});
    await runOut(offer.id);
    expect((await order(one, held.body.token)).body.code).toBe('offer-gone');
    await offered(two, screening);
    expect((await entry(one, screening)).state).toBe('lapsed');
    expect((await stage.call(one, 'POST', `/offers/${offer.id}/hold`, {})).body.code).toBe('offer-gone');
    expect((await join(one, screening)).body.state).toBe('waiting');
  });

  it('gives a group all its seats or none, beside each other, and lets nobody pass unless the edition says so', async () => {
    const { screening, free } = await fullHall(['A-1', 'A-2', 'B-9']);
    const [group, single] = [somebody(), somebody()];
    await join(group, screening, 2);
    await join(single, screening);
    await free('B-9');
    const pooled = async () =>
      (
        await stage.db.database.query<{ seat: string }>(
          `SELECT seat_id AS seat FROM seat_claim WHERE screening_id = $1 AND owner_kind = 'pool'`,
          [screening],
        )
      ).map(({ seat }) => seat);
    await eventually(async () => expect(await pooled()).toEqual(['B-9']));
    const rules = (body: object) => stage.call(manager, 'PUT', `/editions/${EDITION}/waitlist-rules`, body);
    await stage.service.app.get(ServeWaitlist).execute(screening);
    expect((await entry(single, screening)).state).toBe('waiting');
    await rules({ passOver: true });
    await offered(single, screening);
    await rules({});
    await free('A-1');
    await free('A-2');
    expect((await offered(group, screening)).seats.map((seat) => seat.id)).toEqual(['A-1', 'A-2']);
  });

  it('makes one offer per place in line and one per seat, though ten processes look at once', async () => {
    const seats = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5'];
    const { screening, free } = await fullHall(seats);
    const line = Array.from({ length: 8 }, somebody);
    for (const who of line) await join(who, screening);
    const serve = stage.service.app.get(ServeWaitlist);
    await Promise.all(seats.map((seat) => free(seat)));
    await Promise.all(Array.from({ length: 10 }, () => serve.execute(screening)));
    await eventually(async () => {
      await Promise.all(Array.from({ length: 4 }, () => serve.execute(screening)));
      const all = await Promise.all(line.map((who) => entry(who, screening)));
      expect(all.map((one) => one.state)).toEqual([...Array(5).fill('offered'), ...Array(3).fill('waiting')]);
      expect(new Set(all.flatMap((one) => one.offer?.seats.map((seat) => seat.id) ?? [])).size).toBe(5);
    });
  });

  it('lets taking and lapsing race: the seat is the order’s or goes on, never both', async () => {
    for (let round = 0; round < 6; round++) {
      const { screening, free } = await fullHall(['A-1']);
      const who = somebody();
      await join(who, screening);
      await free('A-1');
      const offer = await offered(who, screening);
      const held = await stage.call(who, 'POST', `/offers/${offer.id}/hold`, {});
      const [placed] = await Promise.all([order(who, held.body.token), runOut(offer.id)]);
      if (placed.status === 201) expect((await entry(who, screening)).state).toBe('taken');
      else {
        expect(placed.body.code).toBe('offer-gone');
        await eventually(async () => expect((await states(screening))[0]).toBe('f'));
      }
    }
  });

  it('honours a payment that comes too late for an offered seat while it is free, and counts it once', async () => {
    const { screening, free } = await fullHall(['A-1'], {
      allocations: [{ id: 'public', classes: ['public'], capacity: 1, overflow: [] }],
    });
    const who = somebody();
    await join(who, screening);
    await free('A-1');
    const offer = await offered(who, screening);
    const held = await stage.call(who, 'POST', `/offers/${offer.id}/hold`, {});
    const { body: placed } = await order(who, held.body.token);
    const page = await stage.call(who, 'POST', `/orders/${placed.id}/payments`, {});
    await stage.call(admin, 'POST', `/dev/orders/${placed.id}/age`);
    const state = async () => (await stage.call(who, 'GET', `/orders/${placed.id}`)).body.state;
    await eventually(async () => expect(await state()).toBe('expired'));
    const used = async () =>
      (await stage.db.database.query('SELECT used FROM usage_limit WHERE id = $1', [`${screening}:public`]))[0];
    expect(await used()).toEqual({ used: 0 });
    await fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        paymentId: new URL(page.body.redirectUrl).pathname.split('/').at(-1),
        checkUrlSkip: true,
      }),
    });
    const pay = new URLSearchParams({ action: 'pay' });
    await fetch(page.body.redirectUrl, { method: 'POST', body: pay, redirect: 'manual' });
    await eventually(async () => {
      await stage.call(who, 'POST', `/orders/${placed.id}/payments/returned`);
      expect(await state()).toBe('paid');
    });
    expect(await used()).toEqual({ used: 1 });
  });

  it('closes two hours before the start: those who wait are told, and what is left is on sale', async () => {
    const { screening, free } = await fullHall(['A-1']);
    const who = somebody();
    await join(who, screening, 2);
    await free('A-1');
    await eventually(async () =>
      expect(
        await stage.db.database.query(`SELECT 1 FROM seat_claim WHERE screening_id = $1 AND owner_kind = 'pool'`, [
          screening,
        ]),
      ).toHaveLength(1),
    );
    expect((await states(screening))[0]).toBe('s');
    await stepFestival(22 * HOUR + 60_000);
    await eventually(async () => expect((await states(screening))[0]).toBe('f'));
    expect((await entry(who, screening)).state).toBe('closed');
    expect((await join(somebody(), screening, 2)).body.code).toBe('waitlist-closed');
    const [told] = await stage.db.database.query<{ data: { reason: string } }>(
      `SELECT data FROM outbox WHERE type = 'tickets.waitlist.ended.v1' AND data->>'screeningId' = $1`,
      [screening],
    );
    expect(told?.data.reason).toBe('waitlist-closed');
    await stepFestival(0);
    expect((await buy(somebody(), screening, 'A-1')).status).toBe(201);
  });

  it('is fed by a block that gives up a seat as well as by an order', async () => {
    const { screening } = await fullHall([]);
    const [one, two] = [somebody(), somebody()];
    await join(one, screening);
    await join(two, screening);
    const [block] = (await stage.call(manager, 'GET', `/screenings/${screening}/blocks`)).body;
    const seats = block.seats.slice(1);
    await stage.call(manager, 'PUT', `/blocks/${block.id}`, { seats }, undefined, { 'If-Match': '"1"' });
    expect((await offered(one, screening)).seats.map((seat) => seat.id)).toEqual([block.seats[0]]);
    await stage.call(manager, 'POST', `/blocks/${block.id}/release`, {});
    await offered(two, screening);
    await eventually(async () => expect((await states(screening)).replaceAll('f', '')).toHaveLength(2));
  });

  it('keeps no seat from others while the shares of the public have no room for anybody who waits', async () => {
    const { screening, free } = await fullHall(['A-1', 'A-2'], {
      allocations: [
        { id: 'public', classes: ['public'], capacity: 2, overflow: [] },
        { id: 'press', classes: ['press'], capacity: 2, overflow: [] },
      ],
    });
    const who = somebody();
    await join(who, screening);
    const [block] = (await stage.call(manager, 'GET', `/screenings/${screening}/blocks`)).body;
    const seats = block.seats.slice(1);
    await stage.call(manager, 'PUT', `/blocks/${block.id}`, { seats }, undefined, { 'If-Match': '"1"' });
    const at = planSeats().findIndex(({ id }) => id === block.seats[0]);
    await eventually(async () => expect((await states(screening))[at]).toBe('f'));
    expect((await entry(who, screening)).state).toBe('waiting');
    await free('A-1');
    expect((await offered(who, screening)).seats.map((seat) => seat.id)).toEqual(['A-1']);
  });

  it('ends with a screening that is cancelled, and says why', async () => {
    const { screening, free } = await fullHall(['A-1']);
    const [one, two] = [somebody(), somebody()];
    await join(one, screening);
    await join(two, screening);
    await free('A-1');
    await offered(one, screening);
    await stage.tell(
      { type: 'screenings.screening.recorded.v1', topic: 'screenings' },
      screening,
      1_000,
      await screeningData(screening, 'cancelled'),
    );
    await eventually(async () => {
      expect((await entry(one, screening)).state).toBe('lapsed');
      expect((await entry(two, screening)).state).toBe('closed');
    });
    const told = await stage.db.database.query<{ data: { reason: string } }>(
      `SELECT data FROM outbox WHERE type = 'tickets.waitlist.ended.v1' AND data->>'screeningId' = $1`,
      [screening],
    );
    expect(told.map(({ data }) => data.reason)).toEqual(['screening-cancelled', 'screening-cancelled']);
  });
});
