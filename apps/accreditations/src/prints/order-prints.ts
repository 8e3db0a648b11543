import { Injectable } from '@nestjs/common';
import type { OrderPrints as Order } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { Editions } from '../editions/editions.js';
import { BadgePrintRow, PrintBatchRow } from './print.entity.js';
import { nothingToPrint } from './print.refusals.js';
import { OUT } from './print.rules.js';

/** More than this is two batches: a press wants to begin. */
const MOST = 1_000;

/** Queues living badges that are not on paper as one batch; it is drawn in the background. */
@Injectable()
export class OrderPrints {
  constructor(
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  /** @throws nothing-to-print when no badge of the order lives without a print */
  async within(tx: Tx, { order, officer }: { order: Order; officer: Caller }): Promise<string> {
    const { editionId, format, back = true } = order;
    await this.editions.one(editionId, tx);
    // Two orders at once queue each badge once: the second waits for the first and finds nothing left.
    const badges: { id: string }[] = await tx.query(
      `SELECT b.id FROM badge b JOIN application a ON a.id = b.application_id
        WHERE b.edition_id = $1 AND b.state = 'live'
          AND ($2::uuid[] IS NULL OR b.id = ANY ($2)) AND ($3::text IS NULL OR a.category = $3)
          AND NOT EXISTS (SELECT 1 FROM badge_print p WHERE p.badge_id = b.id AND p.state = ANY ($4))
        ORDER BY b.id LIMIT $5 FOR UPDATE OF b`,
      [editionId, order.badgeIds ?? null, order.category ?? null, OUT, MOST],
    );
    const queued: { id: string }[] = await tx.query(
      `SELECT badge_id AS id FROM badge_print WHERE badge_id = ANY ($1) AND state = ANY ($2)`,
      [badges.map((badge) => badge.id), OUT],
    );
    const taken = new Set(queued.map((row) => row.id));
    const free = badges.filter((badge) => !taken.has(badge.id));
    if (free.length === 0) throw nothingToPrint({ editionId });
    const batch = newId();
    await tx.insert(PrintBatchRow, {
      id: batch,
      editionId,
      format,
      back,
      state: 'waiting',
      total: free.length,
      done: 0,
      skipped: 0,
      attempts: 0,
      fileId: null,
      bytes: null,
      orderedBy: officer.id,
      readyAt: null,
    });
    await tx.insert(
      BadgePrintRow,
      free.map(({ id }) => ({ id: newId(), badgeId: id, editionId, batchId: batch, format, state: 'queued' as const })),
    );
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'badges.print',
      objectId: batch,
      facts: { format, badges: free.length },
    });
    return batch;
  }
}
