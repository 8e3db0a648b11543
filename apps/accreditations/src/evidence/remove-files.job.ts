import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { SECOND } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { EvidenceFiles } from './evidence-files.store.js';

const EVERY_MS = SECOND;
const AT_ONCE = 50;
/** Longer than the store may take for one round: what a crashed process had taken comes back after it. */
const TAKEN_FOR = '60 seconds';
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

/**
 * Removes files whose rows went away. The ids are written down in the transaction that forgets the rows, and a person's
 * file counts as kept until the store has said that it is gone.
 */
@Injectable()
export class RemoveFiles implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private stopListening?: () => void;
  private running?: Promise<unknown>;
  private stopping = false;
  private readonly noted = new WeakSet<Tx>();

  constructor(
    private readonly database: Database,
    private readonly files: EvidenceFiles,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), EVERY_MS).unref();
    this.stopListening = this.database.onCommit((tx) => {
      if (this.noted.has(tx)) this.wake();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    this.stopListening?.();
    await this.running;
  }

  /** The transaction wrote down files; they go once it is committed. */
  soon(tx: Tx): void {
    this.noted.add(tx);
  }

  private wake(): void {
    this.running ??= this.round()
      .catch((error: unknown) => this.log.warn({ err: error }, 'forgotten files could not be removed'))
      .finally(() => {
        this.running = undefined;
      });
  }

  /** @returns how many files went */
  async round(): Promise<number> {
    let gone = 0;
    while (!this.stopping) {
      const due = await this.due();
      for (const file of due) if (await this.remove(file)) gone++;
      if (due.length < AT_ONCE) break;
    }
    return gone;
  }

  private due(): Promise<{ id: string; attempts: number }[]> {
    return this.database.query(
      `WITH due AS (SELECT person_id, file_id FROM file_removal WHERE next_try_at <= clock_timestamp()
                     ORDER BY next_try_at, file_id LIMIT $1 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE file_removal r SET attempts = r.attempts + 1,
                             next_try_at = clock_timestamp() + $2::interval
                        FROM due WHERE (r.person_id, r.file_id) = (due.person_id, due.file_id)
                      RETURNING r.file_id, r.attempts)
       SELECT file_id AS id, min(attempts)::int AS attempts FROM taken GROUP BY file_id`,
      [AT_ONCE, TAKEN_FOR],
    );
  }

  /** Removes a file that is written down, or leaves it for later. */
  async remove({ id, attempts = 1 }: { id: string; attempts?: number }): Promise<boolean> {
    try {
      await this.files.remove(id);
    } catch (error) {
      this.log.warn({ err: error, file: id, attempts }, 'a forgotten file is still in the store');
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 8));
      await this.database.query(
        `UPDATE file_removal SET next_try_at = clock_timestamp() + $2 * interval '1 millisecond' WHERE file_id = $1`,
        [id, wait],
      );
      return false;
    }
    await this.database.query('DELETE FROM file_removal WHERE file_id = $1', [id]);
    return true;
  }
}
