import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventData, MyBadges, ScanVerdict, ScreeningRecorded } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { type Envelope, Hearing } from '#libs/messaging';
import { openService, publicKeyOf, type RunningService } from '#libs/service-defaults';
import {
  EDITION,
  eventually,
  pairScanner,
  type TestDatabase,
  type TestRedis,
  testDatabase,
  testRedis,
} from '#libs/testing';
import { accreditationsDatabase } from '../../apps/accreditations/src/database.js';
import { accreditationsService } from '../../apps/accreditations/src/service.js';
import { gatewayDatabase } from '../../apps/gateway/src/database.js';
import { CreateStaff } from '../../apps/gateway/src/people/create-staff.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { Browser } from '../../apps/gateway/test/house.js';
import { ticketsDatabase } from '../../apps/tickets/src/database.js';
import { ticketsService } from '../../apps/tickets/src/service.js';
import { planSeats } from '../../apps/tickets/test/tickets-stage.js';
import { freePort } from '../../tools/local-stack/index.js';
import { pdfBytes } from '../fixtures/uploads/pdf-bytes.js';

const HOUR = 3_600_000;
/** What is promised between the officer's click and the gate (product.md). */
const PROMISED_MS = 5_000;
const PASSWORD = 'a-long-password-1';
const NAME = { kk: 'Зал', ru: 'Зал', en: 'Hall' };

/** Doors are open now, and press may book. */
function screening(now: Date): EventData<typeof ScreeningRecorded> {
  const iso = (hours: number) => new Date(now.getTime() + hours * HOUR).toISOString();
  return {
    screeningId: 'show',
    editionId: EDITION,
    title: NAME,
    sectionId: null,
    filmIds: [],
    startsAt: iso(0.75),
    endsAt: iso(2.5),
    doorsOpenAt: iso(-0.5),
    lateEntryUntil: iso(1),
    timezone: 'Asia/Almaty',
    venue: { id: 'arman', name: NAME, address: '' },
    hall: { id: 'hall', name: NAME },
    planId: 'plan',
    planVersion: 1,
    ageRating: '16+',
    visibility: 'public',
    state: 'on-sale',
    prices: [{ category: 'A', name: NAME, amount: 0, currency: 'KZT' }],
    allocations: [{ id: 'press', classes: ['press'], capacity: 20, overflow: [] }],
  };
}

