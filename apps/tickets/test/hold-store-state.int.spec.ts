import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { eventually, type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import { ticketsDatabase } from '../src/database.js';
import { HoldStoreState } from '../src/inventory/seats/hold-store-state.js';
import { PgInventory } from '../src/inventory/seats/pg-inventory.js';
import { RebuildSeats } from '../src/inventory/seats/rebuild-seats.js';
import { SeatStatesStore } from '../src/inventory/seats/seat-states.store.js';
import { Switchboards } from '../src/inventory/seats/switchboards.js';
import { openScreening } from './inventory-cast.js';

const SCREENING = 's-1';

describe('where holds are kept', () => {
  let db: TestDatabase;
  let server: TestRedis;
  let redis: Redis;
  let store: SeatStatesStore;
  let boards: Switchboards;
  let state: HoldStoreState;
  let rebuild: RebuildSeats;
  const board = async () => (await boards.read(SCREENING))!;
  /** As if so many seconds had gone by since the last answer and the last switch. */
  const passed = (answered: number, switched: number) =>
    db.database.query(
      `UPDATE hold_store_state SET answered_at = clock_timestamp() - make_interval(secs => $1),
                                   switched_at = clock_timestamp() - make_interval(secs => $2)`,
      [answered, switched],
    );

  beforeAll(async () => {
    db = await testDatabase('hold_store', ticketsDatabase);
    await openScreening(db.database, SCREENING);
    server = await testRedis();
    redis = new Redis(server.url);
    store = new SeatStatesStore(redis, `test:${randomUUID()}:`);
    boards = new Switchboards(new PgInventory(db.database));
    state = new HoldStoreState(db.database, store, boards, pino({ level: 'silent' }));
    rebuild = new RebuildSeats(db.database, store, boards, state);
  });
  afterAll(async () => {
    await redis.quit();
    await server.close();
    await db.close();
  });

  it('a hold that was granted after a rebuild outlives the moment when the watch meets that Redis', async () => {
    await db.database.query(`UPDATE hold_store_state SET identity = 'another run'`);
    await rebuild.execute(SCREENING);
    const { epoch } = await board();
    const held = await store.hold(
      SCREENING,
      epoch,
      { id: randomUUID(), buyer: 'aigul', ttlMs: 60_000 },
      { seats: ['1'] },
    );
    expect(held.outcome).toBe('held');
    await state.meet();
    await rebuild.execute(SCREENING);
    expect((await board()).epoch).toBe(epoch);
    expect([...(await store.read(SCREENING)).holds.keys()]).toEqual(['1']);
  });

  it('the silence of one process closes nothing while Redis answers another', async () => {
    await passed(1, 60);
    await state.silent();
    expect((await board()).holdStore).toBe('redis');
  });

  it('closes first, and an answer meanwhile leads back with the same epoch', async () => {
    const { epoch } = await board();
    await passed(3, 60);
    await state.silent();
    expect(await board()).toMatchObject({ holdStore: 'closed', epoch });
    await state.silent();
    expect((await board()).holdStore).toBe('closed');
    await state.meet();
    expect(await board()).toMatchObject({ holdStore: 'redis', epoch });
  });

  it('goes on to PostgreSQL when nobody had an answer while no board can be left, and back when Redis is steady', async () => {
    const { epoch } = await board();
    await passed(60, 60);
    await state.silent();
    await passed(60, 3);
    await state.silent();
    expect(await board()).toMatchObject({ holdStore: 'postgres', epoch: epoch + 1 });
    await state.meet();
    await state.steady();
    expect((await board()).holdStore).toBe('postgres');
    await passed(0, 11);
    await state.steady();
    expect(await board()).toMatchObject({ holdStore: 'redis', epoch: epoch + 2 });
  });

  it('grants nothing on a new connection before it is known who answers there', async () => {
    await state.meet();
    expect(state.acquainted).toBe(true);
    const closed = new Promise((resolve) => redis.once('close', resolve));
    redis.disconnect(true);
    await closed;
    expect(state.acquainted).toBe(false);
    await eventually(async () => expect(await state.meet()).toBe(true));
    expect(state.acquainted).toBe(true);
  });

  it('never uses a board that is over a second old', async () => {
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const own = new Switchboards(new PgInventory(db.database));
      const { epoch } = (await own.of(SCREENING))!;
      await db.database.query('UPDATE inventory SET epoch = epoch + 1');
      now = 400;
      expect((await own.of(SCREENING))?.epoch).toBe(epoch);
      now = 1_001;
      expect((await own.of(SCREENING))?.epoch).toBe(epoch + 1);
    } finally {
      clock.mockRestore();
    }
  });
});
