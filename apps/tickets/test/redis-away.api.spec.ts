import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { castMember, eventually, type OwnServer, ownServer } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };
const PATIENCE_MS = 25_000;

describe('while Redis is away', () => {
  let redis: OwnServer;
  let stage: TicketsStage;
  let screening: string;
  const hold = (who: string, seats: string[]) =>
    stage.call(castMember(who), 'POST', '/holds', { screeningId: screening, seats }, randomUUID());
  const order = (who: string, token: string) =>
    stage.call(castMember(who), 'POST', '/orders', { holds: [token], language: 'en', consent: CONSENT }, randomUUID());
  const store = async () =>
    (
      await stage.db.database.query<{ store: string }>(
        'SELECT hold_store AS store FROM inventory WHERE screening_id = $1',
        [screening],
      )
    )[0]?.store;

  beforeAll(async () => {
    redis = await ownServer('redis');
    stage = await openStage({ REDIS_URL: redis.address });
    screening = await stage.screening();
  });
  afterAll(async () => {
    await stage.close();
    await redis.close();
  });

  it('a pause that ends before holds are kept elsewhere loses none of them', async () => {
    expect((await hold('aigul', ['C-1'])).status).toBe(201);
    process.kill(redis.pid(), 'SIGSTOP');
    try {
      await eventually(async () => expect(await store()).toBe('closed'), PATIENCE_MS);
      expect((await hold('dias', ['C-1'])).body.code).toBe('part-unavailable');
    } finally {
      process.kill(redis.pid(), 'SIGCONT');
    }
    await eventually(async () => expect(await store()).toBe('redis'), PATIENCE_MS);
    await eventually(async () => expect((await hold('dias', ['C-1'])).body.code).toBe('seats-taken'), PATIENCE_MS);
  }, 60_000);

  it('holds move to PostgreSQL, sales go on, and what was held there is still held when Redis is back', async () => {
    const before = await hold('aigul', ['A-1']);
    expect(before.status).toBe(201);
    await redis.kill();
    // The token still buys its seat: PostgreSQL decides without Redis.
    expect((await order('aigul', before.body.token)).status).toBe(201);
    const kept = await eventually(async () => {
      const answer = await hold('dias', ['A-2', 'A-3']);
      expect(answer.status).toBe(201);
      return answer.body;
    }, PATIENCE_MS);
    expect(await store()).toBe('postgres');
    expect((await hold('saule', ['A-3'])).body.code).toBe('seats-taken');
    expect((await hold('saule', ['A-1'])).body.code).toBe('seats-taken');
    expect((await order('dias', (await hold('saule', ['B-1'])).body.token)).status).toBe(404);

    await redis.start();
    await eventually(async () => expect(await store()).toBe('redis'), PATIENCE_MS);
    await eventually(async () => expect((await hold('saule', ['A-3'])).body.code).toBe('seats-taken'), PATIENCE_MS);
    expect((await hold('saule', ['A-1'])).body.code).toBe('seats-taken');
    expect((await order('dias', kept.token)).status).toBe(201);
    const map = await stage.call(castMember('saule'), 'GET', `/screenings/${screening}/seats`);
    expect(map.body.states.slice(0, 4)).toBe('sssf');
  }, 90_000);

  it('a Redis without room for a hold counts as away until it has room again', async () => {
    const server = new Redis(redis.address);
    try {
      await server.config('SET', 'maxmemory', '1kb');
      await eventually(
        async () => expect((await hold('dias', ['C-2'])).body.code).toBe('part-unavailable'),
        PATIENCE_MS,
      );
      const kept = await eventually(async () => {
        const answer = await hold('dias', ['C-2']);
        expect(answer.status).toBe(201);
        return answer.body;
      }, PATIENCE_MS);
      expect(await store()).toBe('postgres');
      expect((await order('dias', kept.token)).status).toBe(201);
      await server.config('SET', 'maxmemory', '0');
      await eventually(async () => expect(await store()).toBe('redis'), PATIENCE_MS);
      await eventually(async () => expect((await hold('saule', ['C-3'])).status).toBe(201), PATIENCE_MS);
      expect((await hold('aigul', ['C-2'])).body.code).toBe('seats-taken');
    } finally {
      server.disconnect();
    }
  }, 90_000);
});