/** Officer, gateway, accreditations, tickets and a gate over HTTP. Kafka is away all the time: it must not be needed. */
describe('from the officer’s click to the gate', () => {
  let dbs: Record<'gateway' | 'accreditations' | 'tickets', TestDatabase>;
  let redis: TestRedis;
  let gateway: RunningService;
  let accreditations: RunningService;
  let tickets: RunningService;
  let ticketsEnv: Record<string, string>;
  let officer: Browser;
  let manager: Browser;
  let deviceToken: string;
  const folder = mkdtempSync(join(tmpdir(), 'seans-flow-'));

  const hear = async (topic: 'screenings' | 'accreditations', facts: Envelope[]) => {
    for (const fact of facts) await tickets.app.get(Hearing).hear(topic, [fact]);
  };
  /** What accreditations told up to now, handed on as the broker would, later. */
  const handOn = async () => {
    const rows = await dbs.accreditations.database.query<Omit<Envelope, 'time'>>(
      `SELECT fact, type, aggregate_id AS aggregate, version::int AS version, data FROM outbox WHERE type LIKE 'accreditations.badge.%' ORDER BY seq`,
    );
    await hear(
      'accreditations',
      rows.map((row) => ({ ...row, time: new Date().toISOString() })),
    );
  };
  const staff = async (email: string, role: 'accreditation-officer' | 'house-manager' | 'admin') => {
    await gateway.app
      .get(CreateStaff, { strict: false })
      .execute({ email, password: PASSWORD, name: 'Staff', language: 'en', roles: [role] });
    const browser = new Browser(gateway.url, 'http://festival.test');
    const { status } = await browser.call('POST', '/api/session/sign-in', { email, password: PASSWORD });
    expect(status).toBe(200);
    return browser;
  };
  const post = (browser: Browser, path: string, body: unknown = {}) =>
    browser.call('POST', `/api${path}`, body, { 'Idempotency-Key': newId() });

  beforeAll(async () => {
    const [dbGateway, dbAccreditations, dbTickets, store] = await Promise.all([
      testDatabase('gateway', gatewayDatabase),
      testDatabase('accreditations', accreditationsDatabase),
      testDatabase('tickets', ticketsDatabase),
      testRedis(),
    ]);
    dbs = { gateway: dbGateway, accreditations: dbAccreditations, tickets: dbTickets };
    redis = store;
    const names = ['gateway', 'accreditations', 'tickets'] as const;
    const keys = Object.fromEntries(names.map((name) => [name, generateKeyPairSync('ed25519').privateKey])) as Record<
      (typeof names)[number],
      KeyObject
    >;
    const jwk = (name: (typeof names)[number]) => ({
      ...publicKeyOf(keys[name]).export({ format: 'jwk' }),
      kid: `${name}-1`,
      alg: 'EdDSA',
    });
    const env = (name: (typeof names)[number]) => ({
      SEANS_ENV: 'test',
      LOG_LEVEL: 'silent',
      KAFKA_BROKERS: '127.0.0.1:1',
      DATABASE_URL: dbs[name].url,
      PUBLIC_URL: 'http://festival.test',
      SIGNING_KEY: keys[name].export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
      TRUSTED_KEYS: JSON.stringify({ keys: names.map(jwk) }),
    });
    // Each needs the other's address: the door's, for what it is told, and the desk's, for its keys.
    const port = await freePort();
    accreditations = await openService(accreditationsService, {
      env: { ...env('accreditations'), TICKETS_URL: `http://127.0.0.1:${port}`, UPLOADS_DIR: folder },
    });
    ticketsEnv = { ...env('tickets'), PORT: `${port}`, REDIS_URL: redis.url, ACCREDITATIONS_URL: accreditations.url };
    tickets = await openService(ticketsService, { env: ticketsEnv });
    gateway = await openService(gatewayService, {
      env: {
        ...env('gateway'),
        TICKETS_URL: tickets.url,
        ACCREDITATIONS_URL: accreditations.url,
        WEB_FOLDER: 'nowhere',
        SIGN_IN_RATE: '1000',
      },
    });
    const day = new Date();
    const edition = {
      editionId: EDITION,
      name: NAME,
      from: new Date(day.getTime() - 24 * HOUR).toISOString().slice(0, 10),
      to: new Date(day.getTime() + 48 * HOUR).toISOString().slice(0, 10),
      timezone: 'Asia/Almaty',
      offsetMs: 0,
    };
    const told = (type: string, aggregate: string, data: unknown): Envelope => ({
      fact: randomUUID(),
      type,
      aggregate,
      version: 1,
      time: day.toISOString(),
      data,
    });
    await accreditations.app
      .get(Hearing)
      .hear('screenings', [told('screenings.edition.recorded.v1', EDITION, edition)]);
    const admin = await staff('admin@festival.test', 'admin');
    const file = JSON.parse(readFileSync(join(__dirname, '../../data/almaty-2019/accreditation.json'), 'utf8'));
    for (const category of file.categories) for (const name of ['opensAt', 'closesAt']) delete category[name];
    expect((await post(admin, `/accreditations/editions/${EDITION}/categories`, file)).status).toBeLessThan(300);
    officer = await staff('officer@festival.test', 'accreditation-officer');
    manager = await staff('manager@festival.test', 'house-manager');
    const device = await post(manager, '/tickets/door/devices', { editionId: EDITION, name: 'Gate', gate: '1' });
    const { pairingCode } = device.body as unknown as { pairingCode: string };
    const paired = await pairScanner(
      (path, body) => post(manager, `/tickets/door${path}`, body as object),
      pairingCode,
    );
    deviceToken = paired.token;
    await hear('screenings', [
      told('screenings.edition.recorded.v1', EDITION, edition),
      told('screenings.seat-plan.recorded.v1', 'plan', {
        planId: 'plan',
        version: 1,
        hallId: 'hall',
        seats: planSeats(),
      }),
      told('screenings.screening.recorded.v1', 'show', screening(day)),
    ]);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([gateway?.stop(), accreditations?.stop(), tickets?.stop()]);
    await Promise.all([...Object.values(dbs ?? {}).map((db) => db.close()), redis?.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const scan = async (code: string) => {
    const answer = await fetch(`${gateway.url}/api/tickets/door/scans`, {
      method: 'POST',
      headers: { 'X-Device-Token': deviceToken, 'Content-Type': 'application/json' },
      body: JSON.stringify({ scanId: newId(), screeningId: 'show', code, at: new Date().toISOString() }),
    });
    return ((await answer.json()) as ScanVerdict).verdict;
  };
  /** Somebody who applied, was approved, and has the badge on the phone. */
  const accredited = async (name: string) => {
    const who = await staff(`${name}@festival.test`, 'house-manager');
    const draft = await post(who, '/accreditations/applications', { editionId: EDITION, category: 'press' });
    const { id } = draft.body as unknown as { id: string };
    const fields = { name, outlet: `Outlet ${name}`, medium: 'online', country: 'KZ', city: 'Almaty' };
    await who.call('PUT', `/api/accreditations/applications/${id}`, { fields }, { 'If-Match': '"1"' });
    const form = new FormData();
    form.set('kind', 'commission-letter');
    form.set('file', new Blob([new Uint8Array(pdfBytes())]), 'letter.pdf');
    const upload = await fetch(`${gateway.url}/api/accreditations/applications/${id}/evidence`, {
      method: 'POST',
      headers: { Cookie: who.cookies, Origin: 'http://festival.test', 'Idempotency-Key': newId() },
      body: form,
    });
    expect(upload.status).toBe(201);
    expect(
      (await post(who, `/accreditations/applications/${id}/submit`, { consent: { version: '2019-07' } })).body.state,
    ).toBe('submitted');
    for (const command of ['start', 'approve'])
      expect((await post(officer, `/accreditations/review/applications/${id}/${command}`)).status).toBe(200);
    const { badges } = (await who.call('GET', `/api/accreditations/badges/mine?edition=${EDITION}`))
      .body as unknown as MyBadges;
    await handOn();
    return { who, badgeId: badges[0]!.id, code: badges[0]!.admissionCode! };
  };

  it.each([
    ['revoke', 'revoked'],
    ['suspend', 'suspended'],
    ['lost', 'reported_lost'],
  ])('%s is at the gate within five seconds, without Kafka', async (command, refusal) => {
    const { who, badgeId, code } = await accredited(command);
    expect((await post(who, '/tickets/bookings', { screeningId: 'show' })).status).toBe(201);
    expect(await scan(code)).toBe('ok');
    const clicked = performance.now();
    const click = post(officer, `/accreditations/review/badges/${badgeId}/${command}`, { reason: 'Seen to be lent' });
    await eventually(async () => expect(await scan(code)).toBe(refusal), PROMISED_MS, 10);
    const took = performance.now() - clicked;
    expect(took).toBeLessThan(PROMISED_MS);
    const { badge } = (await click).body as unknown as { badge: { atGates: boolean } | null };
    // The officer's screen says "at the gates" only when they have taken it.
    if (command === 'suspend') expect(badge?.atGates).toBe(true);
  });

  it('reaches a gate whose door service was away, as soon as it is back', async () => {
    const { who, badgeId, code } = await accredited('away');
    expect((await post(who, '/tickets/bookings', { screeningId: 'show' })).status).toBe(201);
    await tickets.stop();
    const clicked = await post(officer, `/accreditations/review/badges/${badgeId}/suspend`, { reason: 'Asked to' });
    expect((clicked.body as unknown as { badge: { atGates: boolean } }).badge.atGates).toBe(false);
    tickets = await openService(ticketsService, { env: ticketsEnv });
    await eventually(async () => expect(await scan(code)).toBe('suspended'), 15_000, 25);
  }, 60_000);
});
