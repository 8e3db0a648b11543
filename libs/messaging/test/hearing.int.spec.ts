import { BookingCancelled, OrderExpired, PersonRecorded } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { eventually, type TestKafka, testKafka } from '#libs/testing';
import { ConsumerStrategy } from '../src/index.js';
import { bookingData, House, headers, orderData } from './house.js';

jest.setTimeout(90_000);

describe('facts that arrive', () => {
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

  const heardAll = (n: number) => eventually(async () => expect(await house.heardCount()).toBe(n), 30_000);
  const order = (key: string, version: number, fact = newId()) => ({
    key,
    value: JSON.stringify(orderData(key)),
    headers: headers(OrderExpired.type, version, fact),
  });

  it('are not stopped by a poison event among 1,000: it and those of its key wait as dead letters', async () => {
    const keys = Array.from({ length: 100 }, (_, n) => `order-${n}`);
    let broken = true;
    house.behaviour.before = (event) => {
      if (broken && event.aggregate === 'order-50' && event.version === 5) throw new Error('poison');
    };
    const service = await house.start();
    for (let version = 1; version <= 10; version++)
      await house.tell(
        service,
        keys.map((aggregate) => ({ aggregate, version })),
      );
    await heardAll(994);
    const letters = await eventually(async () => {
      const open = await house.letters.list();
      expect(open).toHaveLength(6);
      return open;
    });
    expect(letters[0]).toMatchObject({ key: 'order-50', reason: 'Error: poison', attempts: 3, state: 'open' });
    expect(letters.map((letter) => letter.event?.version)).toEqual([5, 6, 7, 8, 9, 10]);
    // Mended: all of the key are heard in order, through the inbox, and the key is free.
    broken = false;
    expect(await house.letters.replay(letters[0]!.id)).toBe(6);
    await heardAll(1_000);
    const versions = (await house.heard()).filter((row) => row.aggregate === 'order-50').map((row) => row.version);
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await eventually(async () => expect(await house.letters.list()).toHaveLength(0));
    await house.tell(service, [{ aggregate: 'order-50', version: 11 }]);
    await heardAll(1_001);
  });

  it('that absorb are applied at once and settle what is parked before them', async () => {
    house.behaviour.before = (event) => {
      if (event.type === OrderExpired.type) throw new Error('poison');
    };
    await house.start();
    await eventually(() => house.produce('tickets', [order('b1', 1), order('b1', 2)]));
    await eventually(async () => expect(await house.letters.list()).toHaveLength(2), 20_000);
    await house.produce('tickets', [
      { key: 'b1', value: JSON.stringify(bookingData('b1')), headers: headers(BookingCancelled.type, 3) },
    ]);
    await heardAll(1);
    expect((await house.letters.list(true)).map((letter) => letter.state)).toEqual(['settled', 'settled']);
  });

  it('that are no events are set aside, unknown types are passed by, and the rest is heard', async () => {
    await house.start();
    await eventually(() => house.produce('tickets', [order('fine', 1)]));
    await house.produce('tickets', [
      { key: 'x', value: 'no headers' },
      { key: 'x', value: '{"broken":', headers: headers(OrderExpired.type, 1) },
      { key: 'x', value: '{}', headers: headers('tickets.order.dreamt.v9', 1) },
      { key: 'bad-data', value: '{"orderId":7}', headers: headers(OrderExpired.type, 1) },
      { key: null, value: null },
      order('fine', 2),
    ]);
    await house.produce('people', [
      { key: 'p9', value: '{"email":"secret@example.org"}', headers: headers(PersonRecorded.type, 1) },
    ]);
    await heardAll(2);
    const letters = await eventually(async () => {
      const open = await house.letters.list();
      expect(open).toHaveLength(5);
      return open;
    });
    expect(letters.map((letter) => letter.reason).sort()).toEqual([
      'ce_id, ce_type or the key is missing',
      "data must have required property 'editionId'",
      "data must have required property 'personId'",
      'neither key nor value',
      'the value is not JSON',
    ]);
    // A dead letter of `people` holds coordinates, never the address.
    const person = letters.find((letter) => letter.topic === 'people');
    expect(person?.event).toBeNull();
    expect(JSON.stringify(letters)).not.toContain('secret@');
    expect(await house.letters.drop(person!.id)).toBe(true);
    await house.produce('people', [
      {
        key: 'p9',
        value: JSON.stringify({ personId: 'p9', email: 'a@example.org', name: null, language: 'ru' }),
        headers: headers(PersonRecorded.type, 2),
      },
    ]);
    await heardAll(3);
  });

  it('are heard once when a consumer dies between its work and the commit of offsets', async () => {
    const service = await house.start();
    const strategy = service.app.get(ConsumerStrategy, { strict: false }) as unknown as { commit(): Promise<void> };
    const commit = strategy.commit;
    let deaths = 0;
    strategy.commit = (...given: []) => {
      deaths += 1;
      return deaths <= 2 ? Promise.reject(new Error('died here')) : commit.apply(strategy, given);
    };
    let calls = 0;
    house.behaviour.before = () => {
      calls += 1;
    };
    await house.tell(
      service,
      Array.from({ length: 30 }, (_, n) => ({ aggregate: `o${n % 5}`, version: n })),
    );
    await eventually(() => expect(deaths).toBeGreaterThan(2), 30_000);
    await heardAll(30);
    expect(calls).toBe(30);
  });

  it('are no attempt when the database goes away in the middle', async () => {
    let cut = 0;
    house.behaviour.before = async (_, { tx }) => {
      cut += 1;
      if (cut <= 2) await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    };
    const service = await house.start();
    await house.tell(
      service,
      ['a', 'b', 'c'].map((aggregate) => ({ aggregate, version: 1 })),
    );
    await heardAll(3);
    expect(cut).toBeGreaterThan(3);
    expect(await house.letters.list(true)).toEqual([]);
  });

  it('change nothing when a whole topic is delivered again', async () => {
    const first = await house.start();
    await house.tell(
      first,
      Array.from({ length: 200 }, (_, n) => ({ aggregate: `o${n % 20}`, version: n })),
    );
    await heardAll(200);
    await house.stop(first);
    const groupId = `${house.prefix}house`;
    await house.admin((admin) => admin.resetOffsets({ groupId, topic: house.topic('tickets'), earliest: true }));
    await house.start();
    await eventually(async () => {
      const [offsets] = await house.admin((admin) => admin.fetchOffsets({ groupId, topics: [house.topic('tickets')] }));
      expect(offsets?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)).toBe(200);
    }, 20_000);
    expect(await house.heardCount()).toBe(200);
  });

  it('are all heard once, in order per key, while consumers join and leave', async () => {
    const speaker = await house.start();
    let version = 0;
    for (let round = 0; round < 3; round++) {
      const guest = await house.start();
      for (let n = 0; n < 10; n++) {
        version += 1;
        await house.tell(
          speaker,
          Array.from({ length: 10 }, (_, key) => ({ aggregate: `o${key}`, version })),
        );
      }
      await house.stop(guest);
    }
    await heardAll(300);
    const heard = await house.heard();
    for (let key = 0; key < 10; key++)
      expect(heard.filter((row) => row.aggregate === `o${key}`).map((row) => row.version)).toEqual(
        Array.from({ length: 30 }, (_, n) => n + 1),
      );
  });
});
