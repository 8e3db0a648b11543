import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportReport, PlanGeometry, Programme, ScreeningDetail } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { readProgrammeFolder } from '../../../tools/import/programme-files.js';
import { screeningsDatabase } from '../src/database.js';
import { screeningsService } from '../src/service.js';

const files = readProgrammeFolder(join(__dirname, '../../../data/almaty-2019'));
const EDITION = '/editions/almaty-2019';
const SHOW = 'aff19-0916-1930-mega';
const PERSON = '01900000-0000-7000-8000-000000000001';

describe('screenings through its doors', () => {
  let db: TestDatabase;
  let service: RunningService;
  let signer: TokenSigner;

  async function ask(
    method: string,
    path: string,
    options: { roles?: string[]; service?: boolean; body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const caller = options.service
      ? { kind: 'service' as const, id: 'gateway', roles: [] }
      : { kind: 'person' as const, id: PERSON, roles: options.roles ?? [] };
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${await signer.forCaller(caller, 'screenings')}`,
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  }
  const load = (given = files, query = '', roles = ['programmer']) =>
    ask('POST', `${EDITION}/import${query}`, { roles, body: { files: given } });
  const outbox = () =>
    db.database.query<{ type: string; n: number }>(
      'SELECT type, count(*)::int AS n FROM outbox GROUP BY type ORDER BY type',
    );
  const changed = (from: string, to: string) =>
    files.map((file) => ({ ...file, text: file.name === 'demo.json' ? file.text.replace(from, to) : file.text }));

  beforeAll(async () => {
    db = await testDatabase('screenings', screeningsDatabase);
    const key = generateKeyPairSync('ed25519').privateKey;
    signer = new TokenSigner('gateway', key);
    const jwk = { ...publicKeyOf(key).export({ format: 'jwk' }), kid: 'gateway-1', alg: 'EdDSA' };
    service = await openService(screeningsService, {
      env: {
        SEANS_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATABASE_URL: db.url,
        KAFKA_BROKERS: '127.0.0.1:1',
        TRUSTED_KEYS: JSON.stringify({ keys: [jwk] }),
        FESTIVAL_START: '2019-09-12T10:00',
      },
    });
  }, 120_000);
  afterAll(async () => {
    await service?.stop();
    await db?.close();
  });

  it('loads nothing in a dry run, and says what it would load', async () => {
    const { status, body } = await load(files, '?dryRun=true');
    expect(status).toBe(200);
    expect((body as ImportReport).changed).toBe(true);
    expect((await ask('GET', `${EDITION}/programme`)).status).toBe(404);
  });

  it('refuses a bad row with file, line and reason, and keeps nothing of the file', async () => {
    const { status, body } = await load(changed('"filmId": "oleg"', '"filmId": "olga"'));
    expect([status, body.code]).toEqual([422, 'programme-refused']);
    expect(body.facts.rows).toMatchObject([{ file: 'demo.json', code: 'reference-unknown' }]);
    expect(body.errors[0].field).toMatch(/^demo\.json:\d+ screenings/);
    expect(await outbox()).toEqual([]);
  });

  it('is for programmers', async () => {
    expect((await load(files, '', ['box-office'])).status).toBe(403);
  });

  it('loads the whole programme and tells it, and a second import changes nothing', async () => {
    const first = (await load()).body as ImportReport;
    const created = Object.fromEntries(first.counts.map((count) => [count.kind, count.created]));
    expect(created).toMatchObject({ edition: 1, film: 12, venue: 7, event: 11, 'seat-plan': 8, screening: 36 });
    const told = await outbox();
    expect(told).toEqual([
      { type: 'screenings.edition.recorded.v1', n: 1 },
      { type: 'screenings.screening.recorded.v1', n: 36 },
      { type: 'screenings.seat-plan.recorded.v1', n: 8 },
    ]);
    const second = (await load()).body as ImportReport;
    expect(second.changed).toBe(false);
    expect(second.counts.every((count) => count.created + count.changed === 0)).toBe(true);
    expect(await outbox()).toEqual(told);
  }, 60_000);

  it('tells what the golden examples say', async () => {
    const golden = (type: string) =>
      JSON.parse(readFileSync(join(__dirname, `../../../libs/contracts/examples/${type}.json`), 'utf8')) as {
        aggregate: string;
        version: number;
        data: Record<string, unknown>;
      };
    for (const name of ['edition.recorded', 'screening.recorded', 'seat-plan.recorded']) {
      const type = `screenings.${name}.v1`;
      const { aggregate, version, data } = golden(type);
      const [told] = await db.database.query<{ version: number; data: Record<string, unknown> }>(
        'SELECT version::int AS version, data FROM outbox WHERE type = $1 AND aggregate_id = $2',
        [type, aggregate],
      );
      // The offset depends on the hour of the import.
      const offset = told?.data.offsetMs === undefined ? {} : { offsetMs: told.data.offsetMs };
      expect(told).toEqual({ version, data: { ...data, ...offset } });
    }
  });

  it('tells the Palace in one message that a broker takes', async () => {
    const [row] = await db.database.query<{ size: number; seats: number }>(
      "SELECT length(data::text) AS size, jsonb_array_length(data->'seats') AS seats FROM outbox WHERE aggregate_id = 'palace-main'",
    );
    expect(row?.seats).toBe(2567);
    expect(row!.size).toBeLessThan(400_000);
  });

  it('shows the public programme with an ETag, and 304 to who has it', async () => {
    const { headers, body } = await ask('GET', `${EDITION}/programme`);
    const programme = body as Programme;
    expect([programme.films.length, programme.venues.length, programme.screenings.length]).toEqual([12, 7, 36]);
    const main = programme.screenings.find((screening) => screening.id === SHOW);
    expect(main).toMatchObject({ state: 'on-sale', seats: 346, invented: true, endsAt: '2019-09-16T15:33:00.000Z' });
    const etag = headers.get('etag')!;
    const again = await fetch(`${service.url}${EDITION}/programme`, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
  });

  it('tells only what a changed row changes', async () => {
    const { body } = await load(changed('2019-09-16T15:00', '2019-09-16T15:10'));
    expect((body as ImportReport).counts.find((count) => count.kind === 'screening')).toMatchObject({
      changed: 1,
      unchanged: 35,
    });
    const [row] = await db.database.query<{ version: string }>(
      "SELECT max(version) AS version FROM outbox WHERE aggregate_id = 'aff19-0916-1500-arman2'",
    );
    expect(Number(row?.version)).toBe(2);
  });

  it('gives a plan to the map and to pretix', async () => {
    const { body, headers } = await ask('GET', '/seat-plans/mega-concert/versions/1');
    const plan = body as PlanGeometry;
    expect(headers.get('cache-control')).toContain('immutable');
    expect(plan.zones[0]?.rows.flatMap((row) => row.seats)).toHaveLength(346);
    expect(plan.zones[0]?.rows.at(-1)?.seats[1]).toEqual([
      '14-2',
      '2',
      expect.any(Number),
      expect.any(Number),
      2,
      2,
      '14-1',
    ]);
    expect((await ask('GET', '/seat-plans/mega-concert/pretix')).body.zones[0].rows).toHaveLength(14);
    expect((await ask('GET', '/seat-plans/mega-concert/versions/9')).status).toBe(404);
  });

  it('takes a plan whole or refuses it whole, tells a new version once, and gives back what came in', async () => {
    const text = readFileSync(join(__dirname, 'plans/newer.json'), 'utf8');
    const send = (body: object, query = '') =>
      ask('POST', `/halls/arman-1/seat-plans${query}`, { roles: ['programmer'], body });
    const plan = { planId: 'arman-1-loge', format: 'pretix', text, access: { wheelchair: ['p-1-1'], companions: {} } };
    expect((await send(plan, '?dryRun=true')).body).toMatchObject({ outcome: 'created', version: 1, seats: 3 });
    expect((await ask('GET', '/seat-plans/arman-1-loge/pretix')).status).toBe(404);
    expect((await send(plan)).body).toMatchObject({ outcome: 'created', version: 1 });
    expect((await send(plan)).body).toMatchObject({ outcome: 'unchanged', version: 1 });
    const touched = { ...plan, text: text.replace('"step": 7.5', '"step": 8') };
    expect((await send(touched)).body).toMatchObject({ outcome: 'changed', version: 2 });
    const told = await db.database.query("SELECT 1 FROM outbox WHERE aggregate_id = 'arman-1-loge'");
    expect(told).toHaveLength(2);
    const back = await ask('GET', '/seat-plans/arman-1-loge/pretix?version=1');
    expect(JSON.stringify(back.body)).toBe(JSON.stringify(JSON.parse(text)));
    expect((await ask('GET', '/seat-plans/arman-1-loge/pretix?generation=older')).body.zones[0].areas[0].width).toBe(
      300,
    );

    const broken = await send({
      ...plan,
      text: text.replace('"p-1-2"', '"p-1-1"').replace('"category": "B"', '"category": "Z"'),
    });
    expect([broken.status, broken.body.code, broken.body.facts.count]).toEqual([422, 'seat-plan-refused', 2]);
    expect(broken.body.errors.map((e: { field: string; code: string }) => [e.field, e.code])).toEqual([
      ['p-1-1', 'seat-repeated'],
      ['p-1-3', 'category-unknown'],
    ]);
    const other = await ask('POST', '/halls/arman-2/seat-plans', { roles: ['programmer'], body: plan });
    expect(other.body.code).toBe('seat-plan-of-other-hall');

    const grid = { planId: 'arman-1-grid', format: 'csv', name: 'Grid', text: 'Hall,1,1:A,2:A\n' };
    expect((await send(grid)).body).toMatchObject({ outcome: 'created', seats: 2 });
    const csv = await fetch(`${service.url}/seat-plans/arman-1-grid/grid`, {
      headers: {
        Authorization: `Bearer ${await signer.forCaller({ kind: 'person', id: PERSON, roles: ['admin'] }, 'screenings')}`,
      },
    });
    expect([csv.headers.get('content-type'), await csv.text()]).toEqual([
      'text/csv; charset=utf-8',
      'Hall,1,1:A,2:A\r\n',
    ]);
    const general = { planId: 'arman-1-standing', format: 'general', name: 'Standing', capacity: 50, category: 'A' };
    expect((await send(general)).body).toMatchObject({ outcome: 'created', seats: 50 });
    expect((await ask('GET', '/seat-plans/arman-1-standing/versions/1')).body).toMatchObject({ admission: 'general' });
    expect((await ask('GET', '/seat-plans/arman-1-standing/pretix')).body.code).toBe('seat-plan-not-numbered');
    const list = await ask('GET', '/halls/arman-1/seat-plans', { roles: ['admin'] });
    expect(list.body).toMatchObject([
      { planId: 'arman-1', admission: 'numbered' },
      { planId: 'arman-1-grid' },
      { planId: 'arman-1-loge', version: 2, wheelchairPlaces: 1 },
      { planId: 'arman-1-standing', admission: 'general', seats: 50 },
    ]);
  });

  it('takes a screening from draft to on sale, and no further back', async () => {
    const body = {
      editionId: 'almaty-2019',
      title: { kk: 'Сынақ', ru: 'Проба', en: 'Trial' },
      hallId: 'arman-2',
      startsAt: '2019-09-14T06:00:00.000Z',
      prices: [{ category: 'A', name: { kk: 'А', ru: 'А', en: 'A' }, amount: 100_000, currency: 'KZT' }],
    };
    const post = (path: string, key: string, content: unknown = {}) =>
      ask('POST', path, { roles: ['programmer'], body: content, headers: { 'Idempotency-Key': key } });
    const key = newId();
    const made = (await post('/screenings', key, body)).body as ScreeningDetail;
    expect(made).toMatchObject({ state: 'draft', planId: 'arman-2' });
    expect((await post('/screenings', key, body)).body.id).toBe(made.id);
    expect((await ask('GET', `/screenings/${made.id}`)).status).toBe(404);
    expect((await post(`/screenings/${made.id}/open-sales`, key)).body.code).toBe('screening-step-illegal');
    expect((await post(`/screenings/${made.id}/announce`, key)).body.state).toBe('announced');
    expect((await post(`/screenings/${made.id}/open-sales`, key)).body.state).toBe('on-sale');
    expect((await post(`/screenings/${made.id}/open-sales`, key)).body.version).toBe(2);
    expect((await post('/screenings', newId(), body)).body.code).toBe('hall-overlap');
    expect((await post(`/screenings/${made.id}/cancel`, key, { reason: 'projector' })).body.state).toBe('cancelled');
    expect((await post('/screenings', newId(), body)).status).toBe(201);
  });

  it('gives a hall to one of two screenings that ask for it at the same instant', async () => {
    const draft = async (startsAt: string) => {
      const body = {
        editionId: 'almaty-2019',
        title: { kk: 'Бәсеке', ru: 'Спор', en: 'Rival' },
        hallId: 'bekmambetov-3',
        startsAt,
        prices: [],
      };
      const answer = await ask('POST', '/screenings', {
        roles: ['programmer'],
        body,
        headers: { 'Idempotency-Key': newId() },
      });
      return (answer.body as ScreeningDetail).id;
    };
    for (let round = 0; round < 5; round++) {
      const day = `2019-09-${15 + round}`;
      const [a, b] = [await draft(`${day}T03:00:00.000Z`), await draft(`${day}T04:00:00.000Z`)];
      const announce = (id: string) => ask('POST', `/screenings/${id}/announce`, { roles: ['programmer'] });
      const answers = await Promise.all([announce(a!), announce(b!)]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('hall-overlap');
    }
  });

  it('stands at the hour it was started at, and moves when a service says so', async () => {
    const before = (await ask('GET', `${EDITION}/festival-clock`)).body;
    expect(before.now.slice(0, 13)).toBe('2019-09-12T04');
    const set = { editionId: 'almaty-2019', now: '2019-09-16T12:00:00.000Z' };
    expect((await ask('POST', '/internal/festival-clock', { roles: ['admin'], body: set })).status).toBe(403);
    const after = await ask('POST', '/internal/festival-clock', { service: true, body: set });
    expect(after.body.now.slice(0, 16)).toBe('2019-09-16T12:00');
    expect((await outbox()).map((row) => row.type)).toContain('screenings.festival-clock.set.v1');
  });
});
