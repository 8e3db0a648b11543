import type { Kafka } from 'kafkajs';
import { TOPICS } from '#libs/contracts';

const HOUR_MS = 3_600_000;

/** The compacted topic of contact data: an erasure is gone from the log within a day. */
const PEOPLE = {
  'cleanup.policy': 'compact',
  'segment.ms': HOUR_MS,
  'max.compaction.lag.ms': 24 * HOUR_MS,
  'min.cleanable.dirty.ratio': 0.01,
  'delete.retention.ms': 7 * 24 * HOUR_MS,
};
/** Speaking topics are kept for the whole edition: they hold no personal data, and a copy can be made again from them. */
const SPEAKING = { 'retention.ms': -1 };

const PARTITIONS = 3;

/** Makes the topics that are missing; says nothing about those that are there. */
export async function ensureTopics(kafka: Kafka, prefix: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const { brokers } = await admin.describeCluster();
    const replicas = brokers.length >= 3 ? 3 : 1;
    const there = new Set(await admin.listTopics());
    const missing = TOPICS.filter((topic) => !there.has(prefix + topic));
    if (missing.length === 0) return;
    await admin
      .createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({
          topic: prefix + topic,
          numPartitions: PARTITIONS,
          replicationFactor: replicas,
          configEntries: Object.entries({
            ...(topic === 'people' ? PEOPLE : SPEAKING),
            'min.insync.replicas': replicas === 3 ? 2 : 1,
          }).map(([name, value]) => ({ name, value: String(value) })),
        })),
      })
      .catch((error: Error) => {
        // Several services start at once; who comes second finds the topic there.
        if (!/already exists/i.test(JSON.stringify(error) + error.message)) throw error;
      });
  } finally {
    await admin.disconnect();
  }
}
