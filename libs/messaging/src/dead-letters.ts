import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '#libs/persistence';
import type { Letter } from './read-message.js';

/** Letters that a consumer could not apply, and the keys behind which later ones wait. */
export class DeadLetters {
  constructor(
    private readonly consumer: string,
    private readonly database: Database,
  ) {}

  /** Which of these letters' keys are parked on their topic. */
  async parkedKeys(letters: readonly Letter[]): Promise<Set<string>> {
    const rows = await this.database.hot<{ key: string }>(
      'parked-keys',
      'SELECT key FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = ANY ($3)',
      [this.consumer, letters[0]?.topic, [...new Set(letters.map((letter) => letter.key))]],
    );
    return new Set(rows.map((row) => row.key));
  }

  /**
   * Keeps a letter with the reason. With `key`, everything after it on the same key waits behind it, in order.
   * A letter of `people` keeps its coordinates only: contact data must not outlive an erasure here.
   */
  park(letter: Letter, reason: string, attempts: number, options: { key: boolean }): Promise<void> {
    const personal = letter.topic === 'people';
    return this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO dead_letter (id, consumer, topic, partition, kafka_offset, key, fact, type, headers, body, reason, attempts)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (consumer, topic, partition, kafka_offset) DO UPDATE SET reason = excluded.reason, attempts = excluded.attempts`,
        [
          randomUUID(),
          this.consumer,
          letter.topic,
          letter.partition,
          letter.offset,
          letter.key,
          letter.fact ?? null,
          letter.type ?? null,
          JSON.stringify(letter.headers),
          personal ? null : letter.body,
          reason.slice(0, 2_000),
          attempts,
        ],
      );
      if (options.key)
        await tx.query('INSERT INTO parked_key (consumer, topic, key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
          this.consumer,
          letter.topic,
          letter.key,
        ]);
    });
  }

  /** An absorbing fact was applied: what waited behind has nothing left to say. */
  async settle(tx: Tx, letter: Letter): Promise<void> {
    await tx.query(
      `UPDATE dead_letter SET settled_at = clock_timestamp(), settled_as = 'absorbed'
        WHERE consumer = $1 AND topic = $2 AND key = $3 AND settled_at IS NULL`,
      [this.consumer, letter.topic, letter.key],
    );
    await this.unpark(tx, letter);
  }

  async unpark(tx: Tx, letter: Pick<Letter, 'topic' | 'key'>): Promise<void> {
    await tx.query(
      `DELETE FROM parked_key p WHERE consumer = $1 AND topic = $2 AND key = $3 AND NOT EXISTS (
         SELECT 1 FROM dead_letter d WHERE d.consumer = p.consumer AND d.topic = p.topic AND d.key = p.key AND d.settled_at IS NULL)`,
      [this.consumer, letter.topic, letter.key],
    );
  }

  /** The letters that somebody asked to apply again, oldest first. */
  async asked(): Promise<(Letter & { id: string })[]> {
    return this.database.hot<Letter & { id: string }>(
      'replays-asked',
      `SELECT id, topic, partition, kafka_offset AS offset, key, fact, type, headers, body, false AS absorbing FROM dead_letter
        WHERE consumer = $1 AND replay_asked AND settled_at IS NULL ORDER BY topic, partition, kafka_offset LIMIT 100`,
      [this.consumer],
    );
  }

  async replayed(letter: Letter & { id: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(`UPDATE dead_letter SET settled_at = clock_timestamp(), settled_as = 'replayed' WHERE id = $1`, [
        letter.id,
      ]);
      await this.unpark(tx, letter);
    });
  }

  async failedAgain(letter: { id: string }, reason: string): Promise<void> {
    await this.database.query(
      'UPDATE dead_letter SET replay_asked = false, attempts = attempts + 1, reason = $2 WHERE id = $1',
      [letter.id, reason.slice(0, 2_000)],
    );
  }

  async open(): Promise<number> {
    const [row] = await this.database.query<{ n: string }>(
      'SELECT count(*) AS n FROM dead_letter WHERE consumer = $1 AND settled_at IS NULL',
      [this.consumer],
    );
    return Number(row?.n ?? 0);
  }
}
