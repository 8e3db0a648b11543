import { setTimeout as wait } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { type Kafka, Partitioners, type Producer, type TopicMessages } from 'kafkajs';
import type { Logger } from 'pino';
import type { Database } from '#libs/persistence';
import type { Outbox } from './outbox.js';
import { SHARDS } from './tables.js';

const BATCH = 500;
const BUSY_MS = 25;
const IDLE_MS = 500;
/** For this long after the last row the relay keeps looking often: rows of SQL functions in other processes follow. */
const STAYS_BUSY_MS = 1_000;
const WORST_BACKOFF_MS = 5_000;
const KEEP_PUBLISHED = '1 day';
const PRUNE_EVERY_MS = 60_000;
/** First half of the advisory lock's key; the second is the shard. */
const LOCK_CLASS = 50_117;

interface OutboxRow {
  seq: string;
  fact: string;
  type: string;
  topic: string;
  aggregate_id: string;
  version: string;
  data: unknown;
  traceparent: string | null;
  made_at: Date;
}

export interface RelayOptions {
  service: string;
  topicPrefix: string;
}

/**
 * Tells Kafka what the outbox holds. Several relays share the shards by advisory locks; within a shard rows go in the
 * order of `seq`, and what commits late is found late but found, because nothing remembers a highest number.
 * Kafka being away costs time, never a row.
 */
export class Relay implements OnApplicationBootstrap, OnApplicationShutdown {
  private producer?: Producer;
  private running = true;
  private loop?: Promise<void>;
  private rouse?: () => void;
  private roused = false;
  private lastRowAt = 0;
  private prunedAt = Date.now();
  private failures = 0;
  private readonly forget: () => void;

  constructor(
    private readonly database: Database,
    private readonly kafka: Kafka,
    outbox: Outbox,
    private readonly logger: Logger,
    private readonly options: RelayOptions,
  ) {
    this.forget = database.onCommit((tx) => {
      if (outbox.told(tx)) this.wake();
    });
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.running = false;
    this.forget();
    this.wake();
    await this.loop;
    await this.producer?.disconnect().catch(() => undefined);
  }

  /** After a commit that told something; cheap and safe to call at any time. */
  wake(): void {
    this.roused = true;
    this.rouse?.();
  }

  get healthy(): boolean {
    return this.failures < 3;
  }

  private async run(): Promise<void> {
    while (this.running) {
      try {
        const published = await this.publishOnce();
        this.failures = 0;
        if (published > 0) this.lastRowAt = Date.now();
        if (published < BATCH) await this.rest(Date.now() - this.lastRowAt < STAYS_BUSY_MS ? BUSY_MS : IDLE_MS);
        await this.prune();
      } catch (error) {
        this.failures++;
        this.logger[this.failures === 3 ? 'warn' : 'debug']({ err: error }, 'outbox waits for the broker');
        await this.dropProducer();
        await wait(Math.min(100 * 2 ** this.failures, WORST_BACKOFF_MS) * (0.5 + Math.random() / 2));
      }
    }
  }

  /** One batch of the shards that no other relay has; answers how many rows were told. */
  async publishOnce(): Promise<number> {
    const [any] = await this.database.hot<{ waiting: boolean }>(
      'outbox-waiting',
      'SELECT EXISTS (SELECT 1 FROM outbox WHERE published_at IS NULL) AS waiting',
      [],
    );
    if (!any?.waiting) return 0;
    const producer = await this.connected();
    return this.database.source.transaction(async (tx) => {
      const locks: { shard: number }[] = await tx.query(
        'SELECT shard FROM generate_series(0, $2 - 1) AS shard WHERE pg_try_advisory_xact_lock($1, shard)',
        [LOCK_CLASS, SHARDS],
      );
      if (locks.length === 0) return 0;
      const rows: OutboxRow[] = await tx.query(
        `SELECT seq, fact, type, topic, aggregate_id, version, data, traceparent, made_at FROM outbox
          WHERE published_at IS NULL AND shard = ANY ($1) ORDER BY seq LIMIT ${BATCH}`,
        [locks.map((lock) => lock.shard)],
      );
      if (rows.length === 0) return 0;
      await producer.sendBatch({ acks: -1, timeout: 5_000, topicMessages: this.messages(rows) });
      await tx.query('UPDATE outbox SET published_at = clock_timestamp() WHERE seq = ANY ($1)', [
        rows.map((row) => row.seq),
      ]);
      return rows.length;
    });
  }

  private messages(rows: OutboxRow[]): TopicMessages[] {
    const byTopic = Map.groupBy(rows, (row) => row.topic);
    return [...byTopic].map(([topic, list]) => ({
      topic: `${this.options.topicPrefix}${topic}`,
      messages: list.map((row) => ({
        key: row.aggregate_id,
        value: row.data === null ? null : JSON.stringify(row.data),
        headers: {
          ce_specversion: '1.0',
          ce_id: row.fact,
          ce_type: row.type,
          ce_source: `/seans/${this.options.service}`,
          ce_subject: row.aggregate_id,
          ce_time: row.made_at.toISOString(),
          ce_aggregateversion: row.version,
          'content-type': 'application/json',
          ...(row.traceparent && { traceparent: row.traceparent }),
        },
      })),
    }));
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = this.kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // The relay itself asks again, with a new producer: a call must end while Kafka is away.
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async dropProducer(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  private async rest(ms: number): Promise<void> {
    if (!this.roused && this.running)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.rouse = undefined;
    this.roused = false;
  }

  private async prune(): Promise<void> {
    if (Date.now() - this.prunedAt < PRUNE_EVERY_MS) return;
    this.prunedAt = Date.now();
    await this.database.query(
      `DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE published_at < now() - interval '${KEEP_PUBLISHED}' LIMIT 5000)`,
    );
  }
}
