import { Inject, Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Topic } from '#libs/contracts';
import { type CommonSettings, LOGGER, type PartHealth, SETTINGS } from '#libs/service-defaults';
import { readMessage } from './envelope.js';
import { type EventHandler, Hearing, OwnPartTrouble } from './hearing.js';
import { ensureTopics, makeKafka, nameOnBrokers } from './kafka.js';
import { MessagingMetrics } from './messaging.metrics.js';
import { Nap } from './nap.js';

/** Injection token: the topics that the service hears. */
export const CONSUMES = Symbol('consumes');

/** Facts per transaction. */
const SLICE = 1_000;
/** While one partition's transaction waits for the database, another's handlers work. */
const PARTITIONS_AT_ONCE = 3;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5_000;
/** How long a fetch waits at the broker for something new; also the longest that a stop waits for it. */
const FETCH_WAIT_MS = 500;
/** How long a stop waits for each of its steps when the brokers don't answer. */
const STOP_PATIENCE_MS = 4_000;

/** Waits for `work` to end, in whichever way, but no longer than that. */
async function atMost(ms: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work?.catch(() => undefined), enough]);
  clearTimeout(timer);
}

/**
 * The way from Kafka to `@EventPattern` handlers. Offsets are committed only after the batch's transaction; a consumer
 * that dies for whatever reason is built anew in place.
 */
@Injectable()
export class ConsumerStrategy extends Server implements CustomTransportStrategy {
  private readonly kafka: Kafka;
  private readonly group: string;
  private readonly topics = new Map<string, Topic>();
  private readonly paused = new Map<string, { tries: number; timer?: NodeJS.Timeout }>();
  private readonly nap = new Nap();
  private consumer?: Consumer;
  private running?: Promise<void>;
  private joining?: Promise<void>;
  private stopping = false;
  private trouble?: string = 'not connected yet';

  constructor(
    private readonly hearing: Hearing,
    private readonly metrics: MessagingMetrics,
    @Inject(CONSUMES) consumes: readonly Topic[],
    @Inject(SETTINGS) private readonly settings: CommonSettings,
    @Inject(LOGGER) private readonly lines: Logger,
  ) {
    super();
    this.kafka = makeKafka(settings, hearing.consumer, lines);
    this.group = nameOnBrokers(settings, hearing.consumer);
    for (const topic of consumes) this.topics.set(nameOnBrokers(settings, topic), topic);
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.hearing.use(this.eventHandlers());
      if (this.topics.size > 0) this.running ??= this.supervise();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.nap.endForGood();
    for (const { timer } of this.paused.values()) clearTimeout(timer);
    // kafkajs forgets a consumer that is told to stop while it joins, and that one would hear for ever.
    await atMost(STOP_PATIENCE_MS, this.joining);
    await atMost(STOP_PATIENCE_MS, this.consumer?.disconnect());
    await atMost(STOP_PATIENCE_MS, this.running);
  }

  part(): PartHealth {
    if (this.topics.size === 0) return { name: 'kafka-consumer', ok: true, note: 'hears nothing' };
    const busy = [...this.paused.keys()];
    const note = this.trouble ?? (busy.length > 0 ? `waits to repeat ${busy.join(', ')}` : undefined);
    return { name: 'kafka-consumer', ok: note === undefined, note };
  }

  on(): never {
    throw new Error('the consumer has no events of its own; see /health/parts');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  private eventHandlers(): Map<string, EventHandler> {
    const handlers = new Map<string, EventHandler>();
    for (const [type, handler] of this.messageHandlers)
      handlers.set(type, async (event, context) => {
        const result: unknown = await handler(event, context);
        if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
      });
    return handlers;
  }

  /** Builds consumers one after the other until the service stops. */
  private async supervise(): Promise<void> {
    let failures = 0;
    while (!this.stopping) {
      const began = Date.now();
      try {
        await this.consume();
      } catch (error) {
        this.trouble = error instanceof Error ? error.message : String(error);
        if (!this.stopping && failures === 0)
          this.lines.warn({ part: 'kafka', reason: this.trouble }, 'consumer is down');
      }
      if (this.stopping) return;
      failures = Date.now() - began > 30_000 ? 1 : failures + 1;
      await this.nap.sleep(Math.min(FIRST_BACKOFF_MS * 2 ** failures, LONGEST_BACKOFF_MS));
    }
  }

  /** One consumer's life; returns or throws when it is over. */
  private async consume(): Promise<void> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      await ensureTopics(admin, this.settings, [...this.topics.values()]);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    const consumer = this.kafka.consumer({
      groupId: this.group,
      sessionTimeout: 10_000,
      heartbeatInterval: 1_000,
      rebalanceTimeout: 15_000,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 1_500, retries: 6, restartOnFailure: async () => false },
    });
    this.consumer = consumer;
    const died = new Promise<Error>((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    });
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.trouble = undefined;
    });
    const stopped = new Promise<undefined>((resolve) => {
      consumer.on(consumer.events.STOP, () => resolve(undefined));
    });
    try {
      this.joining = this.join(consumer);
      await this.joining;
      if (this.stopping) return;
      const error = await Promise.race([died, stopped]);
      if (error) throw error;
    } finally {
      this.trouble ??= 'starts again';
      for (const { timer } of this.paused.values()) clearTimeout(timer);
      this.paused.clear();
      await consumer.disconnect().catch(() => undefined);
    }
  }

  private async join(consumer: Consumer): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.topics.keys()], fromBeginning: true });
    if (this.stopping) return;
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      eachBatch: (batch) => this.batch(batch),
    });
  }

  private async batch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale, pause } = payload;
    const topic = this.topics.get(batch.topic);
    if (!topic) return;
    const { partition } = batch;
    const place = `${topic}/${partition}`;
    for (let from = 0; from < batch.messages.length; from += SLICE) {
      if (!isRunning() || isStale()) return;
      const slice = batch.messages.slice(from, from + SLICE);
      const arrived = slice.map((message) => ({
        at: { topic, partition, offset: message.offset },
        read: readMessage(topic, message),
      }));
      try {
        await this.hearing.work(topic, arrived, heartbeat);
      } catch (error) {
        if (!(error instanceof OwnPartTrouble)) throw error;
        this.wait(place, pause(), error);
        return;
      }
      this.paused.delete(place);
      const last = slice.at(-1)!.offset;
      resolveOffset(last);
      await this.commit(payload, last);
      await heartbeat();
      this.metrics.lag.set({ topic, partition }, Number(BigInt(batch.highWatermark) - BigInt(last) - 1n));
    }
  }

  private commit({ batch, commitOffsetsIfNecessary }: EachBatchPayload, last: string): Promise<void> {
    const offset = String(BigInt(last) + 1n);
    return commitOffsetsIfNecessary({
      topics: [{ topic: batch.topic, partitions: [{ partition: batch.partition, offset }] }],
    });
  }

  /** Our own parts are away: the partition rests and is read again from where it stands. */
  private wait(place: string, resume: () => void, error: OwnPartTrouble): void {
    const tries = (this.paused.get(place)?.tries ?? 0) + 1;
    const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** tries, LONGEST_BACKOFF_MS) * (0.5 + Math.random() / 2);
    if (tries === 1) this.lines.warn({ part: 'hearing', place, reason: error.message }, 'partition waits');
    this.paused.set(place, { tries, timer: setTimeout(resume, backoff) });
  }
}
