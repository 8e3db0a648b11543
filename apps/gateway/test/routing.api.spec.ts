import { eventually } from '#libs/testing';
import { CreateStaff } from '../src/people/create-staff.js';
import { Browser, type House, openHouse } from './house.js';

const SITE = 'http://festival.test';

jest.setTimeout(60_000);

describe('the way to the services', () => {
  let house: House;
  const browser = (origin: string | undefined = SITE) => new Browser(house.gateway.url, origin);
  const last = () => house.upstream.seen.at(-1)!;

  beforeAll(async () => {
    house = await openHouse();
    await house.gateway.app.get(CreateStaff).execute({
      email: 'officer@example.org',
      password: 'a-long-password-1',
      name: 'Ақбота',
      language: 'kk',
      roles: ['accreditation-officer'],
    });
    await house.gateway.app.get(CreateStaff).execute({
      email: 'admin@example.org',
      password: 'a-long-password-1',
      name: 'Әдия',
      language: 'kk',
      roles: ['admin'],
    });
  });
  beforeEach(() => {
    house.upstream.seen = [];
  });
  afterAll(() => house.stop());

  it('strips the prefix and vouches for an anonymous visitor', async () => {
    const who = browser();
    const { body } = await who.call('GET', '/api/session');
    await who.call('GET', '/api/tickets/orders?x=1');
    expect(last().url).toBe('/orders?x=1');
    expect(house.upstream.lastToken()).toMatchObject({ aud: 'tickets', sub: body.visitor, kind: 'visitor', roles: [] });
  });

  it('gives no cookie with what somebody only reads: a cache may share it', async () => {
    const answer = await fetch(`${house.gateway.url}/api/screenings/editions/almaty-2019/programme`);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []]);
    const made = await fetch(`${house.gateway.url}/api/tickets/holds`, { method: 'POST', headers: { Origin: SITE } });
    expect(made.headers.getSetCookie()).toHaveLength(1);
  });

  it('vouches for a person with id and roles only, for at most a minute', async () => {
    const who = browser();
    const { body } = await who.call('POST', '/api/session/sign-in', {
      email: 'officer@example.org',
      password: 'a-long-password-1',
    });
    await who.call('GET', '/api/accreditations/applications');
    const token = house.upstream.lastToken();
    const session = body.session as unknown as { person: { id: string } };
    expect(token).toEqual({
      aud: 'accreditations',
      sub: session.person.id,
      kind: 'person',
      roles: ['accreditation-officer'],
      iat: expect.any(Number),
      exp: (token.iat as number) + 60,
    });
  });

  it('forgets the person at once when they sign out', async () => {
    const who = browser();
    await who.call('POST', '/api/session/sign-in', { email: 'officer@example.org', password: 'a-long-password-1' });
    await who.call('GET', '/api/tickets/x');
    const copy = who.cookies;
    await who.call('POST', '/api/session/sign-out');
    await browser().call('GET', '/api/tickets/x', undefined, { Cookie: copy });
    expect(house.upstream.lastToken().kind).toBe('visitor');
  });

  it('lets no identity in from outside', async () => {
    await browser().call('GET', '/api/tickets/x', undefined, {
      Authorization: 'Bearer forged',
      'X-Device-Token': 'forged',
      'X-Forwarded-User': 'admin',
      'X-Caller-Id': 'admin',
      Cookie: 'other=1',
    });
    expect(last().headers.authorization).not.toContain('forged');
    expect(Object.keys(last().headers)).not.toEqual(expect.arrayContaining(['x-device-token']));
    expect(last().headers['x-forwarded-user']).toBeUndefined();
    expect(last().headers['x-caller-id']).toBeUndefined();
    expect(last().headers.cookie).toBeUndefined();
  });

  it('passes a device’s token to the door and nothing of a session with it', async () => {
    await browser().call('POST', '/api/tickets/door/scans', { code: 'x' }, { 'X-Device-Token': 'device-1' });
    expect(last().headers['x-device-token']).toBe('device-1');
    expect(last().headers.authorization).toBeUndefined();
  });

  it.each([
    '/api/tickets/internal/x',
    '/api/tickets/%69nternal/x',
    '/api/tickets/metrics',
    '/internal/people/x',
    '/api/unknown/x',
  ])('does not reach %s', async (path) => {
    const answer = await browser().call('GET', path, undefined, { Authorization: 'Bearer x' });
    expect([401, 404]).toContain(answer.status);
    expect(house.upstream.seen).toHaveLength(0);
  });

  it('shows its own figures and neighbours’ routes to nobody who comes through a proxy', async () => {
    const outside = { 'X-Forwarded-For': '203.0.113.7' };
    const statuses = [];
    for (const path of ['/metrics', '/health/parts', '/internal/people/x', '/openapi.json']) {
      statuses.push((await browser().call('GET', path, undefined, outside)).status);
    }
    expect(statuses).toEqual([404, 404, 404, 404]);
    expect((await browser().call('GET', '/metrics')).status).toBe(200);
  });

  it('passes a provider’s bytes untouched, without asking where they come from', async () => {
    const bytes = 'pg_description=%D0%91%D0%B8%D0%BB%D0%B5%D1%82+&pg_sig=x&a[]=1&a[]=2';
    const response = await fetch(`${house.gateway.url}/api/tickets/payments/freedompay/result`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: 'seans.visitor=x',
        Origin: 'https://bank.example',
      },
      body: bytes,
    });
    expect(response.status).toBe(200);
    expect(last().body.toString()).toBe(bytes);
    expect(last().headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(last().headers.authorization).toBeUndefined();
  });

  it('refuses what another site makes a browser send', async () => {
    const evil = browser('https://evil.example');
    await evil.call('GET', '/api/session');
    const answer = await evil.call('POST', '/api/tickets/holds', {});
    expect([answer.status, answer.body.code, house.upstream.seen.length]).toEqual([403, 'foreign-origin', 0]);
  });

  it('streams an upload through, byte for byte', async () => {
    const file = Buffer.alloc(3 * 1024 * 1024, 7);
    const form = new FormData();
    form.append('file', new Blob([file]), 'letter.pdf');
    await fetch(`${house.gateway.url}/api/accreditations/files`, { method: 'POST', body: form });
    expect(last().headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(last().body.length).toBeGreaterThan(file.length);
  });

  it('streams events as they come', async () => {
    house.upstream.answer = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: 1\n\n');
    };
    const answer = await fetch(`${house.gateway.url}/api/tickets/live`);
    const reader = answer.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n');
    await reader.cancel();
    house.upstream.answer = (_, response) => response.end('{}');
  });

  it('hands on what a stream or a signed webhook is asked with, and lets mail programs leave letters', async () => {
    house.notifications.seen = [];
    await fetch(`${house.gateway.url}/api/notifications/inbox`, { headers: { 'Last-Event-ID': '7' } });
    const signed = { 'webhook-id': 'msg_1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };
    const from = { Origin: 'https://mail.example', Cookie: 'seans.visitor=x' };
    const json = { 'Content-Type': 'application/json' };
    for (const path of ['bounces/webhook', 'unsubscribe/abc.def'])
      expect(
        (
          await fetch(`${house.gateway.url}/api/notifications/${path}`, {
            method: 'POST',
            headers: { ...from, ...signed, ...json },
            body: '{}',
          })
        ).status,
      ).toBe(200);
    const [stream, webhook, leaving] = house.notifications.seen;
    expect(stream?.headers['last-event-id']).toBe('7');
    expect(webhook?.headers).toMatchObject(signed);
    expect([webhook?.url, leaving?.url]).toEqual(['/bounces/webhook', '/unsubscribe/abc.def']);
    expect(leaving?.headers.authorization).toBeUndefined();
    const other = await fetch(`${house.gateway.url}/api/notifications/inbox/read`, { method: 'PUT', headers: from });
    expect(other.status).toBe(403);
  });

  it('keeps the answer’s status and words', async () => {
    house.upstream.answer = (_, response) =>
      response.writeHead(409, { 'Content-Type': 'application/problem+json' }).end('{"code":"seat-taken"}');
    const answer = await browser().call('POST', '/api/tickets/holds', {});
    expect([answer.status, answer.body.code]).toEqual([409, 'seat-taken']);
    house.upstream.answer = (_, response) => response.end('{}');
  });

  it('says that a part is missing when its service is down', async () => {
    const other = await openHouse({ TICKETS_URL: 'http://127.0.0.1:1' });
    const answer = await new Browser(other.gateway.url).call('GET', '/api/tickets/x');
    expect([answer.status, answer.body.code]).toEqual([503, 'part-unavailable']);
    await other.stop();
  });

  it('limits how much one visitor may ask', async () => {
    const other = await openHouse({ RATE_PER_MINUTE: '5' });
    const who = new Browser(other.gateway.url);
    const answers = [];
    for (let round = 0; round < 8; round++) answers.push(await who.call('GET', '/api/tickets/x'));
    expect(answers.map((answer) => [answer.status, answer.body.code])).toContainEqual([429, 'too-many-requests']);
    expect((await new Browser(other.gateway.url).call('GET', '/livez')).status).toBe(200);
    await other.stop();
  });

  it('asks who only begins to come again while more calls are under way than are answered soon', async () => {
    const other = await openHouse({ MOST_UNDER_WAY: '1' });
    let answer: (() => void) | undefined;
    other.upstream.answer = (_, response) => {
      answer = () => response.end('{}');
    };
    const slow = new Browser(other.gateway.url).call('GET', '/api/tickets/screenings/s/seats');
    await eventually(() => expect(answer).toBeDefined());
    const late = await new Browser(other.gateway.url).call('POST', '/api/tickets/holds', {});
    expect([late.status, late.body.code]).toEqual([503, 'too-busy']);
    answer?.();
    expect((await slow).status).toBe(200);
    other.upstream.answer = (_, response) => response.end('{}');
    await eventually(async () =>
      expect((await new Browser(other.gateway.url).call('POST', '/api/tickets/holds', {})).status).toBe(200),
    );
    await other.stop();
  });

  it('lets an admin alone step the festival clock', async () => {
    const step = async (email?: string) => {
      const who = browser();
      if (email) await who.call('POST', '/api/session/sign-in', { email, password: 'a-long-password-1' });
      const answer = await who.call('POST', '/api/dev/festival-clock', { now: '2019-09-14T10:00:00Z' });
      return [answer.status, answer.body.code];
    };
    expect(await step()).toEqual([401, 'sign-in-needed']);
    expect(await step('officer@example.org')).toEqual([403, 'role-needed']);
    expect(house.upstream.seen).toHaveLength(0);
    expect(await step('admin@example.org')).toEqual([200, undefined]);
    expect(last().url).toBe('/internal/festival-clock');
    expect(JSON.parse(last().body.toString())).toEqual({ editionId: 'almaty-2019', now: '2019-09-14T10:00:00Z' });
  });

  it('sets headers that let a page run nothing foreign', async () => {
    const policy = (await browser().call('GET', '/api/docs')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  it('merges the documents of the services under their published paths', async () => {
    house.upstream.answer = (request, response) =>
      request.url === '/openapi.json'
        ? response.end(
            JSON.stringify({ paths: { '/orders/{id}': { get: { operationId: 'Orders.one', responses: {} } } } }),
          )
        : response.end('{}');
    const { body } = await browser().call('GET', '/api/openapi.json');
    const paths = body.paths as unknown as Record<string, Record<string, { operationId: string }>>;
    expect(paths['/api/tickets/orders/{id}']?.get?.operationId).toBe('tickets.Orders.one');
    expect(paths['/api/session/sign-in']?.post?.operationId).toBe('gateway.Session.signIn');
    expect(Object.keys(paths).some((path) => path.includes('internal'))).toBe(false);
  });
});

describe('in production', () => {
  it('the boot refuses a login that still has its development password', async () => {
    const house = await openHouse();
    await house.gateway.app.get(CreateStaff).execute({
      email: 'admin@seans.test',
      password: 'admin-almaty-2019',
      name: 'x',
      language: 'kk',
      roles: ['admin'],
    });
    const production = {
      SEANS_ENV: 'production',
      PORT: '0',
      DATABASE_URL: house.database.url,
      AUTH_SECRET: 'a-real-secret-of-at-least-thirty-two-characters',
      REDIS_URL: 'redis://127.0.0.1:1',
      GATEWAY_URL: SITE,
      FREEDOMPAY_URL: SITE,
    };
    await expect(openHouse(production)).rejects.toThrow(/admin@seans\.test/);
    await house.stop();
  });
});
