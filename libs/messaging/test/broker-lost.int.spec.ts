import { eventually, type OwnServer, ownServer } from '#libs/testing';
import { MessagingHealth } from '../src/index.js';
import { House } from './house.js';

jest.setTimeout(120_000);

describe('a broker killed with -9', () => {
  let broker: OwnServer;
  let house: House;

  beforeAll(async () => {
    broker = await ownServer('kafka', { durable: true });
    house = await House.open(broker.address);
  });
  afterAll(async () => {
    await house.close();
    await broker.close();
  });

  it('stops nobody who tells: facts wait, health says so, and all are heard once when it is back', async () => {
    const service = await house.start();
    const health = service.app.get(MessagingHealth, { strict: false });
    const tell = (version: number) =>
      house.tell(
        service,
        Array.from({ length: 20 }, (_, n) => ({ aggregate: `o${n}`, version })),
      );
    await tell(1);
    await eventually(async () => expect(await house.heardCount()).toBe(20), 30_000);
    await broker.kill();
    for (let version = 2; version <= 6; version++) await tell(version);
    await eventually(async () => expect((await health.parts()).map((part) => part.ok)).toEqual([false, false]), 40_000);
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    const [waiting] = await house.database.query('SELECT count(*)::int AS n FROM outbox WHERE published_at IS NULL');
    expect(waiting).toEqual({ n: 100 });
    await broker.start();
    await eventually(async () => expect(await house.heardCount()).toBe(120), 60_000);
    await eventually(async () => expect((await health.parts()).map((part) => part.ok)).toEqual([true, true]));
    const heard = await house.heard();
    for (let n = 0; n < 20; n++)
      expect(heard.filter((row) => row.aggregate === `o${n}`).map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
