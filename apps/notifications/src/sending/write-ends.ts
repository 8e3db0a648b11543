import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database, isConnectionTrouble } from '#libs/persistence';
import type { LetterFacts } from '../letters/letter.rules.js';
import type { DueDelivery } from './take-due.js';

export interface End {
  state: 'sent' | 'failed' | 'withheld' | 'waiting-retry';
  trouble: string | null;
  afterMs: number;
  /** It may have been taken: what is sent after it is marked. */
  unclear?: boolean;
  /** What a preview needs beside the fact; no credential. */
  facts?: Partial<LetterFacts>;
  digest?: string;
}

/** Tries to write down how tries ended: about 50 s in all, less than the lease has left then. */
const WRITE_TRIES = 8;

const WRITE = `
  WITH ended AS (
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::float8[], $6::jsonb[], $7::text[], $8::bool[])
        AS e(id, attempts, state, trouble, after_ms, facts, digest, unclear)),
  written AS (
    -- Only the try that is still ours may write its end. A link that signs in leaves with its message.
    UPDATE delivery d SET state = e.state, trouble = e.trouble, handed_over = false,
           maybe_repeated = d.maybe_repeated OR e.unclear,
           next_try_at = clock_timestamp() + make_interval(secs => e.after_ms / 1000),
           sent_at = CASE WHEN e.state = 'sent' THEN clock_timestamp() END,
           facts = coalesce(e.facts, d.facts), content_digest = coalesce(e.digest, d.content_digest),
           address = CASE WHEN e.state = 'waiting-retry' THEN d.address END,
           data = CASE WHEN e.state <> 'waiting-retry' AND d.class = 'login' THEN '{}'::jsonb ELSE d.data END
      FROM ended e WHERE d.id = e.id AND d.attempts = e.attempts AND d.state = 'in-flight')
  UPDATE delivery_attempt a SET ended_at = clock_timestamp(), outcome = CASE WHEN e.unclear THEN 'unknown' ELSE e.state END, trouble = e.trouble
    FROM ended e WHERE a.delivery_id = e.id AND a.number = e.attempts AND a.ended_at IS NULL`;

/** Writes down how tries ended, all that ended while the last writing was under way in one statement. */
@Injectable()
export class WriteEnds {
  private waiting: { delivery: DueDelivery; end: End; done: () => void; failed: (error: unknown) => void }[] = [];
  private writing = false;

  constructor(private readonly database: Database) {}

  execute(delivery: DueDelivery, end: End): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ delivery, end, done, failed });
      if (!this.writing) void this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.write(batch);
        for (const one of batch) one.done();
      } catch (error) {
        for (const one of batch) one.failed(error);
      }
    }
    this.writing = false;
  }

  /** A message that left must not leave again because the database was away for a moment. */
  private async write(batch: { delivery: DueDelivery; end: End }[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.database.hot('write-ends', WRITE, [
          batch.map(({ delivery }) => delivery.id),
          batch.map(({ delivery }) => delivery.attempts),
          batch.map(({ end }) => end.state),
          batch.map(({ end }) => end.trouble),
          batch.map(({ end }) => end.afterMs),
          batch.map(({ end }) => (end.facts ? JSON.stringify(end.facts) : null)),
          batch.map(({ end }) => end.digest ?? null),
          batch.map(({ end }) => end.unclear ?? false),
        ]);
        return;
      } catch (error) {
        if (tries >= WRITE_TRIES || !isConnectionTrouble(error)) throw error;
        await wait(100 * 2 ** tries);
      }
    }
  }
}
