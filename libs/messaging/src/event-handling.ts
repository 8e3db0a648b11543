import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Received } from '#libs/contracts';
import { type Database, isConnectionTrouble, sqlState, type Tx } from '#libs/persistence';
import { withCorrelation } from '#libs/service-defaults';
import type { DeadLetters } from './dead-letters.js';
import type { EventContext } from './event-context.js';
import { type Letter, openLetter } from './read-message.js';

export type EventHandler = (event: Received, context: EventContext) => Promise<unknown>;

/** How often an event may fail by itself before it is parked. */
const ATTEMPTS = 3;

/** Trouble with our own parts says nothing about an event: never an attempt, only a wait. */
export function isOwnTrouble(error: unknown): boolean {
  if (isConnectionTrouble(error) || ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '')) return true;
  return error instanceof Error && 'kind' in error && error.kind === 'unavailable';
}

interface Readable {
  letter: Letter;
  event: Received;
  handler: EventHandler;
}

/** Applies letters to this service: each fact once, a batch in one transaction, a poison event out of the way. */
export class EventHandling {
  constructor(
    private readonly consumer: string,
    private readonly database: Database,
    private readonly deadLetters: DeadLetters,
    private readonly handlers: ReadonlyMap<string, EventHandler>,
    private readonly logger: Logger,
  ) {}

  /** Throws only for own trouble; the caller waits and comes again with the same letters. */
  async handle(letters: readonly Letter[]): Promise<void> {
    const readable = await this.readable(letters);
    if (readable.length === 0) return;
    const parked = await this.deadLetters.parkedKeys(readable.map(({ letter }) => letter));
    if (parked.size === 0 && (await this.wholeBatch(readable))) return;
    for (const item of readable) await this.single(item, parked);
  }

  /** Applies a parked letter again, through the inbox like any other. */
  async replay(letter: Letter): Promise<void> {
    const opened = openLetter(letter);
    if ('trouble' in opened) throw new Error(opened.trouble);
    const handler = this.handlers.get(opened.event.type);
    if (handler) await this.inTransaction([{ letter, event: opened.event, handler }]);
  }

  private async readable(letters: readonly Letter[]): Promise<Readable[]> {
    const out: Readable[] = [];
    for (const letter of letters) {
      const handler = letter.type === undefined ? undefined : this.handlers.get(letter.type);
      // Nobody here wants this type; a message without any type is nobody's event and is kept for a look.
      if (!handler && letter.type !== undefined) continue;
      const opened = openLetter(letter);
      if ('trouble' in opened) await this.deadLetters.park(letter, opened.trouble, 1, { key: false });
      else if (handler) out.push({ letter, event: opened.event, handler });
    }
    return out;
  }

  private async wholeBatch(items: readonly Readable[]): Promise<boolean> {
    try {
      await this.inTransaction(items);
      return true;
    } catch (error) {
      if (isOwnTrouble(error)) throw error;
      this.logger.debug({ err: error }, 'a batch is done again one by one');
      return false;
    }
  }

  private async single(item: Readable, parked: Set<string>): Promise<void> {
    const { letter } = item;
    const behind = parked.has(letter.key);
    if (behind && !letter.absorbing) {
      await this.deadLetters.park(letter, 'behind a parked event of its key', 0, { key: true });
      return;
    }
    for (let attempt = 1; ; attempt++) {
      try {
        await this.inTransaction([item], behind ? (tx) => this.deadLetters.settle(tx, letter) : undefined);
        if (behind) parked.delete(letter.key);
        return;
      } catch (error) {
        if (isOwnTrouble(error)) throw error;
        if (attempt < ATTEMPTS) {
          await wait(20 * 2 ** attempt * (0.5 + Math.random()));
          continue;
        }
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        this.logger.error({ err: error, type: letter.type, fact: letter.fact, key: letter.key }, 'event parked');
        await this.deadLetters.park(letter, reason, attempt, { key: true });
        parked.add(letter.key);
        return;
      }
    }
  }

  private async inTransaction(items: readonly Readable[], before?: (tx: Tx) => Promise<void>): Promise<void> {
    let after: (() => void)[] = [];
    await this.database.transaction(async (tx) => {
      after = [];
      await before?.(tx);
      const fresh: { fact: string }[] = await tx.query(
        'INSERT INTO inbox (consumer, fact) SELECT $1, f FROM unnest($2::uuid[]) AS f ON CONFLICT DO NOTHING RETURNING fact',
        [this.consumer, items.map(({ event }) => event.fact)],
      );
      const unseen = new Set(fresh.map((row) => row.fact));
      for (const { event, handler, letter } of items) {
        if (!unseen.delete(event.fact)) continue;
        const context: EventContext = { tx, afterCommit: (work) => after.push(work) };
        await withCorrelation({ correlationId: event.fact, traceparent: letter.headers.traceparent }, () =>
          handler(event, context),
        );
      }
    });
    for (const work of after) work();
  }
}
