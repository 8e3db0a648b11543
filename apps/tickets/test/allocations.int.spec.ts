import { randomUUID } from 'node:crypto';
import type { Refusal } from '#libs/kernel';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { ticketsDatabase } from '../src/database.js';
import { callFunction } from '../src/inventory/seats/sql-function.js';

/** The counted shares in PostgreSQL; the same rule as `fillInRankOrder` of allocation.rules.ts. */
describe('counted shares under concurrency', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase('allocations', ticketsDatabase, { poolSize: 20 });
  });
  afterAll(() => db.close());

  const shares = (rows: Record<string, number>) =>
    db.database.query('INSERT INTO usage_limit (id, capacity) SELECT key, value::int FROM jsonb_each_text($1::jsonb)', [
      JSON.stringify(rows),
    ]);
  const take = (candidates: string[], places: number, owner: string = randomUUID()) =>
    db.database.transaction((tx) => callFunction<string[]>(tx, 'take_limit($1, $2, $3)', [candidates, owner, places]));
  const used = async (prefix: string) =>
    Object.fromEntries(
      (
        await db.database.query<{ id: string; used: number }>(
          'SELECT id, used FROM usage_limit WHERE id LIKE $1 ORDER BY id',
          [`${prefix}%`],
        )
      ).map((row) => [row.id.slice(prefix.length), row.used]),
    );

  it('200 takers of 1 to 3 places never get more than the shares hold, and none is refused while all its places fit', async () => {
    await shares({ 'r:public': 60, 'r:press': 30, 'r:rest': 25 });
    const asks = Array.from({ length: 200 }, (_, i) => ({
      n: 1 + (i % 3),
      candidates: i % 2 ? ['r:public', 'r:rest'] : ['r:press', 'r:public', 'r:rest'],
    }));
    const settled = await Promise.allSettled(asks.map((ask) => take(ask.candidates, ask.n)));
    const given = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.length] : []));
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Refusal).code] : []));
    expect(new Set(refused)).toEqual(new Set(['allocation-full']));
    const now = await used('r:');
    expect(given.reduce((a, b) => a + b, 0)).toBe(Object.values(now).reduce((a, b) => a + b, 0));
    // Every kind of request was asked after all was full, so nothing that a single place fits into is left.
    expect(now).toEqual({ public: 60, press: 30, rest: 25 });
  });

  it('the same without the lock of a row oversells: the guard is what holds', async () => {
    await shares({ 'x:one': 10 });
    const unguarded = () =>
      db.database.transaction(async (tx) => {
        const [row] = await tx.query<{ used: number }[]>(`SELECT used FROM usage_limit WHERE id = 'x:one'`);
        if (row!.used >= 10) return;
        await tx.query('SELECT pg_sleep(0.01)');
        await tx.query(`UPDATE usage_limit SET used = used + 1 WHERE id = 'x:one'`);
      });
    await Promise.all(Array.from({ length: 60 }, unguarded));
    expect((await used('x:')).one).toBeGreaterThan(10);
  });

  it('a request is split in rank order; it is all or nothing; what was taken comes back whole', async () => {
    await shares({ 'd:a': 2, 'd:b': 1, 'd:c': 3 });
    const owner = randomUUID();
    expect(await take(['d:a', 'd:b', 'd:c'], 4, owner)).toEqual(['d:a', 'd:a', 'd:b', 'd:c']);
    await expect(take(['d:a', 'd:b', 'd:c'], 3)).rejects.toMatchObject({
      code: 'allocation-full',
      facts: { allocations: ['d:a', 'd:b', 'd:c'] },
    });
    expect(await used('d:')).toEqual({ a: 2, b: 1, c: 1 });
    await Promise.all([1, 2, 3].map(() => db.database.query('SELECT release_owner($1)', [owner])));
    expect(await used('d:')).toEqual({ a: 0, b: 0, c: 0 });
  });
});
