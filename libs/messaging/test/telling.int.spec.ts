import { OrderExpired, PersonRecorded } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { eventually, type TestKafka, testKafka } from '#libs/testing';
import { makeKafka, Outbox, Relay, replayTopic } from '../src/index.js';
import { House, orderData } from './house.js';

jest.setTimeout(60_000);

describe('facts of the outbox', () => {
  let broker: TestKafka;
  let house: House;

  beforeAll(async () => {
    broker = await testKafka();
  });
  beforeEach(async () => {
    house = await House.open(broker.brokers.join(','));
  });
  afterEach(() => house.close());
  afterAll(() => broker.close());

  it('are told in order per aggregate by several relays at once, each heard once', async () => {
    const services = [await house.start(), await house.start(), await house.start()];
    const aggregates = Array.from({ length: 20 }, () => newId());
    for (let version = 1; version <= 15; version++)
      await Promise.all(
        services.map((service, n) =>
          house.tell(
            service,
            aggregates.filter((_, i) => i % 3 === n).map((aggregate) => ({ aggregate, version })),
          ),
        ),
      );
    await eventually(async () => expect(await house.heardCount()).toBe(300), 30_000);
    const heard = await house.heard();
    for (const aggregate of aggregates)
      expect(heard.filter((row) => row.aggregate === aggregate).map((row) => row.version)).toEqual(
        Array.from({ length: 15 }, (_, i) => i + 1),
      );
    const [left] = await house.database.query('SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL');
    expect(left).toEqual({ n: 0 });
  });

  it('are not lost when transactions commit in another order than they wrote', async () => {
    const service = await house.start();
    const outbox = service.app.get(Outbox, { strict: false });
    const [early, late] = [newId(), newId()];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = service.app.get(Database, { strict: false }).transaction(async (tx) => {
      await outbox.append(tx, { definition: OrderExpired, aggregate: early, version: 1, data: orderData(early) });
      await held;
    });
    await eventually(async () => {
      const open = await house.database.query("SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction'");
      expect(open.length).toBeGreaterThan(0);
    });
    await house.tell(service, [{ aggregate: late, version: 1 }]);
    await eventually(async () => expect((await house.heard()).map((row) => row.aggregate)).toEqual([late]), 20_000);
    release();
    await slow;
    await eventually(async () => expect((await house.heard()).map((row) => row.aggregate)).toEqual([late, early]));
  });

  it('written by a function in SQL are told when the relay is woken, and swept at start', async () => {
    const insert = `INSERT INTO outbox (fact, type, topic, aggregate_id, version, data)
                    VALUES (gen_random_uuid(), $1, 'tickets', $2, 1, $3)`;
    await house.database.query(insert, [OrderExpired.type, 'before', orderData('before')]);
    const service = await house.start();
    await eventually(async () => expect(await house.heardCount()).toBe(1), 20_000);
    await house.database.query(insert, [OrderExpired.type, 'after', orderData('after')]);
    service.app.get(Relay, { strict: false }).wake();
    await eventually(async () => expect(await house.heardCount()).toBe(2));
  });

  it('of a person end in a tombstone, and a fresh copy read from the start knows who is left', async () => {
    const service = await house.start();
    const outbox = service.app.get(Outbox, { strict: false });
    const database = service.app.get(Database, { strict: false });
    const person = (personId: string) => ({
      personId,
      email: `${personId}@example.org`,
      name: null,
      language: 'kk' as const,
    });
    await database.transaction((tx) =>
      outbox.append(
        tx,
        ['p1', 'p2'].map((id) => ({ definition: PersonRecorded, aggregate: id, version: 1, data: person(id) })),
      ),
    );
    await database.transaction((tx) => outbox.tombstone(tx, 'people', 'p1', 2));
    await eventually(
      async () => expect((await house.heard()).map((row) => row.type)).toContain('people.tombstone'),
      20_000,
    );
    const settings = { KAFKA_BROKERS: house.brokers, KAFKA_TOPIC_PREFIX: house.prefix };
    const seen: string[] = [];
    const kafka = makeKafka(settings, 'copy', service.logger);
    const read = await replayTopic(kafka, settings, 'people', async (events) => {
      seen.push(...events.map((event) => event.type));
    });
    expect([...read.keys]).toEqual(['p2']);
    expect(seen.filter((type) => type === 'people.tombstone')).toHaveLength(1);
    expect(await house.heardCount()).toBe(3);
  });
});
