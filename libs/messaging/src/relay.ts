import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer } from 'kafkajs';
import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { type CommonSettings, LOGGER, type PartHealth, SERVICE, SETTINGS } from '#libs/service-defaults';
import { toMessage } from './envelope.js';
import { ensureTopics, makeKafka, nameOnBrokers } from './kafka.js';
import { MessagingMetrics } from './messaging.metrics.js';
import { SHARDS } from './messaging-tables.js';
import { Nap } from './nap.js';
import { Outbox } from './outbox.js';

const BATCH = 500;
/** A relay takes at most half of the shards at once, so that another instance finds work too. */
const SHARDS_AT_ONCE = SHARDS / 2;
const LOCKS = 7_351_903;
const BUSY_MS = 20;
const IDLE_MS = 500;
const LONGEST_BACKOFF_MS = 5_000;
const PRUNE_EVERY_MS = 3_600_000;
const MEASURE_EVERY_MS = 1_000;
const STOP_PATIENCE_MS = 5_000;

interface WaitingRow {
  seq: string;
  fact: string;
  type: string;
  topic: string;
  aggregate_id: string;
  version: string;
  data: unknown;
  traceparent: string | null;
  at: Date;
}

/**
 * Tells what the outbox holds, in order per aggregate. Several instances share the work: a shard of keys is told by
 * whoever holds its advisory lock. Rows are found by what is not yet told, never by "after the last one", because
 * transactions commit in another order than they draw numbers.
 */
