import { setTimeout as wait } from 'node:timers/promises';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { from, isObservable, lastValueFrom } from 'rxjs';
import type { Topic } from '#libs/contracts';
import type { Database } from '#libs/persistence';
import { DeadLetters } from './dead-letters.js';
import { type EventHandler, EventHandling, isOwnTrouble } from './event-handling.js';
import { letterOf } from './read-message.js';
import { ensureTopics } from './topics.js';

/** Letters of one transaction. */
const BATCH = 200;
const REPLAY_LOOK_MS = 1_000;
const WORST_BACKOFF_MS = 5_000;

export interface ConsumerOptions {
  /** Also the consumer group and the name in the inbox. */
  consumer: string;
  topics: readonly Topic[];
  topicPrefix: string;
}

/**
 * The consumer runtime behind `@EventPattern(type)`. Nest's own Kafka server retries a poison message for ever, commits
 * unhandled events and dies silently on some errors; here an event is applied once, in a transaction with the inbox,
 * offsets are committed after it, and a consumer that dies starts again in place.
 */
export class ConsumerStrategy extends Server implements CustomTransportStrategy {
  private consumer?: Consumer;
  private handling?: EventHandling;
  private readonly deadLetters: DeadLetters;
  private stopping = false;
  private state: 'starting' | 'running' | 'down' = 'starting';
  private replays?: NodeJS.Timeout;
  private replaying?: Promise<void>;
  private starting?: Promise<void>;
  handled = 0;

  constructor(
    private readonly kafka: Kafka,
    private readonly database: Database,
    private readonly options: ConsumerOptions,
    private readonly lines: Logger,
  ) {
    super();
    this.deadLetters = new DeadLetters(options.consumer, database);
  }

  /** Returns at once: a service also starts while Kafka is away, and its consumer joins when it is back. */
  listen(callback: (...args: unknown[]) => void): void {
    const handlers = new Map<string, EventHandler>();
    for (const [pattern, handler] of this.messageHandlers)
      handlers.set(pattern, async (event, context) => {
        const result = await handler(event, context);
        if (isObservable(result)) await lastValueFrom(from(result), { defaultValue: undefined });
      });
    this.handling = new EventHandling(this.options.consumer, this.database, this.deadLetters, handlers, this.lines);
    if (handlers.size > 0) {
      this.starting = this.start();
      this.replays = setInterval(() => {
        this.replaying ??= this.replayAsked().finally(() => {
          this.replaying = undefined;
        });
      }, REPLAY_LOOK_MS).unref();
    } else this.state = 'running';
    callback();
  }

  async close(): Promise<void> {
    this.stopping = true;
    clearInterval(this.replays);
    await this.replaying;
    await this.consumer?.disconnect().catch(() => undefined);
    await this.starting;
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  async health(): Promise<{ ok: boolean; note: string }> {
    const dead = await this.deadLetters.open().catch(() => 0);
    return { ok: this.state !== 'down' && dead === 0, note: `${this.state}, ${dead} dead letters` };
  }

  private async start(): Promise<void> {
    for (let failures = 0; !this.stopping; failures++) {
      try {
        await ensureTopics(this.kafka, this.options.topicPrefix);
        await this.join();
        return;
      } catch (error) {
        this.state = 'down';
        this.lines[failures === 3 ? 'warn' : 'debug']({ err: error }, 'consumer waits for the broker');
        await this.consumer?.disconnect().catch(() => undefined);
        await wait(Math.min(200 * 2 ** failures, WORST_BACKOFF_MS) * (0.5 + Math.random() / 2));
      }
    }
  }

  private async join(): Promise<void> {
    const { consumer: group, topics, topicPrefix } = this.options;
    const consumer = this.kafka.consumer({
      groupId: `${topicPrefix}${group}`,
      sessionTimeout: 10_000,
      heartbeatInterval: 1_000,
      rebalanceTimeout: 15_000,
      maxWaitTimeInMs: 250,
      allowAutoTopicCreation: false,
      retry: { retries: 5, initialRetryTime: 200, maxRetryTime: 2_000, restartOnFailure: async () => !this.stopping },
    });
    this.consumer = consumer;
    consumer.on('consumer.group_join', () => {
      this.state = 'running';
    });
    consumer.on('consumer.crash', ({ payload }) => {
      this.state = 'down';
      this.lines.warn({ err: payload.error, restart: payload.restart }, 'consumer crashed');
      // kafkajs gives up on what it calls non-retriable; a consumer that stays dead would be silence.
      if (!payload.restart && !this.stopping) this.starting = this.start();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: topics.map((topic) => `${topicPrefix}${topic}`), fromBeginning: true });
    await consumer.run({ eachBatchAutoResolve: false, eachBatch: (payload) => this.batch(payload) });
  }

  private async batch({
    batch,
    resolveOffset,
    heartbeat,
    commitOffsetsIfNecessary,
    isRunning,
    isStale,
  }: EachBatchPayload): Promise<void> {
    const topic = batch.topic.slice(this.options.topicPrefix.length) as Topic;
    for (let at = 0; at < batch.messages.length; at += BATCH) {
      const chunk = batch.messages.slice(at, at + BATCH);
      const letters = chunk.map((message) => letterOf(topic, batch.partition, message));
      for (let troubles = 0; ; troubles++) {
        if (!isRunning() || isStale()) return;
        try {
          await this.handling!.handle(letters);
          break;
        } catch (error) {
          if (!isOwnTrouble(error)) throw error;
          this.lines.warn({ err: error, topic }, 'consumer waits for its own parts');
          await wait(Math.min(100 * 2 ** troubles, 2_000) * (0.5 + Math.random() / 2));
          await heartbeat();
        }
      }
      this.handled += chunk.length;
      resolveOffset(chunk.at(-1)!.offset);
      await heartbeat();
      await commitOffsetsIfNecessary();
    }
  }

  private async replayAsked(): Promise<void> {
    const letters = await this.deadLetters.asked().catch(() => []);
    for (const letter of letters) {
      try {
        await this.handling!.replay(letter);
        await this.deadLetters.replayed(letter);
      } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        await this.deadLetters.failedAgain(letter, reason).catch(() => undefined);
      }
    }
  }
}
