import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { ScreeningMove } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { type Envelope, Hearing } from '#libs/messaging';
import { type Caller, openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import { castMember, eventually, type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { screeningsDatabase } from '../../apps/screenings/src/database.js';
import { screeningsService } from '../../apps/screenings/src/service.js';
import { ticketsDatabase } from '../../apps/tickets/src/database.js';
import { INVENTORY, type InventoryPort } from '../../apps/tickets/src/inventory/seats/inventory.port.js';
import { ticketsService } from '../../apps/tickets/src/service.js';
import { NO_VIOLATIONS, orderOf, violations } from '../../apps/tickets/test/inventory-cast.js';
import { readProgrammeFolder } from '../../tools/import/programme-files.js';

const SHOW = 'aff19-0916-1930-mega';
const programmer = castMember('Madina', ['programmer']);

// biome-ignore lint/suspicious/noExplicitAny: a spec reads answers of many shapes and asserts each field that it uses
type Loose = any;

/** Screenings and tickets, talking over HTTP; what screenings tells is handed on here, late, twice or out of order. */
describe('a move across screenings and tickets', () => {
  let dbs: { screenings: TestDatabase; tickets: TestDatabase };
  let redis: TestRedis;
  let screenings: RunningService;
  let tickets: RunningService;
  let gateway: TokenSigner;
  let heard = 0;

  const call = async (
    service: 'screenings' | 'tickets',
    method: string,
    path: string,
    body?: unknown,
    caller: Caller = programmer,
  ) => {
    const { url } = service === 'screenings' ? screenings : tickets;
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await gateway.forCaller(caller, service)}`,
        'Idempotency-Key': newId(),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as Loose };
  };
  /** Everything told since the last time, each fact twice. */
  const handOn = async (order: (facts: Envelope[]) => Envelope[] = (facts) => facts) => {
    const rows = await dbs.screenings.database.query<Loose>(
      `SELECT seq, fact, type, aggregate_id AS aggregate, version::int AS version, data FROM outbox WHERE seq > $1 ORDER BY seq`,
      [heard],
    );
    heard = Math.max(heard, ...rows.map((row) => Number(row.seq)));
    const facts = order(rows.map(({ seq: _, ...row }) => ({ ...row, time: new Date().toISOString() })));
    const hearing = tickets.app.get(Hearing);
    for (const fact of facts) {
      await hearing.hear('screenings', [fact]);
      await hearing.hear('screenings', [fact]);
    }
  };
  const seats = async () => {
    const rows = await dbs.tickets.database.query<{ what: string }>(
      `SELECT concat_ws(' ', c.seat_id, c.owner_id, c.line_no, l.row_label, l.seat_label) AS what FROM seat_claim c
         JOIN order_line l ON l.order_id = c.owner_id AND l.line_no = c.line_no WHERE c.screening_id = $1 ORDER BY 1`,
      [SHOW],
    );
    return rows.map((row) => row.what);
  };
  const copy = async () => {
    const [row] = await dbs.tickets.database.query<Loose>(
      `SELECT s.data, i.plan_id, i.paused FROM screening_copy s JOIN inventory i USING (screening_id) WHERE screening_id = $1`,
      [SHOW],
    );
    return row;
  };
  const move = async (body: object): Promise<ScreeningMove> => {
    const asked = await call('screenings', 'POST', `/screenings/${SHOW}/moves`, body);
    expect([asked.status, asked.body.state]).toEqual([201, 'previewed']);
    return asked.body;
  };
  const act = async ({ id, preview }: ScreeningMove, what: string) =>
    (await call('screenings', 'POST', `/moves/${id}/${what}`, what === 'confirm' ? { tag: preview?.tag } : {}))
      .body as ScreeningMove;

  beforeAll(async () => {
    const [dbScreenings, dbTickets, store] = await Promise.all([
      testDatabase('screenings', screeningsDatabase),
      testDatabase('tickets', ticketsDatabase),
      testRedis(),
    ]);
    dbs = { screenings: dbScreenings, tickets: dbTickets };
    redis = store;
    const key = () => generateKeyPairSync('ed25519').privateKey;
    const [front, own] = [key(), key()];
    gateway = new TokenSigner('gateway', front);
    const jwk = (of: KeyObject, kid: string) => ({ ...publicKeyOf(of).export({ format: 'jwk' }), kid, alg: 'EdDSA' });
    const env = {
      SEANS_ENV: 'test',
      LOG_LEVEL: 'silent',
      KAFKA_BROKERS: '127.0.0.1:1',
      TRUSTED_KEYS: JSON.stringify({ keys: [jwk(front, 'gateway-1'), jwk(own, 'screenings-1')] }),
    };
    tickets = await openService(ticketsService, {
      env: { ...env, DATABASE_URL: dbs.tickets.url, REDIS_URL: redis.url },
    });
    screenings = await openService(screeningsService, {
      env: {
        ...env,
        DATABASE_URL: dbs.screenings.url,
        TICKETS_URL: tickets.url,
        FESTIVAL_START: '2019-09-12T10:00',
        SIGNING_KEY: own.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
      },
    });
    const files = readProgrammeFolder(join(__dirname, '../../data/almaty-2019'));
    const loaded = await call('screenings', 'POST', '/editions/almaty-2019/import', { files });
    expect(loaded.status).toBe(200);
    await handOn();
    for (let row = 1; row <= 10; row++) {
      const document = orderOf(
        [1, 2, 3].map((n) => [SHOW, `${row}-${n + 4}`]),
        { amount: 0 },
      );
      document.order.person = `buyer-${row}`;
      for (const [i, line] of document.lines.entries())
        Object.assign(line, { row_label: `${row}`, seat_label: `${i + 5}` });
      await tickets.app.get<InventoryPort>(INVENTORY, { strict: false }).placeOrder(document);
    }
  }, 180_000);
  afterEach(async () => expect(await violations(dbs.tickets.database)).toEqual(NO_VIOLATIONS));
  afterAll(async () => {
    await screenings?.stop();
    await tickets?.stop();
    await Promise.all([dbs?.screenings.close(), dbs?.tickets.close(), redis?.close()]);
  });

  it('goes to the Palace and back, whatever order the tellings come in', async () => {
    const before = await seats();
    const was = await copy();
    const there = await move({ hallId: 'palace-main', startsAt: '2019-09-18T02:00:00.000Z' });
    expect(there.preview).toMatchObject({ claims: { order: 30 }, unseated: [], split: [] });
    expect((await copy()).paused).toBe(true);
    expect((await act(there, 'confirm')).state).toBe('seated');
    expect(await copy()).toMatchObject({ plan_id: 'palace-main', paused: true, data: { hall: { id: 'palace-main' } } });
    expect(new Set((await seats()).map((row) => row.split(' ')[0])).size).toBe(30);
    expect((await act(there, 'undo')).state).toBe('undone');
    expect(await seats()).toEqual(before);
    await handOn((facts) => [...facts].reverse());
    const back = await copy();
    expect([back.plan_id, back.paused, back.data.planId, back.data.startsAt]).toEqual([
      was.plan_id,
      false,
      was.data.planId,
      was.data.startsAt,
    ]);
    const map = await call('tickets', 'GET', `/screenings/${SHOW}/seats`);
    expect(map.body).toMatchObject({ planId: 'mega-concert', onSale: true });
  }, 60_000);

  it('goes for good, each buyer is told once, and what screenings says and tickets knows is one', async () => {
    const there = await move({ hallId: 'palace-main', startsAt: '2019-09-18T02:00:00.000Z' });
    await act(there, 'confirm');
    await handOn();
    expect((await act(there, 'settle')).state).toBe('settled');
    const told = await dbs.tickets.database.query<{ aggregate_id: string }>(
      `SELECT aggregate_id FROM outbox WHERE type = 'tickets.visit.moved.v1'`,
    );
    expect(told.map((row) => row.aggregate_id).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `${SHOW}/buyer-${i + 1}`).sort(),
    );
    const view = (await call('screenings', 'GET', `/screenings/${SHOW}`)).body;
    const { data, plan_id, paused } = await copy();
    expect([data.startsAt, data.hall.id, data.planId, plan_id, paused]).toEqual([
      view.startsAt,
      view.hallId,
      view.planId,
      view.planId,
      false,
    ]);
    const rights = await dbs.tickets.database.query('SELECT 1 FROM refund_right');
    expect(rights).toHaveLength(10);
  }, 60_000);

  it('is refused by a hall that another screening has, and lists who finds no seat in a small one', async () => {
    const taken = await call('screenings', 'POST', `/screenings/${SHOW}/moves`, {
      hallId: 'mega-concert',
      startsAt: '2019-09-17T13:30:00.000Z',
    });
    expect(taken.status).toBeGreaterThanOrEqual(409);
    const text = 'Hall,1,1:A,2:A,3:A,4:A\n';
    await call('screenings', 'POST', '/halls/palace-conference/seat-plans', {
      planId: 'palace-table',
      format: 'csv',
      name: 'Table',
      text,
    });
    const tight = await move({
      hallId: 'palace-conference',
      planId: 'palace-table',
      startsAt: '2019-09-18T02:00:00.000Z',
    });
    expect(tight.preview?.unseated).toHaveLength(9);
    expect((await act(tight, 'abandon')).state).toBe('abandoned');
    expect((await copy()).paused).toBe(false);
  }, 60_000);

  it('is cancelled: everything is returned and nobody holds anything', async () => {
    expect((await call('screenings', 'POST', `/screenings/${SHOW}/cancel`, { reason: 'the projector' })).status).toBe(
      200,
    );
    await handOn();
    await eventually(async () => {
      const [row] = await dbs.tickets.database.query<Loose>(
        'SELECT done_at IS NOT NULL AS done, (SELECT count(*)::int FROM seat_claim WHERE screening_id = $1) AS claims FROM cancelled_screening WHERE screening_id = $1',
        [SHOW],
      );
      expect(row).toEqual({ done: true, claims: 0 });
    }, 20_000);
    const told = await dbs.tickets.database.query(`SELECT 1 FROM outbox WHERE type = 'tickets.visit.cancelled.v1'`);
    expect(told).toHaveLength(10);
  }, 60_000);
});
