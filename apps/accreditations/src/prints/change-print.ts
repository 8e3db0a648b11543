import { Injectable } from '@nestjs/common';
import type { PrintFormat, PrintState } from '#libs/contracts';
import { canStep, newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { badgeUnknown } from '../badges/badge.refusals.js';
import { BadgePrintRow, PrintBatchRow } from './print.entity.js';
import { badgeOnPaper, batchNotReady, printStepIllegal, printUnknown } from './print.refusals.js';
import { BATCH_CYCLE, OUT, PRINT_CYCLE } from './print.rules.js';

const HANDED_OUT: readonly PrintState[] = ['printed', 'collected'];

/** Moves a piece of card along its life; being told the state it is in already changes nothing. */
@Injectable()
export class ChangePrint {
  constructor(private readonly audit: Audit) {}

  /** @throws print-unknown, print-step-illegal */
  async within(tx: Tx, { id, to, officer }: { id: string; to: PrintState; officer: Caller }): Promise<BadgePrintRow> {
    // The badge first, as the desk locks it, so that it does not end in between.
    const [badge]: { state: string }[] = await tx.query(
      'SELECT state FROM badge WHERE id = (SELECT badge_id FROM badge_print WHERE id = $1) FOR SHARE',
      [id],
    );
    const print = await tx.findOne(BadgePrintRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!print || !hasRole(officer, 'accreditation-officer', print.editionId)) throw printUnknown();
    if (print.state === to) return print;
    if (!canStep(PRINT_CYCLE, print.state, to)) throw printStepIllegal({ state: print.state, to });
    // Paper that opens nothing is not handed out.
    if (HANDED_OUT.includes(to) && badge?.state !== 'live')
      throw printStepIllegal({ state: print.state, to, badge: badge?.state });
    await tx.query('UPDATE badge_print SET state = $2, since = clock_timestamp() WHERE id = $1', [id, to]);
    await this.audit.record(tx, {
      actorId: officer.id,
      action: `print.${to}`,
      objectId: id,
      facts: { badgeId: print.badgeId },
    });
    return { ...print, state: to };
  }

  /**
   * The whole batch came out of the printer: what still waits in it is printed, or spoiled where its badge ended.
   * @throws print-unknown, batch-not-ready
   */
  async batch(tx: Tx, { id, officer }: { id: string; officer: Caller }): Promise<void> {
    const batch = await tx.findOne(PrintBatchRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!batch || !hasRole(officer, 'accreditation-officer', batch.editionId)) throw printUnknown();
    if (batch.state === 'printed') return;
    if (!canStep(BATCH_CYCLE, batch.state, 'printed')) throw batchNotReady({ state: batch.state });
    await tx.query(`UPDATE print_batch SET state = 'printed' WHERE id = $1`, [id]);
    await tx.query(
      `UPDATE badge_print p SET state = CASE b.state WHEN 'live' THEN 'printed' ELSE 'spoiled' END, since = clock_timestamp()
         FROM badge b WHERE b.id = p.badge_id AND p.batch_id = $1 AND p.state = 'queued'`,
      [id],
    );
    await this.audit.record(tx, { actorId: officer.id, action: 'prints.printed', objectId: id });
  }

  /**
   * One badge at the desk, drawn and printed at once.
   * @throws badge-unknown when it does not live, badge-on-paper when a piece of it is out
   */
  async atDesk(tx: Tx, command: { badgeId: string; format: PrintFormat; officer: Caller }): Promise<string> {
    const { badgeId, format, officer } = command;
    const [badge]: { edition: string; state: string }[] = await tx.query(
      'SELECT edition_id AS edition, state FROM badge WHERE id = $1 FOR UPDATE',
      [badgeId],
    );
    if (!badge || !hasRole(officer, 'accreditation-officer', badge.edition)) throw badgeUnknown();
    if (badge.state !== 'live') throw badgeUnknown({ state: badge.state });
    const [out]: { id: string; state: PrintState; batch: string | null }[] = await tx.query(
      'SELECT id, state, batch_id AS batch FROM badge_print WHERE badge_id = $1 AND state = ANY ($2)',
      [badgeId, OUT],
    );
    if (out) await this.takeFromBatch(tx, { badgeId, out, officer });
    const id = newId();
    await tx.insert(BadgePrintRow, { id, badgeId, editionId: badge.edition, batchId: null, format, state: 'printed' });
    await this.audit.record(tx, { actorId: officer.id, action: 'print.printed', objectId: id, facts: { badgeId } });
    return id;
  }

  /**
   * A badge that still waits in a batch is taken out of it. Once the batch is drawn its page is in the PDF: a second piece
   * would be a copy, so somebody must say first that the page is spoiled.
   * @throws badge-on-paper
   */
  private async takeFromBatch(
    tx: Tx,
    command: { badgeId: string; out: { id: string; state: PrintState; batch: string | null }; officer: Caller },
  ): Promise<void> {
    const { out, officer } = command;
    // The drawer asks for this lock before it calls the batch ready.
    const [batch]: { state: string; file: string | null }[] = await tx.query(
      'SELECT state, file_id AS file FROM print_batch WHERE id = $1 FOR UPDATE',
      [out.batch],
    );
    // A PDF that was kept long enough without being printed will never be.
    const drawn = batch === undefined || batch.state === 'printed' || (batch.state === 'ready' && batch.file !== null);
    if (out.state !== 'queued' || drawn) throw badgeOnPaper({ printId: out.id, state: out.state, batchId: out.batch });
    await this.within(tx, { id: out.id, to: 'spoiled', officer });
  }
}
