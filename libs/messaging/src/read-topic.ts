import type { Consumer, Kafka, KafkaMessage } from 'kafkajs';
import type { Topic } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Coordinates } from './dead-letters.js';
import { type Envelope, type ReadMessage, readMessage } from './envelope.js';
import { type KafkaSettings, nameOnBrokers } from './kafka.js';

/** Runs a consumer of a group of its own, which is gone afterwards. */
async function withReader<T>(kafka: Kafka, use: (consumer: Consumer, group: string) => Promise<T>): Promise<T> {
  const group = `read-${newId()}`;
  const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 });
  try {
    await consumer.connect();
    return await use(consumer, group);
  } finally {
    await consumer.disconnect().catch(() => undefined);
    const admin = kafka.admin();
    await admin
      .connect()
      .then(() => admin.deleteGroups([group]))
      .catch(() => undefined);
    await admin.disconnect().catch(() => undefined);
  }
}

async function ends(kafka: Kafka, topic: string): Promise<Map<number, { low: bigint; high: bigint }>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.map((o) => [o.partition, { low: BigInt(o.low), high: BigInt(o.high) }]));
  } finally {
    await admin.disconnect();
  }
}

/** The message at these coordinates; undefined when the brokers no longer hold it. */
export async function readAt(
  kafka: Kafka,
  settings: Pick<KafkaSettings, 'KAFKA_TOPIC_PREFIX'>,
  { topic, partition, offset }: Coordinates,
): Promise<ReadMessage | undefined> {
  const name = nameOnBrokers(settings as KafkaSettings, topic);
  const end = (await ends(kafka, name)).get(partition);
  if (!end || BigInt(offset) < end.low || BigInt(offset) >= end.high) return undefined;
  return withReader(kafka, async (consumer) => {
    await consumer.subscribe({ topics: [name], fromBeginning: false });
    return new Promise((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            if (batch.partition !== partition) return;
            const found = batch.messages.find((message) => BigInt(message.offset) >= BigInt(offset));
            if (found) resolve(found.offset === String(offset) ? readMessage(topic as Topic, found) : undefined);
          },
        })
        .then(() => consumer.seek({ topic: name, partition, offset: String(offset) }))
        .catch(reject);
    });
  });
}

export interface TopicRead {
  /** Events handed over. */
  events: number;
  /** Messages that were no events. */
  skipped: number;
  /** Keys whose last word was not a tombstone: a rebuilt copy deletes the rows of all others. */
  keys: Set<string>;
}

/**
 * Reads a topic from its start to where it ends now, into a fresh read copy: `apply` gets the events of each batch in
 * the order of their partition. Nothing passes the inbox, and no group's position is moved.
 */
export async function replayTopic(
  kafka: Kafka,
  settings: Pick<KafkaSettings, 'KAFKA_TOPIC_PREFIX'>,
  topic: Topic,
  apply: (events: Envelope[]) => Promise<void>,
): Promise<TopicRead> {
  const name = nameOnBrokers(settings as KafkaSettings, topic);
  const open = await ends(kafka, name);
  for (const [partition, { low, high }] of open) if (low >= high) open.delete(partition);
  const result: TopicRead = { events: 0, skipped: 0, keys: new Set() };
  if (open.size === 0) return result;
  const take = (messages: KafkaMessage[]): Envelope[] => {
    const events: Envelope[] = [];
    for (const message of messages) {
      const read = readMessage(topic, message);
      if (read.kind === 'not-an-event') {
        result.skipped += 1;
        continue;
      }
      events.push(read.envelope);
      if (read.envelope.data === null) result.keys.delete(read.envelope.aggregate);
      else result.keys.add(read.envelope.aggregate);
    }
    result.events += events.length;
    return events;
  };
  await withReader(kafka, async (consumer) => {
    await consumer.subscribe({ topics: [name], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch, heartbeat }) => {
            const end = open.get(batch.partition);
            if (!end) return;
            const events = take(batch.messages.filter((message) => BigInt(message.offset) < end.high));
            if (events.length > 0) await apply(events);
            await heartbeat();
            // Compaction and control records leave holes: the batch's own end counts, not the last message's.
            if (BigInt(batch.lastOffset()) + 1n >= end.high) open.delete(batch.partition);
            if (open.size === 0) resolve();
          },
        })
        .catch(reject);
    });
  });
  return result;
}
