import { type TestDatabase, testDatabase } from '#libs/testing';

describe('connections that PostgreSQL ends', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase('broken', { entities: [], migrations: [] }, { poolSize: 3 });
  });
  afterAll(() => db.close());
  const pidOf = async (client: { query(sql: string): Promise<{ rows: { pid: number }[] }> }) =>
    (await client.query('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;

  it('one that is lent out and not listened to ends no process, and its next statement fails', async () => {
    const lent = await db.database.pool.connect();
    const ended = new Promise((resolve) => lent.once('end', resolve));
    const pid = await pidOf(lent);
    await db.database.query('SELECT pg_terminate_backend($1)', [pid]);
    await ended;
    await expect(lent.query('SELECT 1')).rejects.toThrow();
    lent.release();
    expect(await db.database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
