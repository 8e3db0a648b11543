import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccessRule,
  type Caller,
  describeRoutes,
  openService,
  publicKeyOf,
  ROLES,
  type RouteDescription,
  type RunningService,
  type ServiceDefinition,
  type SettingsDefinition,
  TokenSigner,
} from '#libs/service-defaults';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { accreditationsService } from '../apps/accreditations/src/service.js';
import { gatewayService } from '../apps/gateway/src/service.js';
import { notificationsService } from '../apps/notifications/src/service.js';
import { screeningsService } from '../apps/screenings/src/service.js';
import { ticketsService } from '../apps/tickets/src/service.js';
import { BODIES, FOREIGN } from './access-foreign.js';
import { ROUTES } from './access-matrix.js';

/** Every route of every service: nobody, a browser, a person without a role, the wrong role, another person's object. */
const SERVICES = {
  gateway: gatewayService,
  screenings: screeningsService,
  tickets: ticketsService,
  accreditations: accreditationsService,
  notifications: notificationsService,
} as unknown as Record<string, ServiceDefinition<SettingsDefinition>>;

const STAFF = new Set<string>(ROLES);

describe.each(Object.keys(SERVICES))('access to %s', (name) => {
  let service: RunningService;
  let db: TestDatabase;
  let redis: TestRedis;
  let folder: string;
  let gateway: TokenSigner;
  let neighbour: TokenSigner;
  let routes: RouteDescription[];

  beforeAll(async () => {
    const definition = SERVICES[name]!;
    [db, redis] = await Promise.all([testDatabase(name, definition.database!), testRedis()]);
    folder = mkdtempSync(join(tmpdir(), 'seans-access-'));
    const [one, two] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
    gateway = new TokenSigner('gateway', one);
    neighbour = new TokenSigner('neighbour', two);
    const jwk = (key: KeyObject, kid: string) => ({ ...publicKeyOf(key).export({ format: 'jwk' }), kid, alg: 'EdDSA' });
    service = await openService(definition, {
      env: {
        SEANS_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATABASE_URL: db.url,
        REDIS_URL: redis.url,
        KAFKA_BROKERS: '127.0.0.1:1',
        UPLOADS_DIR: folder,
        WEB_FOLDER: 'nowhere',
        PUBLIC_URL: 'http://festival.test',
        ...Object.fromEntries(
          Object.keys(SERVICES).map((other) => [`${other.toUpperCase()}_URL`, 'http://127.0.0.1:1']),
        ),
        TRUSTED_KEYS: JSON.stringify({ keys: [jwk(one, 'gateway-1'), jwk(two, 'neighbour-1')] }),
      },
    });
    routes = describeRoutes(service.app);
  });
  afterAll(async () => {
    await service.stop();
    await Promise.all([db.close(), redis.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (route: RouteDescription, caller?: Caller, object: string = randomUUID()): Promise<number> => {
    const signer = caller?.kind === 'service' ? neighbour : gateway;
    const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : bodyOf(route);
    const answer = await fetch(`${service.url}${route.path.replace(/:\w+/g, object)}`, {
      method: route.method,
      redirect: 'manual',
      headers: {
        ...(caller && { Authorization: `Bearer ${await signer.forCaller(caller, name)}` }),
        'Idempotency-Key': randomUUID(),
        'If-Match': '"1"',
        ...(typeof body === 'string' && { 'Content-Type': 'application/json' }),
      },
      body,
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  const key = (route: RouteDescription) => `${route.method} ${route.path}`;
  const refused = async (caller: Caller | undefined, who: (rules: AccessRule[]) => boolean): Promise<string[]> => {
    const open: string[] = [];
    for (const route of routes.filter(({ access }) => who(access ?? []))) {
      const status = await ask(route, caller);
      if (status !== 401 && status !== 403) open.push(`${key(route)}: ${status}`);
    }
    return open;
  };

  it('is described route by route', () => {
    const found = Object.fromEntries(routes.map((route) => [key(route), (route.access ?? []).join(' ')]));
    expect(found).toEqual(ROUTES[name]);
  });

  it('is closed to nobody unless it is public', async () => {
    expect(await refused(undefined, (rules) => !rules.includes('public'))).toEqual([]);
  });

  it('is closed to a browser that nobody signed in on', async () => {
    const visitor: Caller = { kind: 'visitor', id: randomUUID(), roles: ['admin'] };
    expect(await refused(visitor, (rules) => !rules.includes('public') && !rules.includes('visitor'))).toEqual([]);
  });

  it('is closed to a person without the role', async () => {
    const somebody: Caller = { kind: 'person', id: randomUUID(), roles: [] };
    const needsMore = (rules: AccessRule[]) => !rules.some((rule) => ['public', 'visitor', 'person'].includes(rule));
    expect(await refused(somebody, needsMore)).toEqual([]);
    for (const role of ROLES.filter((one) => one !== 'admin'))
      expect(
        await refused({ ...somebody, roles: [role] }, (rules) => needsMore(rules) && !rules.includes(role)),
      ).toEqual([]);
  });

  it('is closed to another service unless it is for services', async () => {
    const other: Caller = { kind: 'service', id: 'neighbour', roles: ['admin'] };
    expect(await refused(other, (rules) => !rules.some((rule) => rule === 'public' || rule === 'service'))).toEqual([]);
  });

  it('says how each route with an object answers to another person', () => {
    const objects = routes.filter(
      ({ path, access }) =>
        /:/.test(path) && !/^\/internal/.test(path) && !(access ?? []).every((rule) => STAFF.has(rule)),
    );
    expect(objects.map((route) => `${name} ${key(route)}`).sort()).toEqual(
      Object.keys(FOREIGN)
        .filter((route) => route.startsWith(`${name} `))
        .sort(),
    );
  });

  it('answers 404 to another person for an object that is not theirs, as for one that does not exist', async () => {
    const stranger: Caller = { kind: 'person', id: randomUUID(), roles: [] };
    const theirs = await somebodysObject(name, db);
    for (const route of routes) {
      if (FOREIGN[`${name} ${key(route)}`] !== '404') continue;
      for (const object of [theirs, randomUUID()])
        expect([key(route), await ask(route, stranger, object)]).toEqual([key(route), 404]);
    }
    expect(await untouched(name, db, theirs)).toBe(true);
  });
});

/** What gets past the contract's check, so that ownership is what answers. */
function bodyOf(route: RouteDescription): string | FormData {
  if (route.method === 'PUT') return JSON.stringify({ fields: {} });
  if (!route.path.endsWith('/evidence')) return JSON.stringify(BODIES[route.path] ?? {});
  const form = new FormData();
  form.append('kind', 'commission-letter');
  form.append('file', new Blob(['%PDF-1.7 %%EOF'], { type: 'application/pdf' }), 'letter.pdf');
  return form;
}

/** An order, a booking or an application of somebody else, in the tables; bookings and orders share the id. */
async function somebodysObject(name: string, db: TestDatabase): Promise<string> {
  const id = randomUUID();
  const run = (sql: string, parameters: unknown[] = [id]) => db.database.query(sql, parameters);
  if (name === 'tickets') {
    await run(
      `INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, consent, pay_until)
       VALUES ($1::uuid, left($1::uuid::text, 9), 'almaty-2019', 'somebody', 'somebody', 'awaiting-payment', 'kk', 100, 'KZT', '{}', now() + interval '1 hour')`,
    );
    await run(
      `INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state)
       VALUES ($1, 'a', 'somebody', 'almaty-2019', 's', '1', '1', 'booked')`,
    );
    await run(
      `INSERT INTO waitlist_entry (id, edition_id, screening_id, person_id, buyer, language, seats, state)
       VALUES ($1, 'almaty-2019', 's', 'somebody', 'somebody', 'kk', 1, 'offered')`,
    );
    await run(
      `INSERT INTO waitlist_offer (id, entry_id, screening_id, until, limits) VALUES ($1, $1, 's', now() + interval '1 hour', '{}')`,
    );
    await run(
      `INSERT INTO invitation_list (id, edition_id, screening_id, name, respond_by, made_by)
       VALUES ($1, 'almaty-2019', 's', 'guests', now() + interval '1 hour', 'somebody')`,
    );
    await run(
      `INSERT INTO invitation (id, list_id, position, name, language, places) VALUES ($1, $1, 0, 'Somebody', 'kk', 1)`,
    );
  }
  if (name === 'accreditations') {
    const columns = await db.database.query<{ column: string; type: string }>(
      `SELECT column_name AS column, data_type AS type FROM information_schema.columns
        WHERE table_name = 'category' AND is_nullable = 'NO' AND column_default IS NULL AND column_name NOT IN ('edition_id', 'id')`,
    );
    const value = (type: string) =>
      type === 'jsonb'
        ? `'[]'`
        : type === 'boolean'
          ? 'true'
          : type === 'ARRAY'
            ? `'{}'`
            : type === 'text'
              ? `'x'`
              : '1';
    await run(
      `INSERT INTO category (edition_id, id${columns.map((c) => `, ${c.column}`).join('')})
       VALUES ('almaty-2019', 'press'${columns.map((c) => `, ${value(c.type)}`).join('')})`,
      [],
    );
    await run(
      `INSERT INTO application (id, edition_id, category, person_id, state, version, language, fields)
       VALUES ($1, 'almaty-2019', 'press', 'somebody', 'draft', 1, 'kk', '{}')`,
    );
  }
  return id;
}

async function untouched(name: string, db: TestDatabase, id: string): Promise<boolean> {
  if (name === 'tickets') {
    const [row] = await db.database.query<{ same: boolean }>(
      `SELECT o.state = 'awaiting-payment' AND b.state = 'booked' AND w.state = 'offered' AND i.state = 'sent'
              AND NOT EXISTS (SELECT 1 FROM payment_attempt) AS same
         FROM orders o, booking b, waitlist_entry w, invitation i WHERE o.id = $1 AND b.id = $1 AND w.id = $1 AND i.id = $1`,
      [id],
    );
    return row?.same === true;
  }
  if (name !== 'accreditations') return true;
  const [row] = await db.database.query<{ same: boolean }>(
    `SELECT state = 'draft' AND version = 1 AS same FROM application WHERE id = $1`,
    [id],
  );
  return row?.same === true;
}
