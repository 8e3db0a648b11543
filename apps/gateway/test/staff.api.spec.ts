import { CreateStaff } from '../src/people/create-staff.js';
import { RecordPerson } from '../src/people/record-person.js';
import { Browser, type House, openHouse } from './house.js';

// biome-ignore lint/suspicious/noExplicitAny: a spec reads answers of many shapes and asserts each field that it uses
type Loose = any;

const SITE = 'http://festival.test';

jest.setTimeout(60_000);

describe('staff', () => {
  let house: House;
  let admin: Browser;
  const ask = async (who: Browser, method: string, path: string, body?: unknown) =>
    (await who.call(method, path, body)) as { status: number; body: Loose };
  const browser = () => new Browser(house.gateway.url, SITE);
  const signIn = (who: Browser, email: string, password: string) =>
    who.call('POST', '/api/session/sign-in', { email, password });
  const tokenOf = (link: string) => new URL(link).hash.slice(1);
  const choose = (token: string, password: string) =>
    browser().call('POST', '/api/session/password', { token, password });
  const dinara = { email: 'dinara@example.org', name: 'Динара Әбдіқадыр', language: 'kk' };
  const roles = [{ role: 'accreditation-officer', editionId: 'almaty-2019' }];

  beforeAll(async () => {
    house = await openHouse();
    await house.gateway.app.get(CreateStaff).execute({
      email: 'admin@example.org',
      password: 'a-long-password-1',
      name: 'Әкімші',
      language: 'ru',
      roles: ['admin'],
    });
    admin = browser();
    await signIn(admin, 'admin@example.org', 'a-long-password-1');
  });
  afterAll(() => house.stop());

  it('is invited by an admin and chooses a password by a link that works once', async () => {
    const invited = await ask(admin, 'POST', '/api/staff', { ...dinara, roles });
    expect(invited.status).toBe(201);
    expect(invited.body.member).toMatchObject({ email: dinara.email, roles, active: false, twoFactor: false });
    const token = tokenOf(invited.body.link);
    expect((await choose(token, 'dinara-dinara-2019')).body.code).toBe('password-too-simple');
    expect((await choose(token, 'three felts one cut')).status).toBe(204);
    expect((await choose(token, 'three felts two cuts')).body.code).toBe('link-used-up');
    const who = browser();
    expect((await signIn(who, dinara.email, 'three felts one cut')).status).toBe(200);
    const { body } = await ask(who, 'GET', '/api/session');
    expect(body.person.roles).toEqual(['accreditation-officer@almaty-2019']);
  });

  it('is invited once; a second link ends the first', async () => {
    expect((await ask(admin, 'POST', '/api/staff', { ...dinara, roles })).body.code).toBe('staff-known');
    const { body } = await ask(admin, 'GET', '/api/staff');
    const { id } = body.staff.find((one: { email: string }) => one.email === dinara.email);
    const first = tokenOf((await ask(admin, 'POST', `/api/staff/${id}/password-link`)).body.link);
    const second = tokenOf((await ask(admin, 'POST', `/api/staff/${id}/password-link`)).body.link);
    expect((await choose(first, 'three felts three cuts')).body.code).toBe('link-used-up');
    expect((await choose(second, 'three felts three cuts')).status).toBe(204);
  });

  it('loses roles and sessions at once, but the last admin stays', async () => {
    const who = browser();
    await signIn(who, dinara.email, 'three felts three cuts');
    const me = (await ask(who, 'GET', '/api/session')).body.person;
    expect((await ask(admin, 'PUT', `/api/staff/${me.id}/roles`, { roles: [] })).body.roles).toEqual([]);
    expect((await ask(who, 'GET', '/api/session')).body.person).toBeNull();
    const self = (await ask(admin, 'GET', '/api/session')).body.person;
    const refused = await ask(admin, 'PUT', `/api/staff/${self.id}/roles`, { roles });
    expect([refused.status, refused.body.code]).toEqual([409, 'last-admin']);
  });

  it('is nobody else’s matter', async () => {
    const who = browser();
    expect((await ask(who, 'GET', '/api/staff')).status).toBe(401);
    expect((await ask(who, 'GET', '/api/people?query=dinara')).status).toBe(401);
  });

  it('finds people in any script and by a part of the address', async () => {
    await house.gateway.app.get(RecordPerson).execute({ email: 'ayg@example.kz', name: 'Айгүл Қасым', language: 'kk' });
    const found = async (query: string) =>
      (await ask(admin, 'GET', `/api/people?query=${encodeURIComponent(query)}`)).body.people.map(
        (one: { email: string }) => one.email,
      );
    expect(await found('Aigul')).toEqual(['ayg@example.kz']);
    expect(await found('касым айг')).toEqual(['ayg@example.kz']);
    expect(await found('ayg@')).toEqual(['ayg@example.kz']);
    expect(await found('100%')).toEqual([]);
  });

  it('writes down who did what', async () => {
    const { body } = await ask(admin, 'GET', '/api/audit/staff?action=staff.roles');
    expect(body.entries.map((one: { facts: unknown }) => one.facts)).toEqual([{ roles: [] }, { roles }]);
  });
});
