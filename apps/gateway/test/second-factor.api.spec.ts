import { createHmac } from 'node:crypto';
import { CreateStaff } from '../src/people/create-staff.js';
import { Browser, type House, openHouse } from './house.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app shows (RFC 6238, 30 s, six digits). */
function codeOf(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const bits = [...secret.replace(/=+$/, '')].map((sign) => BASE32.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

jest.setTimeout(60_000);

describe('the second factor', () => {
  let house: House;
  let uri: string;
  let backup: string[];
  const password = 'a-long-password-1';
  const browser = () => new Browser(house.gateway.url, 'http://festival.test');
  const signIn = (who: Browser) => who.call('POST', '/api/session/sign-in', { email: 'finance@example.org', password });
  const send = (who: Browser, code: string) => who.call('POST', '/api/session/two-factor', { code });

  beforeAll(async () => {
    house = await openHouse();
    const staff = {
      email: 'finance@example.org',
      password,
      name: 'Қанат',
      language: 'kk',
      roles: ['finance'],
    } as const;
    await house.gateway.app.get(CreateStaff).execute({ ...staff, roles: [...staff.roles] });
    const who = browser();
    await signIn(who);
    const enabled = await who.call('POST', '/api/session/two-factor/enable', { password });
    uri = String(enabled.body.uri);
    backup = enabled.body.backupCodes as unknown as string[];
    await send(who, codeOf(uri));
  });
  afterAll(() => house.stop());

  it('is asked for after the password, and until then nobody is signed in', async () => {
    const who = browser();
    expect((await signIn(who)).body).toEqual({ next: 'two-factor', session: null });
    expect((await who.call('GET', '/api/session')).body.person).toBeNull();
  });

  it('opens the session with the right code', async () => {
    const who = browser();
    await signIn(who);
    const answer = await send(who, codeOf(uri));
    expect(answer.body).toMatchObject({ next: 'done', session: { person: { roles: ['finance'], twoFactor: true } } });
  });

  it('opens it with a backup code, once', async () => {
    const first = browser();
    await signIn(first);
    expect((await send(first, backup[0]!)).body).toMatchObject({ next: 'done' });
    const again = browser();
    await signIn(again);
    expect((await send(again, backup[0]!)).status).toBe(401);
  });

  it('does not open it with a wrong one', async () => {
    const who = browser();
    await signIn(who);
    const wrong = codeOf(uri) === '000000' ? '000001' : '000000';
    const answer = await send(who, wrong);
    expect([answer.status, answer.body.code]).toEqual([401, 'second-factor-wrong']);
    expect((await who.call('GET', '/api/session')).body.person).toBeNull();
  });

  it('does not open anything without the password before it', async () => {
    expect((await send(browser(), codeOf(uri))).status).toBe(401);
  });

  it('is not switched on for somebody who is not signed in', async () => {
    const answer = await browser().call('POST', '/api/session/two-factor/enable', { password });
    expect([answer.status, answer.body.code]).toEqual([401, 'sign-in-needed']);
  });
});
