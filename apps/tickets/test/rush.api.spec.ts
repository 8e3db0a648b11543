import { randomUUID } from 'node:crypto';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, planSeats, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };
const MINUTE = 60_000;

// biome-ignore lint/suspicious/noExplicitAny: a spec reads answers of many shapes and asserts each field that it uses
type Loose = any;

describe('the rush line', () => {
  let stage: TicketsStage;
  let steps = 100;
  let people = 0;
  let deviceToken: string;
  const manager = castMember('manager', ['house-manager']);
  const somebody = () => castMember(`rush-${++people}`);

  beforeAll(async () => {
    stage = await openStage();
    deviceToken = (await stage.scanner(manager)).token;
  });
  afterAll(() => stage.close());
  afterEach(async () => {
    await stepFestival(0);
    await rules({});
    const [row] = await stage.db.database.query(`SELECT
      (SELECT count(*)::int FROM (SELECT screening_id, seat_id FROM seat_claim GROUP BY 1, 2 HAVING count(*) > 1) x) AS twice,
      (SELECT count(*)::int FROM ticket t WHERE state = 'live' AND NOT EXISTS
        (SELECT 1 FROM seat_claim c WHERE c.owner_id = t.order_id AND c.line_no = t.line_no)) AS "ticket without claim",
      (SELECT count(*)::int FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.state = 'paid' AND l.ended_as IS NULL
        AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.order_id = o.id AND t.line_no = l.line_no AND t.state = 'live')) AS "line without ticket",
      (SELECT count(*)::int FROM rush_number r WHERE (state = 'admitted') <>
        EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = r.id)) AS "admitted without seat",
      (SELECT count(*)::int FROM usage_limit l WHERE used > capacity
        OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)) AS "limit off"`);
    expect(row).toEqual({
      twice: 0,
      'ticket without claim': 0,
      'line without ticket': 0,
      'admitted without seat': 0,
      'limit off': 0,
    });
  });

  /** Begins in two hours, doors half an hour before, late entry a quarter of an hour. */
  const screening = (changes = {}) => {
    const start = Date.now() + 120 * MINUTE;
    const iso = (minutes: number) => new Date(start + minutes * MINUTE).toISOString();
    return stage.screening({
      startsAt: iso(0),
      endsAt: iso(90),
      doorsOpenAt: iso(-30),
      lateEntryUntil: iso(15),
      allocations: [],
      ...changes,
    });
  };
  const stepFestival = (minutes: number) =>
    stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, ++steps, {
      editionId: EDITION,
      offsetMs: Math.round(minutes * MINUTE),
    });
  const rules = (body: object) => stage.call(manager, 'PUT', `/editions/${EDITION}/rush-rules`, body);
  const door = async (method: string, path: string, body?: unknown, key?: string) => {
    const answer = await fetch(`${stage.service.url}/door${path}`, {
      method,
      headers: {
        'X-Device-Token': deviceToken,
        ...(key && { 'Idempotency-Key': key }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Loose };
  };
  const draw = (id: string, key = randomUUID()) => door('POST', `/rush/${id}/numbers`, undefined, key);
  const admit = (id: string, key = randomUUID()) => door('POST', `/rush/${id}/admit`, undefined, key);
  const scan = (screeningId: string, code: string) =>
    door('POST', '/scans', { scanId: randomUUID(), screeningId, code, at: new Date().toISOString() });
  const late = (id: string, code: string, scanId = randomUUID()) =>
    door('POST', `/rush/${id}/latecomers`, { scanId, code });
  const badge = async (name: string) => {
    const who = castMember(name);
    const data = {
      badgeId: randomUUID(),
      accreditationId: randomUUID(),
      editionId: EDITION,
      personId: who.id,
      serial: randomUUID().replaceAll('-', '').slice(0, 20),
      function: 'press',
      classes: ['press'],
      areas: ['A'],
      validFrom: '2019-09-13T00:00:00.000Z',
      validUntil: '2030-09-21T00:00:00.000Z',
    };
    await stage.tell({ type: 'accreditations.badge.issued.v1', topic: 'accreditations' }, data.badgeId, 1, data);
    return who;
  };
  const book = (who: Caller, screeningId: string, seat: string) =>
    stage.call(who, 'POST', '/bookings', { screeningId, seat }, randomUUID());
  /** A free ticket, paid at once, with its code. */
  const ticket = async (screeningId: string, seat: string) => {
    const who = somebody();
    const held = await stage.call(who, 'POST', '/holds', { screeningId, seats: [seat] }, randomUUID());
    const body = { holds: [held.body.token], language: 'en', consent: CONSENT };
    const { body: order } = await stage.call(who, 'POST', '/orders', body, randomUUID());
    const seen = await stage.call(who, 'GET', `/orders/${order.id}`);
    return { who, order: order.id as string, code: seen.body.tickets[0].admissionCode as string };
  };
  const fill = async (id: string, free: string[]) => {
    const seats = planSeats()
      .map((seat) => seat.id)
      .filter((seat) => !free.includes(seat));
    await stage.call(manager, 'POST', `/screenings/${id}/blocks`, { purpose: 'house', seats }, randomUUID());
  };
  const PRESS = { allocations: [{ id: 'press', classes: ['press'], capacity: 20, overflow: [] }] };

  it('gives numbers in order, and a seat to each in turn while there are seats: never more', async () => {
    const id = await screening();
    await fill(id, ['C-1', 'C-2', 'C-3']);
    const key = randomUUID();
    await draw(id, key);
    expect((await draw(id, key)).body.numbers).toHaveLength(1);
    await Promise.all(Array.from({ length: 9 }, () => draw(id)));
    const line = await door('GET', `/rush/${id}`);
    expect(line.body.numbers.map((n: { number: number }) => n.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([line.body.free, line.body.next]).toEqual([3, 1]);
    expect((await admit(id)).body.code).toBe('rush-not-open');
    await stepFestival(111);
    expect((await door('POST', `/rush/${id}/numbers/1/skip`)).body.next).toBe(2);
    const all = await Promise.all(Array.from({ length: 8 }, () => admit(id)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(new Set(all.flatMap(({ body }) => body.code ?? []))).toEqual(new Set(['rush-full']));
    const after = (await door('GET', `/rush/${id}`)).body;
    expect(after.numbers.slice(0, 5).map((n: { state: string }) => n.state)).toEqual([
      'left',
      'admitted',
      'admitted',
      'admitted',
      'waiting',
    ]);
  });

  it('gets the seats that were booked on badges and not taken at T-10, once', async () => {
    const id = await screening(PRESS);
    const [absent, present] = [await badge('absent'), await badge('present')];
    await book(absent, id, 'A-1');
    await book(present, id, 'A-2');
    await stage.db.database.query(`UPDATE booking SET state = 'used' WHERE person_id = $1`, [present.id]);
    await fill(id, ['A-1', 'A-2']);
    const states = async () =>
      (
        await stage.db.database.query<{ state: string }>(
          'SELECT state FROM booking WHERE screening_id = $1 ORDER BY seat_label',
          [id],
        )
      ).map(({ state }) => state);
    await draw(id);
    await stepFestival(109);
    expect((await door('GET', `/rush/${id}`)).body.free).toBe(0);
    await stepFestival(111);
    await eventually(async () => expect(await states()).toEqual(['released', 'used']));
    const admitted = (await admit(id)).body;
    expect(admitted.numbers[0]).toMatchObject({ state: 'admitted', row: 'A', seat: '1' });
    expect(admitted.released).toBe(1);
    await stepFestival(241);
    await eventually(async () => expect(await states()).toEqual(['missed', 'used']));
  });

  it('never gets paid seats unless the edition says so, and then not before late entry ends', async () => {
    const id = await screening();
    const { code, order } = await ticket(id, 'C-1');
    const state = async () =>
      (
        await stage.db.database.query<{ s: string }>(
          `SELECT coalesce(ended_as, state) AS s FROM ticket WHERE order_id = $1`,
          [order],
        )
      )[0]?.s;
    await stepFestival(134);
    await rules({ paidSeats: true });
    expect((await scan(id, code)).body.verdict).toBe('ok');
    await stepFestival(136);
    const other = await ticket(await screening(), 'C-2');
    await stepFestival(137);
    expect(await state()).toBe('live');
    expect(other.code).toHaveLength(138);
  });

  it('releases a paid seat after late entry; the latecomer is told so and gets any free seat, once', async () => {
    const id = await screening();
    const { code, order, who } = await ticket(id, 'C-1');
    await fill(id, ['C-1', 'C-2']);
    await rules({ paidSeats: true });
    await stepFestival(136);
    await eventually(async () =>
      expect((await door('GET', `/rush/${id}`)).body).toMatchObject({ released: 1, free: 2 }),
    );
    expect((await scan(id, code)).body.verdict).toBe('seat_released');
    await draw(id);
    expect((await admit(id)).body.numbers[0]).toMatchObject({ row: 'C', seat: '1' });
    const scanId = randomUUID();
    const seated = await late(id, code, scanId);
    expect([seated.status, seated.body]).toEqual([200, { row: 'C', seat: '2' }]);
    expect((await late(id, code, scanId)).body).toEqual({ row: 'C', seat: '2' });
    expect((await late(id, code)).body.code).toBe('seat-not-released');
    expect((await scan(id, code)).body.verdict).toBe('already_used');
    expect((await stage.call(who, 'GET', `/orders/${order}`)).body.tickets[0].seat).toBe('2');
  });

  it('gives the money back to a latecomer for whom there is no seat, once', async () => {
    const id = await screening();
    const { code, order } = await ticket(id, 'C-1');
    await fill(id, ['C-1']);
    await rules({ paidSeats: true });
    await stepFestival(136);
    await eventually(async () => expect((await door('GET', `/rush/${id}`)).body.released).toBe(1));
    await draw(id);
    await admit(id);
    expect((await late(id, code)).body.code).toBe('rush-full');
    const [row] = await stage.db.database.query<{ id: string }>('SELECT id FROM ticket WHERE order_id = $1', [order]);
    const refund = () => stage.call(manager, 'POST', `/released-tickets/${row!.id}/refund`, {});
    expect((await refund()).status).toBe(200);
    expect((await refund()).body.code).toBe('seat-not-released');
    expect(await stage.db.database.query('SELECT ended_as FROM ticket WHERE id = $1', [row!.id])).toEqual([
      { ended_as: 'refunded' },
    ]);
  });

  it('gives a released seat back to whoever had entered at a gate whose scan came late, unless the line has it', async () => {
    await rules({ paidSeats: true });
    const id = await screening();
    const [one, two] = [await ticket(id, 'C-1'), await ticket(id, 'C-2')];
    await fill(id, ['C-1', 'C-2']);
    await stepFestival(136);
    await eventually(async () => expect((await door('GET', `/rush/${id}`)).body.released).toBe(2));
    await draw(id);
    expect((await admit(id)).body.numbers[0]).toMatchObject({ row: 'C', seat: '1' });
    const [device] = await stage.db.database.query<{ id: string }>('SELECT id FROM device LIMIT 1');
    const sendLate = (order: string, scanId = randomUUID()) =>
      stage.db.database.query(
        `SELECT store_scan(jsonb_build_object('id', $1::text, 'device', $2::text, 'screening', t.screening_id, 'gate', '1', 'serial', t.serial,
                'verdict', 'ok', 'answer', '{}'::jsonb, 'deviceAt', now(), 'festivalAt', now()))->>'outcome' AS outcome
           FROM ticket t WHERE order_id = $3`,
        [scanId, device!.id, order],
      );
    await Promise.all([sendLate(one.order), sendLate(two.order), sendLate(two.order)]);
    const tickets = await stage.db.database.query(
      `SELECT t.state, t.ended_as AS "endedAs", l.ended_as AS line, c.seat_id AS seat
         FROM ticket t JOIN order_line l USING (order_id, line_no)
         LEFT JOIN seat_claim c ON c.owner_id = t.order_id AND c.line_no = t.line_no
        WHERE t.screening_id = $1 ORDER BY l.seat_id`,
      [id],
    );
    expect(tickets).toEqual([
      { state: 'ended', endedAs: 'released', line: 'released', seat: null },
      { state: 'live', endedAs: null, line: null, seat: 'C-2' },
    ]);
    const [row] = await stage.db.database.query<{ id: string }>('SELECT id FROM ticket WHERE order_id = $1', [
      one.order,
    ]);
    const refund = await stage.call(manager, 'POST', `/released-tickets/${row!.id}/refund`, {});
    expect(refund.body.code).toBe('seat-not-released');
  });

  it('lets no device of another festival near it', async () => {
    const id = await screening({ editionId: 'another' });
    expect((await door('GET', `/rush/${id}`)).body.code).toBe('screening-unknown');
  });
});
