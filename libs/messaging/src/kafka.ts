import './kafka-timer.js';
import { type Admin, Kafka, type LogEntry, logLevel } from 'kafkajs';
import type { Logger } from 'pino';
import { TOPICS, type Topic } from '#libs/contracts';

export interface KafkaSettings {
  KAFKA_BROKERS: string;
  KAFKA_TOPIC_PREFIX?: string;
  PEOPLE_SEGMENT_SECONDS?: number;
}

/** What kafkajs calls an error although it then succeeds by trying again: coordinators still loading, a rebalance. */
const HARMLESS =
  /coordinator|rebalanc|not the leader|does not host this topic|leadership election|Connection (error|timeout)|ECONNREFUSED|Restarting the consumer|Failed to connect|The producer is disconnected|aborted|timed out|Closed connection|Crash:/i;

function logThrough(logger: Logger) {
  const write = ({ level, log: { message, error, groupId, broker, topic } }: LogEntry) => {
    const facts = { part: 'kafka', groupId, broker, topic, reason: error };
    if (level <= logLevel.ERROR && !HARMLESS.test(`${message} ${error ?? ''}`)) logger.warn(facts, message);
    else logger.debug(facts, message);
  };
  return () => write;
}

/** A client of the brokers; nothing connects until it is used. */
export function makeKafka(settings: KafkaSettings, clientId: string, logger: Logger): Kafka {
  return new Kafka({
    clientId,
    brokers: settings.KAFKA_BROKERS.split(','),
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_500, retries: 6 },
    logLevel: logLevel.WARN,
    logCreator: logThrough(logger),
  });
}

/** The name that a topic (or a group) has on these brokers. */
export function nameOnBrokers(settings: KafkaSettings, name: string): string {
  return `${settings.KAFKA_TOPIC_PREFIX ?? ''}${name}`;
}

const PARTITIONS = 4;
const HOUR_MS = 3_600_000;
const HOUR_SECONDS = 3_600;

function configOf(topic: Topic, segmentSeconds: number): { name: string; value: string }[] {
  if (topic !== 'people') return [{ name: 'retention.ms', value: '-1' }];
  return [
    { name: 'cleanup.policy', value: 'compact' },
    { name: 'segment.ms', value: String(segmentSeconds * 1_000) },
    { name: 'max.compaction.lag.ms', value: String(24 * HOUR_MS) },
    { name: 'min.cleanable.dirty.ratio', value: '0.01' },
    { name: 'delete.retention.ms', value: String(7 * 24 * HOUR_MS) },
  ];
}

/** Makes the topics that are missing: three copies where there are three brokers, one on a single broker. */
export async function ensureTopics(
  admin: Admin,
  settings: Pick<KafkaSettings, 'KAFKA_TOPIC_PREFIX' | 'PEOPLE_SEGMENT_SECONDS'>,
  topics: readonly Topic[] = TOPICS,
): Promise<void> {
  const wanted = topics.map((topic) => ({ topic, name: `${settings.KAFKA_TOPIC_PREFIX ?? ''}${topic}` }));
  const there = new Set(await admin.listTopics());
  const missing = wanted.filter(({ name }) => !there.has(name));
  if (missing.length === 0) return;
  const copies = (await admin.describeCluster()).brokers.length >= 3 ? 3 : 1;
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map(({ topic, name }) => ({
      topic: name,
      numPartitions: PARTITIONS,
      replicationFactor: copies,
      configEntries: [
        ...configOf(topic, settings.PEOPLE_SEGMENT_SECONDS ?? HOUR_SECONDS),
        { name: 'min.insync.replicas', value: copies === 3 ? '2' : '1' },
      ],
    })),
  });
}
