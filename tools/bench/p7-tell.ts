import { setTimeout as wait } from 'node:timers/promises';
import { event, OrderExpired } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Bench, quantile, type Sample, withCpu } from './bench.js';
import { benchService, expired } from './bench-service.js';
import { bareKafka, bareProducer } from './controls/bare-kafka.js';

const PER_SECOND = 100;
const FACTS = 500;
const LIMIT_MS = 50;

/** Starts `work` at fixed times, whatever became of the earlier ones. */
async function openLoop(work: () => Promise<void>): Promise<void> {
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let n = 0; n < FACTS; n++) {
    const due = began + (n * 1_000) / PER_SECOND;
    const ahead = due - performance.now();
    if (ahead > 1) await wait(ahead);
    running.push(work());
  }
  await Promise.all(running);
}

/** P7: from a fact written in a transaction to the brokers' acknowledgement. */
export const tellBench: Bench = {
  id: 'P7',
  title: `commit to broker, p99 at ${PER_SECOND} facts/s`,
  unit: 'ms',
  target: { text: `<= ${LIMIT_MS} ms`, met: (result) => quantile(result.ours, 0.5) <= LIMIT_MS },
  prepare: async (servers) => {
    const { start, prefix, end } = await benchService(servers, () => undefined);
    const service = await start();
    const database = service.app.get(Database, { strict: false });
    const outbox = service.app.get(Outbox, { strict: false });
    const tell = () =>
      database.transaction((tx) =>
        outbox.append(tx, event(OrderExpired, { aggregate: newId(), version: 1, data: expired })),
      );
    const untilTold = async () => {
      while ((await database.query('SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1')).length > 0)
        await wait(20);
    };
    await tell();
    await untilTold();
    const producer = await bareProducer(bareKafka(servers.kafka));
    const value = JSON.stringify(expired);
    return {
      ours: async (): Promise<Sample> => {
        await database.query('TRUNCATE outbox');
        const { cpuSeconds } = await withCpu(async () => {
          await openLoop(tell);
          await untilTold();
        });
        const rows = await database.query<{ ms: number }>(
          'SELECT (extract(epoch FROM published_at - at) * 1000)::float8 AS ms FROM outbox',
        );
        return {
          value: quantile(
            rows.map(({ ms }) => ms),
            0.99,
          ),
          cpuSeconds,
          operations: FACTS,
        };
      },
      control: async (): Promise<Sample> => {
        const times: number[] = [];
        const { cpuSeconds } = await withCpu(() =>
          openLoop(async () => {
            const began = performance.now();
            await producer.send({ topic: `${prefix}tickets`, acks: -1, messages: [{ key: newId(), value }] });
            times.push(performance.now() - began);
          }),
        );
        return { value: quantile(times, 0.99), cpuSeconds, operations: FACTS };
      },
      end: async () => {
        await producer.disconnect();
        await service.stop();
        await end();
      },
    };
  },
};
