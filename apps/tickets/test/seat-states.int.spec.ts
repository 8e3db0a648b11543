import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { eventually, type TestRedis, testRedis } from '#libs/testing';
import { SeatStatesStore } from '../src/inventory/seats/seat-states.store.js';

describe('seat states in Redis', () => {
  let server: TestRedis;
  let redis: Redis;
  let store: SeatStatesStore;
  let n = 0;
  const fresh = async () => {
    const id = `s-${++n}`;
    await store.rebuild(id, 1, [], []);
    return id;
  };
  const hold = (screening: string, buyer: string, seats: string[], id = randomUUID(), ttlMs = 60_000) =>
    store.hold(screening, 1, { id, buyer, ttlMs }, { seats });

  beforeAll(async () => {
    server = await testRedis();
    redis = new Redis(server.url);
    store = new SeatStatesStore(redis, `test:${randomUUID()}:`);
  });
  afterAll(async () => {
    await redis.quit();
    await server.close();
  });

  it('gives overlapping picks of 100 buyers each seat at most once, all or nothing', async () => {
    const s = await fresh();
    const picks = Array.from({ length: 100 }, (_, i) =>
      [`${i % 20}`, `${(i * 7 + 1) % 20}`].filter((v, k, all) => all.indexOf(v) === k),
    );
    const answers = await Promise.all(picks.map((seats, i) => hold(s, `b${i}`, seats)));
    const given = answers.flatMap((answer) => (answer.outcome === 'held' ? answer.seats : []));
    expect(new Set(given).size).toBe(given.length);
    expect([...(await store.read(s)).holds.keys()].sort()).toEqual([...given].sort());
  });

  it('answers the same id the same, and refuses a foreign buyer who knows it', async () => {
    const s = await fresh();
    const id = randomUUID();
    const first = await hold(s, 'aigul', ['1'], id);
    expect(await hold(s, 'aigul', ['1', '2'], id)).toEqual(first);
    expect(await hold(s, 'dias', ['1'], id)).toEqual({ outcome: 'foreign' });
  });

  it('counts an ended hold as free, and lets nobody end another’s', async () => {
    const s = await fresh();
    const id = randomUUID();
    await hold(s, 'aigul', ['1'], id);
    expect(await store.drop(s, id, 'dias')).toBe(false);
    expect(await store.end(s, id, 'aigul')).toBe(true);
    await eventually(async () => expect((await hold(s, 'dias', ['1'])).outcome).toBe('held'));
  });

  it('extends a hold once', async () => {
    const s = await fresh();
    const id = randomUUID();
    await hold(s, 'aigul', ['1'], id, 10_000);
    const extended = await store.extend(s, { id, buyer: 'aigul', ttlMs: 300_000 });
    const again = await store.extend(s, { id, buyer: 'aigul', ttlMs: 900_000 });
    expect(extended?.outcome === 'held' && again?.outcome === 'held' && again.until === extended.until).toBe(true);
    expect(await store.extend(s, { id: randomUUID(), buyer: 'aigul', ttlMs: 1 })).toBeUndefined();
  });

  it('never lets a mark go back to a lower claim, and frees only the claim that was released', async () => {
    const s = await fresh();
    await store.mark(s, 1, [{ seat: '1', no: 7 }]);
    await store.mark(s, 1, [{ seat: '1', no: 5 }]);
    await store.unmark(s, 1, [{ seat: '1', no: 5 }]);
    expect((await store.read(s)).claims.get('1')).toBe(7);
    await store.unmark(s, 1, [{ seat: '1', no: 7 }]);
    expect((await store.read(s)).claims.size).toBe(0);
  });

  it('frees a seat whose claim passed on to an owner that was never marked', async () => {
    const s = await fresh();
    await store.mark(s, 1, [{ seat: '1', no: 5 }]);
    await store.unmark(s, 1, [{ seat: '1', no: 9 }]);
    expect((await store.read(s)).claims.size).toBe(0);
  });

  it('takes nothing of another epoch', async () => {
    const s = await fresh();
    expect(await store.mark(s, 2, [{ seat: '1', no: 1 }])).toBe(false);
    expect(await store.hold(s, 2, { id: randomUUID(), buyer: 'b', ttlMs: 1_000 }, { seats: ['1'] })).toEqual({
      outcome: 'epoch',
      epoch: 1,
    });
    await server.flush();
    expect(await hold(s, 'b', ['1'])).toEqual({ outcome: 'epoch', epoch: undefined });
  });

  it('rebuilds a hall of 2,567 claims whole, once, with the holds that outlive it', async () => {
    const s = await fresh();
    const claims = Array.from({ length: 2_567 }, (_, i) => ({ seat: `p${i}`, no: i + 1 }));
    const id = randomUUID();
    const living = { id, until: Date.now() + 60_000, extended: false, buyer: 'aigul', seats: ['x1', 'x2'] };
    expect(await Promise.all([store.rebuild(s, 2, claims, [living]), store.rebuild(s, 2, [], [])])).toEqual([
      true,
      false,
    ]);
    const state = await store.read(s);
    expect([state.epoch, state.claims.size, [...state.holds.keys()].sort()]).toEqual([2, 2_567, ['x1', 'x2']]);
    expect((await store.extend(s, { id, buyer: 'aigul', ttlMs: 120_000 }))?.outcome).toBe('held');
  });

  it('picks free places of general admission in the script, never one twice', async () => {
    const s = await fresh();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        store.hold(s, 1, { id: randomUUID(), buyer: `g${i}`, ttlMs: 60_000 }, { any: 3, size: 30 }),
      ),
    );
    const given = answers.flatMap((answer) => (answer.outcome === 'held' ? answer.seats : []));
    expect([new Set(given).size, given.length]).toEqual([30, 30]);
    expect(answers.filter((answer) => answer.outcome === 'taken')).toHaveLength(2);
  });
});
