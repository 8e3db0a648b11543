import { randomBytes } from 'node:crypto';
import { type Consumer, Kafka, logLevel, type Message, Partitioners, type Producer } from 'kafkajs';

/** kafkajs and nothing else: no database, no checks, no framework. */
export function bareKafka(brokers: string): Kafka {
  return new Kafka({ clientId: 'control', brokers: brokers.split(','), logLevel: logLevel.NOTHING });
}

export async function bareProducer(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

export async function produceAll(kafka: Kafka, topic: string, messages: Message[]): Promise<void> {
  const producer = await bareProducer(kafka);
  for (let from = 0; from < messages.length; from += 1_000)
    await producer.send({ topic, messages: messages.slice(from, from + 1_000) });
  await producer.disconnect();
}

/** Reads `topic` from its start until `n` messages came, parsing each; answers when it is done. */
export async function readAll(kafka: Kafka, topic: string, n: number): Promise<{ seconds: number }> {
  const consumer: Consumer = kafka.consumer({
    groupId: `control-${randomBytes(4).toString('hex')}`,
    maxWaitTimeInMs: 500,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let count = 0;
  let began = performance.now();
  // From here on there is something to read; finding the group is nobody's figure.
  consumer.on(consumer.events.GROUP_JOIN, () => {
    began = performance.now();
  });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
          for (const message of batch.messages) {
            JSON.parse(message.value?.toString() ?? 'null');
            count += 1;
          }
          resolveOffset(batch.lastOffset());
          await commitOffsetsIfNecessary();
          if (count >= n) resolve();
        },
      })
      .catch(reject);
  });
  const seconds = (performance.now() - began) / 1_000;
  await consumer.disconnect();
  return { seconds };
}
