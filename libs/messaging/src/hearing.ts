import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { BaseRpcContext } from '@nestjs/microservices';
import type { Logger } from 'pino';
import { eventDefinition, type Received, type Topic } from '#libs/contracts';
import { Refusal } from '#libs/kernel';
import { Database, isConnectionTrouble, sqlState, type Tx } from '#libs/persistence';
import { continueTrace, LOGGER, SERVICE, withCorrelation } from '#libs/service-defaults';
import { type Coordinates, parkedKeys, parkKey, settleKey, writeLetter } from './dead-letters.js';
import { contractProblem, type Envelope, isAbsorbing, type ReadMessage, received } from './envelope.js';
import { MessagingMetrics } from './messaging.metrics.js';

/** A message that arrived, and where it stood. `topic` is ours, without the prefix of the brokers. */
export interface Arrived {
  at: Coordinates & { topic: Topic };
  read: ReadMessage;
}

export type EventHandler = (event: Received, context: EventContext) => Promise<unknown>;

/** What a handler gets beside the event. Its writes, the inbox's and its consequences' commit together or not at all. */
export class EventContext extends BaseRpcContext<[Received]> {
  /** Calls `work` once the transaction is committed: for waking somebody, never for a consequence. */
  readonly afterCommit: (work: () => void) => void;

  constructor(
    event: Received,
    readonly tx: Tx,
    readonly traceparent: string | undefined,
    later: (() => void)[],
  ) {
    super([event]);
    this.afterCommit = (work) => void later.push(work);
  }
}

/** The handlers are fine, our own parts are not: nothing was decided, and the partition waits. */
export class OwnPartTrouble extends Error {}

const ATTEMPTS = 3;
const JITTER_MS = 40;

