import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { Type } from 'typebox';
import { CallerParam } from './access.js';
import type { Caller } from './identity.js';
import { Access, openService, publicKeyOf, type RunningService, SettingsError, TokenSigner, valid } from './index.js';

const Hello = Type.Object({
  name: Type.String({ minLength: 2 }),
  seats: Type.Array(Type.Object({ id: Type.String() })),
});

@Controller('things')
class ThingsController {
  @Get('open')
  @Access('public')
  open() {
    return { open: true };
  }
  @Get('mine')
  @Access('person')
  mine(@CallerParam() caller: Caller) {
    return { id: caller.id };
  }
  @Post('staff/:id')
  @Access('box-office')
  staff(@Param('id') id: string, @Body(valid(Hello)) body: unknown) {
    return { id, body };
  }
  @Get('broken')
  @Access('public')
  broken() {
    throw new Error('inner text with somebody@example.org');
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

@Controller('silent')
class SilentController {
  @Get()
  silent() {
    return 1;
  }
}
@Module({ controllers: [SilentController] })
class SilentModule {}

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted field by field
const json = (answer: Response): Promise<any> => answer.json();

describe('a started service', () => {
  let service: RunningService;
  let key: KeyObject;
  let signer: TokenSigner;
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${service.url}${path}`, { headers });
  const token = (roles: string[], kind: 'person' | 'visitor' = 'person', audience = 'things') =>
    signer.forCaller({ kind, id: 'p1', roles }, audience);

  beforeAll(async () => {
    key = generateKeyPairSync('ed25519').privateKey;
    signer = new TokenSigner('gateway', key);
    const jwk = { ...publicKeyOf(key).export({ format: 'jwk' }), kid: 'gateway-1', alg: 'EdDSA' };
    const other = generateKeyPairSync('ed25519').privateKey;
    const otherJwk = { ...publicKeyOf(other).export({ format: 'jwk' }), kid: 'tickets-1', alg: 'EdDSA' };
    service = await openService(
      { name: 'things', module: ThingsModule },
      { env: { SEANS_ENV: 'test', LOG_LEVEL: 'silent', TRUSTED_KEYS: JSON.stringify({ keys: [jwk, otherJwk] }) } },
    );
    (globalThis as { otherKey?: KeyObject }).otherKey = other;
  });
  afterAll(() => service.stop());

  it('lets everybody use a public route and nobody else’s', async () => {
    expect((await get('/things/open')).status).toBe(200);
    const refused = await get('/things/mine');
    expect([refused.status, (await json(refused)).code]).toEqual([401, 'sign-in-needed']);
  });

  it('knows a person by the gateway’s token alone', async () => {
    const mine = await get('/things/mine', { Authorization: `Bearer ${await token([])}` });
    expect(await json(mine)).toEqual({ id: 'p1' });
    const foreign = await get('/things/mine', { Authorization: `Bearer ${await token([], 'person', 'tickets')}` });
    expect((await json(foreign)).code).toBe('token-refused');
    const other = new TokenSigner('tickets', (globalThis as { otherKey?: KeyObject }).otherKey!);
    const forged = await other.forCaller({ kind: 'person', id: 'p1', roles: ['admin'] }, 'things');
    expect((await get('/things/mine', { Authorization: `Bearer ${forged}` })).status).toBe(401);
  });

  it('asks for the role and takes an admin for every role', async () => {
    const call = async (roles: string[]) =>
      fetch(`${service.url}/things/staff/7`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${await token(roles)}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'Айгүл', seats: [{ id: 'a' }] }),
      });
    expect((await call(['gate'])).status).toBe(403);
    expect((await call(['box-office'])).status).toBe(201);
    expect((await call(['admin'])).status).toBe(201);
  });

  it('names every wrong field in the person’s language and saves nothing', async () => {
    const answer = await fetch(`${service.url}/things/staff/7`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await token(['admin'])}`,
        'Content-Type': 'application/json',
        'Accept-Language': 'kk',
      },
      body: JSON.stringify({ name: 'x', seats: [{ id: 1, price: 5 }], total: 3 }),
    });
    const problem = await json(answer);
    expect([answer.status, problem.code, answer.headers.get('content-language')]).toEqual([422, 'body-invalid', 'kk']);
    expect(problem.errors.map((e: { field: string; code: string }) => [e.field, e.code]).sort()).toEqual([
      ['name', 'field-too-small'],
      ['seats/0/id', 'field-type'],
      ['seats/0/price', 'field-unknown'],
      ['total', 'field-unknown'],
    ]);
  });

  it('answers broken JSON, unknown addresses and its own faults without inner text', async () => {
    const broken = await fetch(`${service.url}/things/staff/7`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await token(['admin'])}` },
      body: '{"name":',
    });
    expect([broken.status, (await json(broken)).code]).toEqual([400, 'body-not-json']);
    expect((await json(await get('/nowhere'))).code).toBe('route-unknown');
    const fault = await get('/things/broken');
    const text = await fault.text();
    expect(fault.status).toBe(500);
    expect(text).not.toContain('example.org');
  });

  it('refuses to boot with a route that nobody described', async () => {
    await expect(
      openService({ name: 'silent', module: SilentModule }, { env: { SEANS_ENV: 'test', LOG_LEVEL: 'silent' } }),
    ).rejects.toThrow('GET /silent');
  });

  it('refuses to boot outside development with a missing or default secret, naming it', async () => {
    const start = openService({ name: 'things', module: ThingsModule }, { env: { SEANS_ENV: 'production' } });
    await expect(start).rejects.toThrow(SettingsError);
    await expect(start).rejects.toThrow('SIGNING_KEY is missing');
  });

  it('describes its routes as OpenAPI', async () => {
    const document = await json(await get('/openapi.json'));
    expect(document.paths['/things/staff/{id}'].post['x-access']).toEqual(['box-office']);
    expect(document.paths['/livez']).toBeUndefined();
  });
});
