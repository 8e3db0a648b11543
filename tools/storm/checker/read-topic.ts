import { randomUUID } from 'node:crypto';
import { type IHeaders, Kafka, logLevel } from 'kafkajs';
import type { KafkaFact } from './facts.js';

function header(headers: IHeaders | undefined, name: string): string {
  const value = headers?.[name];
  return String(Array.isArray(value) ? value[0] : (value ?? ''));
}

/** Everything on a topic, each partition in its order. */
export async function readTopic(brokers: string, topic: string): Promise<KafkaFact[]> {
  const kafka = new Kafka({ clientId: 'storm-checker', brokers: [brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const wanted = new Map(offsets.filter((o) => o.high !== o.low).map((o) => [o.partition, BigInt(o.high) - 1n]));
  const facts: KafkaFact[] = [];
  if (wanted.size === 0) return facts;
  const consumer = kafka.consumer({ groupId: `storm-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ partition, message }) => {
          const end = wanted.get(partition);
          if (end === undefined) return;
          facts.push({
            fact: header(message.headers, 'ce_id'),
            type: header(message.headers, 'ce_type'),
            aggregate: header(message.headers, 'ce_subject'),
            version: Number(header(message.headers, 'ce_aggregateversion')),
          });
          if (BigInt(message.offset) >= end) wanted.delete(partition);
          if (wanted.size === 0) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return facts;
}