function isOwnPart(error: unknown): boolean {
  if (error instanceof Refusal && error.kind === 'unavailable') return true;
  return isConnectionTrouble(error) || ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '');
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  // A class and a SQLSTATE say what happened; a message may quote somebody's address.
  if (sqlState(error)) return `SQLSTATE ${sqlState(error)}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

type Handled = { arrived: Arrived; envelope: Envelope };

/** Hears facts: each once, in one transaction per batch, and none of them can stop those behind it for ever. */
@Injectable()
export class Hearing {
  private handlers = new Map<string, EventHandler>();

  constructor(
    private readonly database: Database,
    private readonly metrics: MessagingMetrics,
    @Inject(SERVICE) readonly consumer: string,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Told once at start by the strategy that collected them. */
  use(handlers: Map<string, EventHandler>): void {
    for (const type of handlers.keys())
      if (!eventDefinition(type) && !type.endsWith('.tombstone'))
        throw new Error(`a handler hears ${type}, which is in no contract`);
    this.handlers = handlers;
  }

  /**
   * Hears facts that came by another way than Kafka, through the same inbox: answers whether all of them are heard
   * (now or earlier).
   * @throws what the handler threw; nothing is kept then
   */
  async hear(topic: Topic, envelopes: readonly Envelope[]): Promise<void> {
    const batch = envelopes.map((envelope, n) => {
      const problem = this.handlers.has(envelope.type) ? contractProblem(envelope) : `nobody hears ${envelope.type}`;
      if (problem) throw new Error(problem);
      const at = { topic, partition: -1, offset: String(n) };
      return { arrived: { at, read: { kind: 'event' as const, envelope } }, envelope };
    });
    await this.transaction(topic, batch);
  }

  /**
   * Works through what arrived from one partition, in order.
   * @throws {OwnPartTrouble} when the database is away or busy: what is not committed comes again
   */
  async work(topic: Topic, arrived: readonly Arrived[], heartbeat: () => Promise<void>): Promise<void> {
    const wanted: Handled[] = [];
    for (const one of arrived) {
      if (one.read.kind === 'not-an-event') {
        await this.setAside(one, undefined, one.read.reason, 0, false);
        continue;
      }
      const { envelope } = one.read;
      if (!this.handlers.has(envelope.type)) continue;
      const problem = contractProblem(envelope);
      if (problem) await this.flush(topic, wanted.splice(0), heartbeat, { arrived: one, envelope, problem });
      else wanted.push({ arrived: one, envelope });
    }
    await this.flush(topic, wanted, heartbeat);
  }

  /** Does a batch, and after it sets aside the event that does not keep its contract, in order. */
  private async flush(
    topic: Topic,
    batch: Handled[],
    heartbeat: () => Promise<void>,
    broken?: Handled & { problem: string },
  ): Promise<void> {
    if (batch.length > 0) await this.batch(topic, batch, heartbeat);
    if (broken) await this.setAside(broken.arrived, broken.envelope, broken.problem, 0, true);
  }

  private async batch(topic: Topic, batch: Handled[], heartbeat: () => Promise<void>): Promise<void> {
    try {
      await this.transaction(topic, batch);
      return;
    } catch (error) {
      if (isOwnPart(error)) throw new OwnPartTrouble(reasonOf(error), { cause: error });
    }
    for (const one of batch) {
      await heartbeat();
      await this.oneByOne(topic, one);
    }
  }

  private async oneByOne(topic: Topic, one: Handled): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.transaction(topic, [one]);
        return;
      } catch (error) {
        if (isOwnPart(error)) throw new OwnPartTrouble(reasonOf(error), { cause: error });
        // A business "no" will be no again.
        if (attempt < ATTEMPTS && !(error instanceof Refusal)) {
          await wait(Math.random() * JITTER_MS * 2 ** attempt);
          continue;
        }
        await this.setAside(one.arrived, one.envelope, reasonOf(error), attempt, true);
        return;
      }
    }
  }

  /** One transaction: inbox, handlers of what is new, letters of what is parked. */
  private async transaction(topic: Topic, batch: Handled[]): Promise<void> {
    let later: (() => void)[] = [];
    let done: string[] = [];
    await this.database.transaction(async (tx) => {
      later = [];
      done = [];
      const keys = [...new Set(batch.map(({ envelope }) => envelope.aggregate))];
      const parked = await parkedKeys(tx, this.consumer, topic, keys);
      const behind = (one: Handled) => parked.has(one.envelope.aggregate) && !isAbsorbing(one.envelope);
      const fresh = await this.writeInbox(
        tx,
        topic,
        batch.filter((one) => !behind(one)),
      );
      for (const one of batch) {
        const { envelope, arrived } = one;
        if (behind(one)) {
          if (!(await this.heardBefore(tx, envelope)))
            await this.letter(tx, arrived, envelope, 'waits behind a parked event', 0);
          continue;
        }
        if (!fresh.delete(envelope.fact)) continue;
        await this.call(envelope, tx, later);
        done.push(envelope.type);
        if (parked.has(envelope.aggregate)) {
          await settleKey(tx, this.consumer, topic, envelope.aggregate);
          parked.delete(envelope.aggregate);
        }
      }
    });
    for (const type of done) this.metrics.handled.inc({ type });
    for (const work of later) {
      try {
        work();
      } catch (error) {
        this.logger.error({ err: error }, 'after a batch was committed');
      }
    }
  }

  /** Hears one letter again inside the transaction of its replay. */
  async again(tx: Tx, topic: Topic, envelope: Envelope, later: (() => void)[]): Promise<void> {
    const problem = contractProblem(envelope);
    if (problem) throw new Error(problem);
    const fresh = await this.writeInbox(tx, topic, [{ envelope }]);
    if (fresh.size > 0) await this.call(envelope, tx, later);
  }

  private call(envelope: Envelope, tx: Tx, later: (() => void)[]): Promise<unknown> {
    const event = received(envelope);
    const handler = this.handlers.get(envelope.type);
    if (!handler) throw new Error(`nobody hears ${envelope.type}`);
    return withCorrelation({ correlationId: envelope.fact, traceparent: envelope.traceparent }, () =>
      continueTrace(envelope.traceparent, () =>
        handler(event, new EventContext(event, tx, envelope.traceparent, later)),
      ),
    );
  }

  private async writeInbox(tx: Tx, topic: string, batch: { envelope: Envelope }[]): Promise<Set<string>> {
    if (batch.length === 0) return new Set();
    const rows = await tx.query<{ fact: string }[]>(
      `INSERT INTO inbox (consumer, fact, topic) SELECT $1, f, $2 FROM unnest($3::text[]) AS f
       ON CONFLICT (consumer, fact) DO NOTHING RETURNING fact`,
      [this.consumer, topic, batch.map(({ envelope }) => envelope.fact)],
    );
    return new Set(rows.map(({ fact }) => fact));
  }

  private async heardBefore(tx: Tx, envelope: Envelope): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT 1 FROM inbox WHERE consumer = $1 AND fact = $2', [
      this.consumer,
      envelope.fact,
    ]);
    return rows.length > 0;
  }

  private async setAside(
    arrived: Arrived,
    envelope: Envelope | undefined,
    reason: string,
    attempts: number,
    park: boolean,
  ): Promise<void> {
    try {
      await this.database.transaction(async (tx) => {
        if (envelope && (await this.heardBefore(tx, envelope))) return;
        await this.letter(tx, arrived, envelope, reason, attempts);
        if (park && envelope) await parkKey(tx, this.consumer, arrived.at.topic, envelope.aggregate);
      });
    } catch (error) {
      if (isOwnPart(error)) throw new OwnPartTrouble(reasonOf(error), { cause: error });
      throw error;
    }
    this.metrics.deadLetters.inc({ topic: arrived.at.topic });
    this.logger.error({ part: 'hearing', ...arrived.at, type: envelope?.type, reason, attempts }, 'dead letter');
  }

  private letter(tx: Tx, arrived: Arrived, envelope: Envelope | undefined, reason: string, attempts: number) {
    const key = arrived.read.kind === 'event' ? arrived.read.envelope.aggregate : arrived.read.key;
    const personal = arrived.at.topic === 'people';
    return writeLetter(tx, { consumer: this.consumer, at: arrived.at, key, envelope, reason, attempts, personal });
  }
}
