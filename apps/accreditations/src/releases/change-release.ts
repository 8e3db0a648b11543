import { Injectable } from '@nestjs/common';
import type { ChangeRelease as Change, OpenRelease } from '#libs/contracts';
import { newId, step } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { type Caller, changedMeanwhile, hasRole, roleNeeded } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { Editions } from '../editions/editions.js';
import { ReleaseRow } from './release.entity.js';
import { releaseOver, releaseTimePast, releaseUnknown } from './release.refusals.js';
import { RELEASE_CYCLE } from './release.rules.js';
import { UndoDecisions } from './undo-decisions.js';

/** Opens, changes and discards an act that will make many decisions visible at once. */
@Injectable()
export class ChangeRelease {
  constructor(
    private readonly editions: Editions,
    private readonly undo: UndoDecisions,
    private readonly audit: Audit,
  ) {}

  async open(tx: Tx, { release, officer }: { release: OpenRelease; officer: Caller }): Promise<string> {
    if (!hasRole(officer, 'accreditation-officer', release.edition)) throw roleNeeded();
    await this.editions.one(release.edition, tx);
    const row: ReleaseRow = {
      id: newId(),
      editionId: release.edition,
      name: release.name,
      state: 'prepared',
      version: 1,
      releaseAt: await this.future(tx, release.edition, release.releaseAt ?? null),
      releasedAt: null,
      madeBy: officer.id,
    };
    await tx.insert(ReleaseRow, row);
    await this.note(tx, officer, 'release.open', row.id, { releaseAt: row.releaseAt });
    return row.id;
  }

  async change(tx: Tx, command: { id: string; version: number; change: Change; officer: Caller }): Promise<void> {
    const row = await lockRelease(tx, command.id, command.officer);
    if (row.version !== command.version) throw changedMeanwhile({ version: row.version });
    const releaseAt = await this.future(tx, row.editionId, command.change.releaseAt);
    await tx.update(ReleaseRow, { id: row.id }, { name: command.change.name, releaseAt, version: row.version + 1 });
    await this.note(tx, command.officer, 'release.change', row.id, { releaseAt });
  }

  /** Everything that was prepared is taken back; nobody ever hears of it. */
  async discard(tx: Tx, { id, officer }: { id: string; officer: Caller }): Promise<void> {
    const row = await lockRelease(tx, id, officer);
    await this.undo.within(tx, { row, officer });
    const state = step('release', RELEASE_CYCLE, row.state, 'discarded');
    await tx.update(ReleaseRow, { id }, { state, version: row.version + 1, releaseAt: null });
    await this.note(tx, officer, 'release.discard', id, {});
  }

  private async future(tx: Tx, edition: string, releaseAt: string | null): Promise<Date | null> {
    if (releaseAt === null) return null;
    const at = new Date(releaseAt);
    const now = await this.editions.now(edition, tx);
    if (at <= now) throw releaseTimePast({ festivalTime: now.toISOString() });
    return at;
  }

  private note(tx: Tx, officer: Caller, action: string, objectId: string, facts: Record<string, unknown>) {
    return this.audit.record(tx, { actorId: officer.id, action, objectId, facts });
  }
}

/**
 * Locks a release that is still prepared.
 * @throws release-unknown, also for another edition's officer; release-over
 */
export async function lockRelease(tx: Tx, id: string, officer: Caller): Promise<ReleaseRow> {
  const row = await tx.findOne(ReleaseRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!row || !hasRole(officer, 'accreditation-officer', row.editionId)) throw releaseUnknown();
  if (row.state !== 'prepared') throw releaseOver({ state: row.state });
  return row;
}
