import type { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { newId, Refusal } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { BadgeRow } from '../badges/badge.entity.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { RemoveFiles } from '../evidence/remove-files.job.js';
import { DrawBadges } from './draw-badges.js';
import { forgetPdfs } from './forget-pdfs.js';
import { BadgePrintRow, PrintBatchRow } from './print.entity.js';
import { MOST_FAILURES, PDF_KEPT_DAYS, WAIT_AFTER_FAILURE } from './print.rules.js';

/** Badges whose rows and photos are in memory together. */
const AT_ONCE = 20;
/** Longer than twenty badges take; who says nothing for so long is taken for dead. */
const TAKEN_FOR = '60 seconds';
/** A thousand badges of two sides with photos have about 100 MB. */
const LARGEST_PDF = 400 * 1024 * 1024;

interface Taken {
  id: string;
  attempt: number;
}

interface Drawn {
  bytes: number;
  /** Badges that have a page. */
  badges: number;
}

/** Thrown where the batch is somebody else's by now, or the process goes down: nothing is kept, nothing failed. */
class NoLongerOurs extends Error {}

/** Draws one batch into one sealed PDF, with its progress in the batch's row. */
@Injectable()
export class DrawBatch implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly badges: DrawBadges,
    private readonly files: EvidenceFiles,
    private readonly removing: RemoveFiles,
  ) {}

  onModuleInit(): void {
    this.files.ownedBy(async (ids) => {
      const rows = await this.database.query<{ id: string }>(
        'SELECT file_id AS id FROM print_batch WHERE file_id = ANY ($1)',
        [[...ids]],
      );
      return rows.map((row) => row.id);
    });
  }

  /**
   * Takes the oldest batch that waits and draws it from its first badge.
   * @returns false when there is none
   */
  async next(stopping: () => boolean = () => false): Promise<boolean> {
    await this.failSilent();
    const [taken] = await this.database.query<{ id: string; attempt: number }>(
      `WITH due AS (SELECT id FROM print_batch
                     WHERE state = 'waiting' AND next_try_at <= clock_timestamp()
                     ORDER BY ordered_at LIMIT 1 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE print_batch b
                         SET state = 'drawing', done = 0, skipped = 0, attempts = b.attempts + 1,
                             taken_until = clock_timestamp() + $1::interval
                        FROM due WHERE b.id = due.id RETURNING b.id, b.attempts)
       SELECT id, attempts AS attempt FROM taken`,
      [TAKEN_FOR],
    );
    if (!taken) return false;
    const fileId = newId();
    try {
      const drawn = await this.draw(taken, fileId, stopping);
      await this.files.keep(fileId);
      await this.finish(taken, fileId, drawn);
    } catch (error) {
      // Whether anything else, a lost answer to COMMIT say, left the file with the batch is for the sweep to see.
      if (error instanceof NoLongerOurs || error instanceof Refusal)
        await this.files.remove(fileId).catch(() => undefined);
      if (error instanceof NoLongerOurs) return false;
      await this.putBack(taken);
      throw error;
    }
    return true;
  }

  /** PDFs that were kept long enough; what became of their badges stays. */
  async forgetOld(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(forgetPdfs(`file_id IS NOT NULL AND ready_at < now() - $1 * interval '1 day'`), [PDF_KEPT_DAYS]);
      this.removing.soon(tx);
    });
  }

  private async draw(taken: Taken, fileId: string, stopping: () => boolean): Promise<Drawn> {
    const manager = this.database.source.manager;
    const batch = await manager.findOneByOrFail(PrintBatchRow, { id: taken.id });
    const sheet = await this.badges.open(batch);
    const stored = this.files.receive(fileId, sheet.stream as unknown as Readable, LARGEST_PDF);
    // A failure in the middle is told by the drawing; the reader then ends for want of more.
    stored.catch(() => undefined);
    let [done, skipped] = [0, 0];
    try {
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const prints = await manager
          .createQueryBuilder(BadgePrintRow, 'p')
          .where(`p.batchId = :batch AND p.id > :after AND p.state = 'queued'`, { batch: batch.id, after })
          .orderBy('p.id')
          .take(AT_ONCE)
          .getMany();
        if (prints.length === 0) break;
        after = prints.at(-1)!.id;
        const found = await manager.findBy(BadgeRow, { id: In(prints.map((print) => print.badgeId)) });
        const byId = new Map(found.map((badge) => [badge.id, badge]));
        const ordered = prints.map((print) => byId.get(print.badgeId)!);
        const living = ordered.filter((badge) => badge.state === 'live');
        await this.spoil(prints.filter((print) => byId.get(print.badgeId)!.state !== 'live'));
        skipped += ordered.length - living.length;
        await this.badges.draw(sheet, batch, living);
        done += ordered.length;
        await this.tell(taken, done, skipped);
        if (stopping()) {
          await this.giveUp(taken);
          throw new NoLongerOurs();
        }
      }
      await sheet.finish();
    } catch (error) {
      sheet.stream.destroy();
      throw error;
    }
    return { bytes: (await stored).bytes, badges: done - skipped };
  }

  /** A badge that ended while it waited has no page: its paper would open nothing. */
  private async spoil(prints: readonly BadgePrintRow[]): Promise<void> {
    if (prints.length === 0) return;
    await this.database.query(
      `UPDATE badge_print SET state = 'spoiled', since = clock_timestamp() WHERE id = ANY ($1) AND state = 'queued'`,
      [prints.map((print) => print.id)],
    );
  }

  private async tell({ id, attempt }: Taken, done: number, skipped: number): Promise<void> {
    const ours = await this.database.query(
      `WITH told AS (UPDATE print_batch SET done = $3, skipped = $4, taken_until = clock_timestamp() + $5::interval
                      WHERE id = $1 AND state = 'drawing' AND attempts = $2 RETURNING id)
       SELECT id FROM told`,
      [id, attempt, done, skipped, TAKEN_FOR],
    );
    if (ours.length === 0) throw new NoLongerOurs();
  }

  /**
   * What was drawn must still be what waits: a badge that ended meanwhile, perhaps because its holder is erased, or that
   * was printed at the desk must not stand in the PDF. Else it is drawn anew.
   */
  private async finish(taken: Taken, fileId: string, drawn: Drawn): Promise<void> {
    const ready = await this.database.transaction(async (tx) => {
      const [ours]: unknown[] = await tx.query(
        `SELECT 1 FROM print_batch WHERE id = $1 AND state = 'drawing' AND attempts = $2 FOR UPDATE`,
        [taken.id, taken.attempt],
      );
      if (!ours) return false;
      const [waiting]: { badges: number }[] = await tx.query(
        `SELECT count(*)::int AS badges FROM badge_print p JOIN badge b ON b.id = p.badge_id
          WHERE p.batch_id = $1 AND p.state = 'queued' AND b.state = 'live'`,
        [taken.id],
      );
      if (waiting!.badges !== drawn.badges) return false;
      await tx.query(
        `UPDATE print_batch SET state = 'ready', ready_at = now(), taken_until = NULL, failures = 0, file_id = $2, bytes = $3
          WHERE id = $1`,
        [taken.id, fileId, drawn.bytes],
      );
      return true;
    });
    if (ready) return;
    await this.giveUp(taken);
    throw new NoLongerOurs();
  }

  /** Drawn anew at once, by whoever comes; nothing failed. */
  private async giveUp({ id, attempt }: Taken): Promise<void> {
    await this.database.query(
      `UPDATE print_batch SET state = 'waiting', taken_until = NULL
        WHERE id = $1 AND state = 'drawing' AND attempts = $2`,
      [id, attempt],
    );
  }

  private async putBack({ id, attempt }: Taken): Promise<void> {
    await this.fail('id = $3 AND attempts = $4', [id, attempt]);
  }

  /** Who died over a batch failed, too: one that takes its drawers down with it is not drawn for ever. */
  private async failSilent(): Promise<void> {
    await this.fail('taken_until < clock_timestamp()', []);
  }

  /** Puts drawn batches back for later; one that is given up leaves its badges free to be ordered again. */
  private async fail(which: string, parameters: unknown[]): Promise<void> {
    await this.database.query(
      `WITH failing AS (
         UPDATE print_batch
            SET state = CASE WHEN failures + 1 >= $1 THEN 'failed' ELSE 'waiting' END, taken_until = NULL,
                failures = failures + 1,
                next_try_at = clock_timestamp() + $2 * 2 ^ failures * interval '1 millisecond'
          WHERE state = 'drawing' AND ${which} RETURNING id, state)
       UPDATE badge_print p SET state = 'spoiled', since = clock_timestamp()
         FROM failing f WHERE f.state = 'failed' AND p.batch_id = f.id AND p.state = 'queued'`,
      [MOST_FAILURES, WAIT_AFTER_FAILURE, ...parameters],
    );
  }
}
