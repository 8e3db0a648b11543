import { randomBytes } from 'node:crypto';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { serverAddress } from './services.js';

export interface TopicOptions {
  partitions?: number;
  compacted?: boolean;
}

export interface TestKafka {
  brokers: string[];
  /** Ends every topic's and group's name of this suite. */
  suffix: string;
  /** The suite's own name for a topic (or a consumer group). */
  topic(name: string): string;
  /** Makes the suite's own topics; answers their names in order. */
  createTopics(names: readonly string[], options?: TopicOptions): Promise<string[]>;
  admin: Admin;
  /** Deletes the suite's topics. */
  close(): Promise<void>;
}

/** The run's broker, with names that no other suite uses. */
export async function testKafka(): Promise<TestKafka> {
  const brokers = (await serverAddress('kafka')).split(',');
  const suffix = randomBytes(5).toString('hex');
  const made: string[] = [];
  const admin = new Kafka({ clientId: `test-${suffix}`, brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topic = (name: string) => `${name}-${suffix}`;
  return {
    brokers,
    suffix,
    topic,
    admin,
    createTopics: async (names, { partitions = 3, compacted = false } = {}) => {
      const topics = names.map(topic);
      const configEntries = compacted ? [{ name: 'cleanup.policy', value: 'compact' }] : [];
      await admin.createTopics({
        waitForLeaders: true,
        topics: topics.map((name) => ({ topic: name, numPartitions: partitions, replicationFactor: 1, configEntries })),
      });
      made.push(...topics);
      return topics;
    },
    close: async () => {
      if (made.length > 0) await admin.deleteTopics({ topics: made }).catch(() => undefined);
      await admin.disconnect();
    },
  };
}
