import { randomUUID } from 'node:crypto';
import type { QueueDraw, QueuePlace } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { EntryGate } from '../src/entry-queue/entry-gate.js';
import { commitmentOf, drawOrder } from '../src/entry-queue/entry-queue.rules.js';
import { CreateStaff } from '../src/people/create-staff.js';
import { Browser, type House, openHouse } from './house.js';

const SITE = 'http://festival.test';
const NAME = { kk: 'Ашылу', ru: 'Открытие', en: 'Opening' };
const HOUR = 3_600_000;

jest.setTimeout(60_000);

describe('an entry queue', () => {
  let house: House;
  let admin: Browser;
  const browser = () => new Browser(house.gateway.url, SITE);
  const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
  const put = async (id: string, changes: object = {}, who = admin) =>
    who.call('PUT', `/api/entry-queues/${id}`, {
      editionId: 'almaty-2019',
      name: NAME,
      opensAt: iso(HOUR),
      perMinute: 2,
      ...changes,
    });
  const join = async (who: Browser, id: string) => {
    const answer = await who.call('POST', `/api/entry-queues/${id}/places`, {});
    return { ...answer, body: answer.body as unknown as QueuePlace & { code?: string } };
  };
  const look = async (who: Browser, token: string) => {
    const answer = await who.call('POST', '/api/entry-queues/places/look', { token });
    return { ...answer, body: answer.body as unknown as QueuePlace & { code?: string } };
  };
  const hold = (who: Browser) => who.call('POST', '/api/tickets/holds', { screeningId: 's', seats: ['A-1'] });
  /** The opening, now: the hour is put into the past, as time would. */
  const opens = async (id: string) => {
    await house.database.database.query(`UPDATE entry_queue SET opens_at = now() - interval '1 second' WHERE id = $1`, [
      id,
    ]);
    await house.gateway.app.get(EntryGate).look();
  };

  beforeAll(async () => {
    house = await openHouse({ QUEUE_PLACES_PER_NETWORK: '12' });
    const staff = { password: 'a-long-password-1', name: 'Админ', language: 'ru' as const };
    await house.gateway.app.get(CreateStaff).execute({ ...staff, email: 'admin@example.org', roles: ['admin'] });
    admin = browser();
    await admin.call('POST', '/api/session/sign-in', { email: 'admin@example.org', password: staff.password });
  });
  afterEach(async () => {
    await house.database.database.query('DELETE FROM queue_place');
    await house.database.database.query('DELETE FROM entry_queue');
    await house.gateway.app.get(EntryGate).look();
  });
  afterAll(() => house.stop());

  it('is made by an admin, and its digest stands before anybody has joined', async () => {
    const id = randomUUID();
    expect((await put(id, {}, browser())).status).toBe(401);
    const made = await put(id);
    expect(made.status).toBe(200);
    const list = await (await fetch(`${house.gateway.url}/api/entry-queues`)).json();
    expect(list).toMatchObject([
      { id, state: 'gathering', commitment: expect.stringMatching(/^[0-9a-f]{64}$/), places: 0 },
    ]);
    expect(JSON.stringify(list)).not.toContain('seed');
    expect((await browser().call('GET', `/api/entry-queues/${id}/draw`)).status).toBe(404);
  });

  it('shuffles everybody who is there when it opens, by the seed that was committed to', async () => {
    const id = randomUUID();
    await put(id);
    const people = Array.from({ length: 8 }, browser);
    const places = await Promise.all(people.map((who) => join(who, id)));
    expect(places.map(({ body }) => body.state)).toEqual(Array(8).fill('gathering'));
    expect((await join(people[0]!, id)).body.placeId).toBe(places[0]!.body.placeId);
    await opens(id);
    await opens(id);
    const draw = (await browser().call('GET', `/api/entry-queues/${id}/draw`)).body as unknown as QueueDraw;
    expect(commitmentOf(draw.seed)).toBe(draw.commitment);
    expect(draw.drawn).toEqual(
      drawOrder(
        draw.seed,
        places.map(({ body }) => body.placeId),
      ),
    );
    const late = await join(browser(), id);
    expect([late.body.place, late.body.ahead]).toEqual([9, 6]);
    const after = await Promise.all(people.map((who, n) => look(who, places[n]!.body.token)));
    expect(after.map(({ body }) => body.place).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { body } of after) expect(draw.drawn[body.place! - 1]).toBe(body.placeId);
  });

  it('lets in so many a minute, and nobody else past the gate', async () => {
    const id = randomUUID();
    await put(id);
    const people = Array.from({ length: 4 }, browser);
    const places = await Promise.all(people.map((who) => join(who, id)));
    const refused = await hold(people[0]!);
    expect([refused.status, refused.body.code]).toEqual([429, 'entry-queue-stands']);
    await opens(id);
    const after = await Promise.all(people.map((who, n) => look(who, places[n]!.body.token)));
    const states = after.map(({ body }) => body.state);
    expect(states.filter((state) => state === 'admitted')).toHaveLength(2);
    for (const [n, who] of people.entries())
      expect((await hold(who)).status).toBe(states[n] === 'admitted' ? 200 : 429);
    await put(id, { opensAt: (await row(id)).opensAt, perMinute: 1_000 });
    const last = people[states.indexOf('waiting')]!;
    await house.database.database.query(
      `UPDATE entry_queue SET admitted_at = now() - interval '1 minute' WHERE id = $1`,
      [id],
    );
    expect((await look(last, places[states.indexOf('waiting')]!.body.token)).body.state).toBe('admitted');
    expect((await hold(last)).status).toBe(200);
  });

  it('ends the other session when a token is copied, and a stolen pass opens nothing', async () => {
    const id = randomUUID();
    await put(id, { perMinute: 100 });
    const [mine, thief] = [browser(), browser()];
    const place = await join(mine, id);
    await opens(id);
    const admitted = await look(mine, place.body.token);
    expect(admitted.body.state).toBe('admitted');
    const pass = mine.cookies.split('; ').find((cookie) => cookie.startsWith('seans.entry='))!;
    await thief.call('GET', '/api/session');
    const stolen = await thief.call('POST', '/api/tickets/holds', {}, { Cookie: `${thief.cookies}; ${pass}` });
    expect(stolen.status).toBe(429);
    expect((await look(thief, place.body.token)).body.state).toBe('admitted');
    const again = await look(mine, place.body.token);
    expect([again.status, again.body.code]).toEqual([409, 'queue-place-elsewhere']);
    expect((await look(mine, `${place.body.token}x`)).body.code).toBe('queue-place-unknown');
  });

  it('counts places by network, but people who are signed in by themselves', async () => {
    const id = randomUUID();
    await put(id);
    const answers = await Promise.all(Array.from({ length: 15 }, () => join(browser(), id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(12);
    expect(answers.filter(({ body }) => body.code === 'queue-network-full')).toHaveLength(3);
    expect((await join(admin, id)).status).toBe(200);
  });

  it('can be slowed or closed while it is under way, and not be moved', async () => {
    const id = randomUUID();
    await put(id, { perMinute: 100 });
    const who = browser();
    const place = await join(who, id);
    await opens(id);
    expect((await put(id, { opensAt: iso(2 * HOUR) })).body.code).toBe('entry-queue-under-way');
    const { opensAt } = await row(id);
    expect((await put(id, { opensAt, perMinute: 1 })).status).toBe(200);
    expect((await look(who, place.body.token)).body.state).toBe('admitted');
    expect((await put(id, { perMinute: 1, closed: true })).body.state).toBe('closed');
    expect((await look(who, place.body.token)).body.state).toBe('over');
    await eventually(async () => expect((await hold(browser())).status).toBe(200));
  });

  it('has a page that caches may keep and that needs nothing from elsewhere', async () => {
    for (const [file, type] of [
      ['entry-queue.html', 'text/html'],
      ['entry-queue.css', 'text/css'],
      ['entry-queue.js', 'text/javascript'],
    ]) {
      const answer = await fetch(`${house.gateway.url}/api/entry-queues/page/${file}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
      expect(answer.headers.get('cache-control')).toContain('stale-if-error');
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await answer.text()).not.toMatch(/https?:\/\//);
    }
    expect((await fetch(`${house.gateway.url}/api/entry-queues/page/..%2Fentry-gate.js`)).status).toBe(404);
  });

  const row = async (id: string): Promise<{ opensAt: string }> => {
    const [found] = await house.database.database.query<{ at: Date }>(
      'SELECT opens_at AS at FROM entry_queue WHERE id = $1',
      [id],
    );
    return { opensAt: found!.at.toISOString() };
  };
});
