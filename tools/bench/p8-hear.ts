import { OrderExpired } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { toMessage } from '#libs/messaging';
import { type Bench, type Sample, withCpu } from './bench.js';
import { benchService, expired } from './bench-service.js';
import { bareKafka, produceAll, readAll } from './controls/bare-kafka.js';

const MESSAGES = 40_000;
const TARGET = 0.5;

function messages() {
  return Array.from({ length: MESSAGES }, () => {
    const envelope = { fact: newId(), type: OrderExpired.type, aggregate: newId(), version: 1 };
    return toMessage({ ...envelope, time: new Date().toISOString(), data: expired }, 'bench');
  });
}

/** P8: facts heard through inbox and contract check, against messages read and parsed. */
export const hearBench: Bench = {
  id: 'P8',
  title: 'facts heard, with inbox',
  unit: '/s',
  target: { text: `>= ${TARGET} of the control`, met: (result) => result.ratio.median >= TARGET },
  prepare: async (servers) => {
    let count = 0;
    let began = 0;
    let done: () => void = () => undefined;
    const { start, prefix, end } = await benchService(servers, () => {
      began ||= performance.now();
      count += 1;
      if (count === MESSAGES) done();
    });
    const kafka = bareKafka(servers.kafka);
    const topic = `${prefix}control`;
    const admin = kafka.admin();
    await admin.connect();
    const topics = [topic, `${prefix}tickets`];
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((name) => ({ topic: name, numPartitions: 4, replicationFactor: 1 })),
    });
    await admin.disconnect();
    await produceAll(kafka, topic, messages());
    return {
      ours: async (): Promise<Sample> => {
        await produceAll(kafka, `${prefix}tickets`, messages());
        count = 0;
        began = 0;
        const all = new Promise<void>((resolve) => {
          done = resolve;
        });
        const service = await start();
        const { cpuSeconds } = await withCpu(() => all);
        const value = MESSAGES / ((performance.now() - began) / 1_000);
        await service.stop();
        return { value, cpuSeconds, operations: MESSAGES };
      },
      control: async (): Promise<Sample> => {
        const { result, cpuSeconds } = await withCpu(() => readAll(kafka, topic, MESSAGES));
        return { value: MESSAGES / result.seconds, cpuSeconds, operations: MESSAGES };
      },
      end,
    };
  },
};