@Injectable()
export class Relay implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly kafka: Kafka;
  private producer?: Producer;
  private readonly nap = new Nap();
  private running?: Promise<void>;
  private stopping = false;
  private turn = 0;
  private trouble?: string;
  private topicsThere = false;
  private prunedAt = 0;
  private measuredAt = 0;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly metrics: MessagingMetrics,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
    @Inject(SERVICE) private readonly service: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.kafka = makeKafka(settings, `${service}-relay`, logger);
  }

  onModuleInit(): void {
    this.database.onCommit((tx) => {
      if (this.outbox.wroteIn(tx)) this.wake();
    });
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  /** Last of all: facts of requests that were finished during the stop are still told if the brokers answer. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    let patience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, STOP_PATIENCE_MS);
    });
    await Promise.race([this.running, enough]);
    clearTimeout(patience);
    await this.producer?.disconnect().catch(() => undefined);
  }

  /** Something was committed: look now. For use cases that insert into the outbox in SQL. */
  wake(): void {
    this.nap.end();
  }

  part(): PartHealth {
    return { name: 'outbox-relay', ok: this.trouble === undefined, note: this.trouble };
  }

  private async run(): Promise<void> {
    let pause = BUSY_MS;
    let failures = 0;
    while (!this.stopping) {
      try {
        const told = await this.sweep();
        if (this.trouble) this.logger.info('facts are told again');
        this.trouble = undefined;
        failures = 0;
        if (told === BATCH) continue;
        pause = told > 0 ? BUSY_MS : Math.min(pause * 2, IDLE_MS);
      } catch (error) {
        failures += 1;
        pause = Math.min(100 * 2 ** failures, LONGEST_BACKOFF_MS);
        if (!this.trouble) this.logger.warn({ err: error }, 'facts wait in the outbox');
        this.trouble = error instanceof Error ? error.message : String(error);
        await this.dropProducer();
        // A failing broker is asked again after the pause only: waking for each commit would hammer it.
        await this.nap.sleep(pause, { wakeable: false });
        continue;
      }
      await this.nap.sleep(pause);
    }
  }

  /** Tells one batch; answers how many facts. */
  private async sweep(): Promise<number> {
    await this.prune();
    await this.measure();
    const waiting = await this.database.query('SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1');
    if (waiting.length === 0) return 0;
    const producer = await this.connected();
    const client = await this.database.pool.connect();
    try {
      const told = await this.tellShards(client, producer);
      await client.query('SELECT pg_advisory_unlock_all()');
      client.release();
      return told;
    } catch (error) {
      // The locks go with the connection, whatever state it is in.
      client.release(true);
      throw error;
    }
  }

  private async tellShards(client: PoolClient, producer: Producer): Promise<number> {
    this.turn = (this.turn + SHARDS_AT_ONCE) % SHARDS;
    const { rows: locked } = await client.query<{ shard: number }>(
      `SELECT s AS shard FROM (SELECT (g + $2) % ${SHARDS} AS s FROM generate_series(0, ${SHARDS - 1}) g OFFSET 0) t
        WHERE CASE WHEN EXISTS (SELECT 1 FROM outbox WHERE published_at IS NULL AND shard = t.s)
                   THEN pg_try_advisory_lock($1, t.s) ELSE false END
        LIMIT ${SHARDS_AT_ONCE}`,
      [LOCKS, this.turn],
    );
    if (locked.length === 0) return 0;
    // A statement of its own: it must see what the last holder of these locks committed.
    const { rows } = await client.query<WaitingRow>(
      `SELECT seq, fact, type, topic, aggregate_id, version, data, traceparent, at
         FROM outbox WHERE published_at IS NULL AND shard = ANY ($1) ORDER BY seq LIMIT ${BATCH}`,
      [locked.map(({ shard }) => shard)],
    );
    if (rows.length === 0) return 0;
    await producer.sendBatch({ acks: -1, compression: CompressionTypes.None, topicMessages: this.byTopic(rows) });
    await client.query('UPDATE outbox SET published_at = clock_timestamp() WHERE seq = ANY ($1::bigint[])', [
      rows.map(({ seq }) => seq),
    ]);
    const now = Date.now();
    for (const row of rows) {
      this.metrics.published.inc({ topic: row.topic });
      this.metrics.publishDelay.observe((now - row.at.getTime()) / 1_000);
    }
    return rows.length;
  }

  private byTopic(rows: WaitingRow[]): { topic: string; messages: Message[] }[] {
    const topics = new Map<string, Message[]>();
    for (const row of rows) {
      const messages = topics.get(row.topic) ?? [];
      topics.set(row.topic, messages);
      const envelope = {
        fact: row.fact,
        type: row.type,
        aggregate: row.aggregate_id,
        version: Number(row.version),
        time: row.at.toISOString(),
        data: row.data,
        traceparent: row.traceparent ?? undefined,
      };
      messages.push(toMessage(envelope, this.service));
    }
    return [...topics].map(([topic, messages]) => ({ topic: nameOnBrokers(this.settings, topic), messages }));
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    if (!this.topicsThere) {
      const admin = this.kafka.admin();
      try {
        await admin.connect();
        await ensureTopics(admin, this.settings);
        this.topicsThere = true;
      } finally {
        await admin.disconnect().catch(() => undefined);
      }
    }
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  /** After a failed send its numbering is unsure; a new producer begins a new one, and inboxes drop what came twice. */
  private async dropProducer(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  private async measure(): Promise<void> {
    if (Date.now() - this.measuredAt < MEASURE_EVERY_MS) return;
    this.measuredAt = Date.now();
    const [look] = await this.database.query<{ n: string; oldest: string | null }>(
      `SELECT count(*) AS n, extract(epoch FROM clock_timestamp() - min(at)) AS oldest
         FROM (SELECT at FROM outbox WHERE published_at IS NULL LIMIT 10000) w`,
    );
    this.metrics.waiting.set(Number(look?.n ?? 0));
    this.metrics.oldestWaiting.set(Number(look?.oldest ?? 0));
  }

  /** What was told a week ago goes, a slice at a time. */
  private async prune(): Promise<void> {
    if (Date.now() - this.prunedAt < PRUNE_EVERY_MS) return;
    this.prunedAt = Date.now();
    await this.database.query(
      `DELETE FROM outbox WHERE seq IN (
         SELECT seq FROM outbox WHERE published_at < now() - interval '7 days' ORDER BY published_at LIMIT 20000)`,
    );
  }
}
