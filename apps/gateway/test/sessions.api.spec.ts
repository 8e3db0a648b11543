import { hashLinkToken } from '../src/people/auth.js';
import { CreateStaff } from '../src/people/create-staff.js';
import { RecordPerson } from '../src/people/record-person.js';
import { Browser, type House, openHouse } from './house.js';

const SITE = 'http://festival.test';

jest.setTimeout(60_000);

describe('sessions', () => {
  let house: House;
  const browser = (origin?: string) => new Browser(house.gateway.url, origin ?? SITE);
  const signIn = (who: Browser, password = 'a-long-password-1') =>
    who.call('POST', '/api/session/sign-in', { email: 'Gate@Example.org', password });
  const link = async (who: Browser, email = 'aru@example.org') => {
    await who.call('POST', '/api/session/magic-link', { email, language: 'kk', next: '/my-tickets' });
    const mail = JSON.parse(house.notifications.seen.at(-1)!.body.toString()) as { link: string; personId: string };
    return { ...mail, token: new URL(mail.link).searchParams.get('token') ?? '' };
  };
  const redeem = (who: Browser, token: string) => who.call('POST', '/api/session/magic-link/redeem', { token });

  beforeAll(async () => {
    house = await openHouse();
    await house.gateway.app.get(CreateStaff).execute({
      email: 'gate@example.org',
      password: 'a-long-password-1',
      name: 'Бекзат',
      language: 'ru',
      roles: ['gate'],
    });
  });
  afterAll(() => house.stop());

  it('make an anonymous browser a visitor and know it again', async () => {
    const who = browser();
    const first = await who.call('GET', '/api/session');
    const second = await who.call('GET', '/api/session', undefined, { 'Accept-Language': 'ru' });
    expect(first.body).toMatchObject({ person: null, visitor: expect.any(String) });
    expect(second.body).toEqual({ person: null, visitor: first.body.visitor, language: 'ru' });
  });

  it('do not believe a visitor’s cookie that we did not make', async () => {
    const who = browser();
    const { body } = await who.call('GET', '/api/session');
    const forged = await browser().call('GET', '/api/session', undefined, {
      Cookie: `seans.visitor=${body.visitor}.forged`,
    });
    expect(forged.body.visitor).not.toBe(body.visitor);
  });

  it('sign staff in by password, with the roles they have', async () => {
    const who = browser();
    const answer = await signIn(who);
    expect(answer.status).toBe(200);
    const { body } = await who.call('GET', '/api/session');
    expect(body.person).toMatchObject({ email: 'gate@example.org', name: 'Бекзат', roles: ['gate'] });
  });

  it('answer a wrong password and an unknown address alike', async () => {
    const wrong = await signIn(browser(), 'not-the-password');
    const unknown = await browser().call('POST', '/api/session/sign-in', { email: 'x@example.org', password: 'x' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'credentials-wrong']);
    expect({ ...unknown.body, correlationId: 0 }).toEqual({ ...wrong.body, correlationId: 0 });
  });

  it('let nobody sign up by password', async () => {
    expect((await browser().call('POST', '/api/session/engine/sign-up/email', {})).status).toBe(404);
  });

  it('end at sign-out, for a copy of the cookie too', async () => {
    const who = browser();
    await signIn(who);
    const copy = { Cookie: who.cookies };
    expect((await browser().call('GET', '/api/session', undefined, copy)).body.person).not.toBeNull();
    const out = await who.call('POST', '/api/session/sign-out');
    expect(out.body.person).toBeNull();
    expect((await browser().call('GET', '/api/session', undefined, copy)).body.person).toBeNull();
  });

  it('open by a mailed link, once', async () => {
    const who = browser();
    const { token, personId } = await link(who);
    const answer = await redeem(who, token);
    expect(answer.body).toMatchObject({
      next: 'done',
      session: { person: { id: personId, email: 'aru@example.org' } },
    });
    const again = await redeem(browser(), token);
    expect([again.status, again.body.code]).toEqual([410, 'link-used-up']);
  });

  it('open by the link of an invitation once, and never for staff', async () => {
    const made = await house.gateway.app.get(RecordPerson).execute({ email: 'guest@example.org', language: 'en' });
    const [staff] = await house.database.database.query<{ id: string }>('SELECT id FROM person WHERE email = $1', [
      'gate@example.org',
    ]);
    const usual = house.upstream.answer;
    let answer: object | undefined;
    house.upstream.answer = (_, response) => {
      response.statusCode = answer ? 200 : 410;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answer ?? { code: 'completion-link-over' }));
    };
    const applicationId = '019d2c3e-0000-7000-8000-0000000000c1';
    const body = { token: `019d2c3e-0000-7000-8000-0000000000d1.${'A'.repeat(32)}` };
    const open = (who: Browser) => who.call('POST', '/api/session/completion', body);
    const guest = browser();
    answer = { personId: made, applicationId };
    expect((await open(guest)).body).toEqual({ applicationId });
    expect(house.upstream.seen.at(-1)?.url).toBe('/internal/completions');
    expect((await guest.call('GET', '/api/session')).body.person).toMatchObject({ id: made });
    answer = { personId: staff!.id, applicationId };
    const gate = browser();
    const refused = await open(gate);
    expect([refused.status, refused.body.code]).toEqual([403, 'staff-sign-in-needed']);
    expect((await gate.call('GET', '/api/session')).body.person).toBeNull();
    answer = undefined;
    expect((await open(browser())).body.code).toBe('link-used-up');
    expect((await browser().call('POST', '/api/session/completion', { token: '../../x' })).status).toBe(422);
    house.upstream.answer = usual;
  });

  it('open once when a link is redeemed many times at the same moment', async () => {
    const { token } = await link(browser(), 'storm@example.org');
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(browser(), token)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(9).fill(410)]);
  });

  it('do not open by a link whose ten minutes are over', async () => {
    const { token } = await link(browser());
    await house.database.database.query(`UPDATE person_verification SET expires_at = now() - interval '1 second'`);
    expect((await redeem(browser(), token)).status).toBe(410);
  });

  it('keep of a link only its hash', async () => {
    const { token } = await link(browser());
    const rows = await house.database.database.query<{ all: string }>(
      'SELECT person_verification::text AS all FROM person_verification',
    );
    const stored = rows.map((row) => row.all).join();
    expect(stored).not.toContain(token);
    expect(stored).toContain(hashLinkToken(token));
  });

  it('are not opened by looking at a link, as mail scanners do', async () => {
    const { token } = await link(browser());
    await browser().call('GET', `/api/session/magic-link/verify?token=${token}`);
    await browser().call('GET', `/sign-in/link?token=${token}`);
    expect((await redeem(browser(), token)).status).toBe(200);
  });

  it('answer a request for a link the same whether the address is known or not', async () => {
    const ask = (email: string) => browser().call('POST', '/api/session/magic-link', { email, language: 'ru' });
    const [known, unknown] = [await ask('gate@example.org'), await ask('new@example.org')];
    expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)]);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example'])('send nobody on to %s', async (next) => {
    const answer = await browser().call('POST', '/api/session/magic-link', {
      email: 'a@example.org',
      language: 'kk',
      next,
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'body-invalid']);
  });
});

