import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { Editions } from '../editions/editions.js';
import { lockRelease } from './change-release.js';
import { ReleaseRow } from './release.entity.js';
import { ReleaseDecisions } from './release-decisions.js';

/** When a release goes: now, by an officer, or at its time, by itself; once. */
@Injectable()
export class CarryOutRelease {
  constructor(
    private readonly database: Database,
    private readonly decisions: ReleaseDecisions,
    private readonly editions: Editions,
  ) {}

  async now(tx: Tx, { id, officer }: { id: string; officer: Caller }): Promise<void> {
    await this.decisions.within(tx, await lockRelease(tx, id, officer), officer.id);
  }

  /** @returns whether it went: it may have gone, moved or been discarded since it was seen */
  ifDue(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const row = await tx.findOne(ReleaseRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!row?.releaseAt || row.state !== 'prepared') return false;
      if (row.releaseAt > (await this.editions.now(row.editionId, tx))) return false;
      await this.decisions.within(tx, row, 'release-time');
      return true;
    });
  }
}
