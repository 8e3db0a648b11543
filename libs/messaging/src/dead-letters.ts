import type { Tx } from '#libs/persistence';
import type { Envelope } from './envelope.js';

/** Where a message stands. */
export interface Coordinates {
  topic: string;
  partition: number;
  offset: string;
}

export interface DeadLetter extends Coordinates {
  id: string;
  consumer: string;
  key: string | null;
  fact: string | null;
  type: string | null;
  /** Null where the topic carries personal data. */
  event: Envelope | null;
  reason: string;
  attempts: number;
  state: 'open' | 'replay' | 'replayed' | 'dropped' | 'settled';
  at: Date;
  ended_at: Date | null;
}

type Ask = <R>(sql: string, parameters?: unknown[]) => Promise<R[]>;

const COLUMNS = `id, consumer, topic, "partition", "offset", key, fact, type, event, reason, attempts, state, at, ended_at`;

/** What a person may do with dead letters. Works on the service's database alone; the service itself replays. */
export class DeadLetters {
  constructor(private readonly ask: Ask) {}

  list(all = false): Promise<DeadLetter[]> {
    return this.ask<DeadLetter>(
      `SELECT ${COLUMNS} FROM dead_letter ${all ? '' : "WHERE state IN ('open', 'replay')"} ORDER BY id`,
    );
  }

  async show(id: string): Promise<DeadLetter | undefined> {
    return (await this.ask<DeadLetter>(`SELECT ${COLUMNS} FROM dead_letter WHERE id = $1`, [id]))[0];
  }

  /**
   * Asks the service to hear the letter again, with all open letters of its key in their order.
   * Answers how many were asked for.
   */
  async replay(id: string): Promise<number> {
    const asked = await this.ask(
      `WITH asked AS (
         UPDATE dead_letter d SET state = 'replay' FROM dead_letter one
          WHERE one.id = $1 AND one.state = 'open' AND d.state = 'open' AND d.consumer = one.consumer AND d.topic = one.topic
            AND (d.id = one.id OR d.key = one.key) RETURNING d.id)
       SELECT id FROM asked`,
      [id],
    );
    return asked.length;
  }

  /** Gives a letter up: its fact counts as heard. The key is free again when nothing waits behind it. */
  async drop(id: string): Promise<boolean> {
    const dropped = await this.ask(
      `WITH gone AS (
         UPDATE dead_letter SET state = 'dropped', ended_at = clock_timestamp()
          WHERE id = $1 AND state IN ('open', 'replay') RETURNING id, consumer, topic, key, fact),
       heard AS (
         INSERT INTO inbox (consumer, fact, topic) SELECT consumer, fact, topic FROM gone WHERE fact IS NOT NULL
         ON CONFLICT DO NOTHING),
       freed AS (
         DELETE FROM parked_key p USING gone g
          WHERE p.consumer = g.consumer AND p.topic = g.topic AND p.key = g.key
            AND NOT EXISTS (SELECT 1 FROM dead_letter d WHERE d.consumer = g.consumer AND d.topic = g.topic
                               AND d.key = g.key AND d.id <> g.id AND d.state IN ('open', 'replay')))
       SELECT id FROM gone`,
      [id],
    );
    return dropped.length > 0;
  }
}

export interface NewLetter {
  consumer: string;
  at: Coordinates;
  key: string | null;
  envelope?: Envelope;
  reason: string;
  attempts: number;
  /** True where the topic carries personal data: only the coordinates are kept. */
  personal: boolean;
}

const REASON_LENGTH = 500;

export async function writeLetter(tx: Tx, letter: NewLetter): Promise<void> {
  const { at, envelope } = letter;
  await tx.query(
    `INSERT INTO dead_letter (consumer, topic, "partition", "offset", key, fact, type, event, reason, attempts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (consumer, topic, "partition", "offset") DO NOTHING`,
    [
      letter.consumer,
      at.topic,
      at.partition,
      at.offset,
      letter.key,
      envelope?.fact ?? null,
      envelope?.type ?? null,
      envelope && !letter.personal ? JSON.stringify(envelope) : null,
      letter.reason.slice(0, REASON_LENGTH),
      letter.attempts,
    ],
  );
}

export async function parkKey(tx: Tx, consumer: string, topic: string, key: string): Promise<void> {
  await tx.query(
    'INSERT INTO parked_key (consumer, topic, key) VALUES ($1, $2, $3) ON CONFLICT (consumer, topic, key) DO NOTHING',
    [consumer, topic, key],
  );
}

/** Which of the keys are parked. Locks what it finds, so that a replay can't free a key while we add to its letters. */
export async function parkedKeys(tx: Tx, consumer: string, topic: string, keys: string[]): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }[]>(
    'SELECT key FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = ANY ($3) FOR SHARE',
    [consumer, topic, keys],
  );
  return new Set(rows.map(({ key }) => key));
}

/** An absorbing fact made what waits behind a key pointless: it counts as heard, and the key is free. */
export async function settleKey(tx: Tx, consumer: string, topic: string, key: string): Promise<void> {
  await tx.query(
    `WITH settled AS (
       UPDATE dead_letter SET state = 'settled', ended_at = clock_timestamp()
        WHERE consumer = $1 AND topic = $2 AND key = $3 AND state IN ('open', 'replay') RETURNING fact)
     INSERT INTO inbox (consumer, fact, topic) SELECT $1, fact, $2 FROM settled WHERE fact IS NOT NULL
     ON CONFLICT DO NOTHING`,
    [consumer, topic, key],
  );
  await tx.query('DELETE FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = $3', [consumer, topic, key]);
}