describe('limits on guessing', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ SIGN_IN_RATE: '3' });
  });
  afterAll(() => house.stop());

  it('stop the fourth try at one address and say for how long', async () => {
    const who = new Browser(house.gateway.url, SITE);
    const attempt = (email: string) => who.call('POST', '/api/session/sign-in', { email, password: 'guess' });
    const answers = [];
    for (let round = 0; round < 4; round++) answers.push(await attempt('victim@example.org'));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 429]);
    expect(Number(answers[3]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt('other@example.org')).status).toBe(401);
  });
});

describe('people, for the other services', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.stop());
  const record = async (body: object, token?: string) =>
    fetch(`${house.gateway.url}/internal/people`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token ?? (await house.serviceToken())}` },
      body: JSON.stringify(body),
    });
  const told = () =>
    house.database.database.query<{ data: { personId: string; name: string | null } }>(
      'SELECT * FROM outbox ORDER BY 1',
    );

  it('are one person per address, however it is written', async () => {
    const one = (await (await record({ email: 'Aru@Example.org', language: 'kk' })).json()) as { personId: string };
    const two = (await (await record({ email: ' aru@example.org', language: 'ru' })).json()) as { personId?: string };
    const three = (await (await record({ email: 'ARU@example.org', language: 'ru' })).json()) as { personId: string };
    expect(three.personId).toBe(one.personId);
    // A blank before it is not an address at all.
    expect(two.personId).toBeUndefined();
  });

  it('become one person also when many ask at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => (await record({ email: 'storm@example.org', language: 'kk' })).json()),
    );
    expect(new Set(answers.map((answer) => (answer as { personId: string }).personId)).size).toBe(1);
  });

  it('get a name when they had none, and are told again then', async () => {
    const before = (await told()).length;
    await record({ email: 'named@example.org', language: 'kk' });
    await record({ email: 'named@example.org', language: 'kk', name: 'Айгерім' });
    await record({ email: 'named@example.org', language: 'kk', name: 'Somebody Else' });
    expect(await told()).toHaveLength(before + 2);
  });

  it('can be asked for by services', async () => {
    const { personId } = (await (await record({ email: 'ask@example.org', language: 'en' })).json()) as {
      personId: string;
    };
    const headers = { Authorization: `Bearer ${await house.serviceToken()}` };
    const answer = await fetch(`${house.gateway.url}/internal/people/${personId}`, { headers });
    expect(await answer.json()).toEqual({ personId, email: 'ask@example.org', name: null, language: 'en' });
  });

  it('are closed to everybody else', async () => {
    const answer = await record({ email: 'x@example.org', language: 'kk' }, 'forged');
    expect(answer.status).toBe(401);
  });
});
