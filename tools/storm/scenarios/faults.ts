import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { PROGRAMS, type Program } from '../house/house.js';
import { pairGate } from '../house/stock.js';
import type { Stage } from '../stage.js';
import { until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

/** Everything on the topic is told once more, as after a producer whose answer was lost. */
async function echo(stage: Stage): Promise<number> {
  const kafka = new Kafka({ clientId: 'storm-echo', brokers: [stage.house.at.kafka], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets('tickets')).map((o) => [o.partition, BigInt(o.high)]));
  await admin.disconnect();
  const consumer = kafka.consumer({ groupId: `storm-echo-${stage.dice.uuid()}` });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topics: ['tickets'], fromBeginning: true });
  let told = 0;
  const waiting = new Set([...ends].filter(([, end]) => end > 0n).map(([partition]) => partition));
  await new Promise<void>((resolve, reject) => {
    if (waiting.size === 0) return resolve();
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ partition, message }) => {
          const end = ends.get(partition) ?? 0n;
          if (BigInt(message.offset) >= end) return;
          const { key, value, headers } = message;
          await producer.send({ topic: 'tickets', messages: [{ key, value, headers, partition }] });
          told += 1;
          if (BigInt(message.offset) === end - 1n) waiting.delete(partition);
          if (waiting.size === 0) resolve();
        },
      })
      .catch(reject);
  });
  await Promise.all([consumer.disconnect(), producer.disconnect()]);
  return told;
}

/** S4: Kafka is away, dies in the middle of its work, and tells everything twice. */
export const s4: Scenario = {
  id: 'S4',
  title: 'Kafka away and killed mid-batch, then everything told twice: sales unaffected, each mail once',
  full: 3,
  ci: true,
  async run(stage, size) {
    const { house } = stage;
    const [main] = await stage.sell({ seats: Math.round(120 * size) });
    const awayMs = 3_000 + 9_000 * (size - 1) + 3_000;
    const crowd = stage.crowd(stage.shop(60_000 + awayMs), {
      buyers: Math.round(40 * size),
      overMs: awayMs + 4_000,
      sales: [main!],
      fates: PEOPLE,
    });
    let paidMeanwhile = 0;
    await meanwhile(crowd, async (ended) => {
      await until(() => stage.count('order', 201) >= 3, ended);
      const before = stage.count('pay', 303);
      house.fault('Kafka cut off');
      house.links.kafka.set({ cut: true });
      await wait(awayMs);
      paidMeanwhile = stage.count('pay', 303) - before;
      house.links.kafka.heal();
      // Its backlog is on its way: this is the middle of a batch.
      await until(
        () => house.links.kafka.connections > 2,
        () => false,
        10_000,
      );
      house.kill('kafka');
      await until(
        () => house.running('kafka'),
        () => false,
      );
    });
    demand(paidMeanwhile >= 3, `only ${paidMeanwhile} paid while Kafka was away`);
    await stage.rest();
    const told = await echo(stage);
    house.fault(`${told} facts told twice`);
    demand(told > 10, 'hardly anything was told twice');
  },
};

/** S5: the connections of tickets are cut by the server, then the server itself is killed. */
export const s5: Scenario = {
  id: 'S5',
  title: 'PostgreSQL backends, then the server, killed',
  full: 3,
  ci: true,
  async run(stage, size) {
    const { house } = stage;
    const [main] = await stage.sell({ seats: Math.round(80 * size) });
    const crowd = stage.crowd(stage.shop(90_000), {
      buyers: Math.round(70 * size),
      overMs: 7_000 + 4_000 * size,
      sales: [main!],
      fates: PEOPLE,
    });
    let deaths = 0;
    await meanwhile(crowd, async (ended) => {
      for (let rounds = 0; rounds < 4 * size && !ended(); rounds++) {
        const before = stage.count('order', 201);
        await until(() => stage.count('order', 201) > before + 2, ended, 5_000);
        const ended_ = await house.onDatabase('tickets', (db) =>
          db.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'tickets' AND pid <> pg_backend_pid()`,
          ),
        );
        house.fault(`${ended_.rowCount} backends of PostgreSQL ended`);
      }
      for (; deaths < Math.max(1, Math.floor(size)) && !ended(); deaths++) {
        const before = stage.count('order', 201);
        await until(() => stage.count('order', 201) > before + 2, ended, 10_000);
        house.kill('postgres');
        await until(
          () => house.running('postgres'),
          () => false,
        );
      }
    });
    demand(deaths > 0, 'PostgreSQL was never killed');
  },
};

/** S6: every service dies, again and again, while people buy and enter. */
export const s6: Scenario = {
  id: 'S6',
  title: 'every service killed at random every 2 s, while people buy and enter',
  full: 8,
  ci: false,
  async run(stage, size) {
    const { house, dice } = stage;
    const [main, open] = await stage.sell(
      { seats: Math.round(60 * size) },
      { seats: Math.round(40 * size), open: true },
    );
    const device = await pairGate(house);
    const overMs = 15_000 * size;
    const shop = stage.shop(overMs + 45_000);
    const both = Promise.all([
      stage.crowd(shop, { buyers: Math.round(40 * size), overMs, sales: [main!], fates: PEOPLE, tries: 6 }),
      stage.crowd(shop, {
        name: 'visitor',
        buyers: Math.round(20 * size),
        overMs,
        sales: [open!],
        fates: { buy: 1 },
        tries: 6,
        after: async (buyer, sale, order) => {
          for (const ticket of order.tickets) {
            const scan = buyer.dice.uuid();
            // Two gates at the same moment, and the first one again with the same scan.
            await Promise.all([
              buyer.scan(sale, ticket.admissionCode, device, scan),
              buyer.scan(sale, ticket.admissionCode, device),
            ]);
            await buyer.scan(sale, ticket.admissionCode, device, scan);
          }
        },
      }),
    ]);
    let deaths = 0;
    await meanwhile(both, async () => {
      for (const end = Date.now() + overMs; Date.now() < end; ) {
        const program: Program = dice.one(PROGRAMS);
        if (house.kill(program)) deaths += 1;
        await wait(2_000);
      }
    });
    demand(deaths >= 5, `only ${deaths} deaths`);
    demand(stage.count('scan', 200) > 5, 'hardly anybody entered');
  },
};
