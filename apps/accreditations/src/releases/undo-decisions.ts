import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { Audit } from '../audit/audit.js';
import type { ReleaseRow } from './release.entity.js';

/** Takes prepared decisions back before the release: their places are free again, and go to those who wait. */
@Injectable()
export class UndoDecisions {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly places: ApplicationPlaces,
    private readonly audit: Audit,
  ) {}

  /** @param command.ids these; all of the locked release when absent */
  async within(
    tx: Tx,
    { row, officer, ids }: { row: ReleaseRow; officer: Caller; ids?: readonly string[] },
  ): Promise<number> {
    const prepared: { id: string }[] = await tx.query(
      `SELECT application_id AS id FROM release_decision
        WHERE release_id = $1 AND ($2::uuid[] IS NULL OR application_id = ANY ($2)) ORDER BY application_id`,
      [row.id, ids ?? null],
    );
    const taken = prepared.map((one) => one.id);
    for (const id of taken) await this.steps.lock(tx, id);
    await tx.query('DELETE FROM release_decision WHERE release_id = $1 AND application_id = ANY ($2)', [row.id, taken]);
    await tx.query('UPDATE application SET release_id = NULL WHERE id = ANY ($1)', [taken]);
    for (const id of taken) {
      await this.places.release(tx, { id });
      await this.audit.record(tx, {
        actorId: officer.id,
        action: 'release.undo',
        objectId: id,
        facts: { releaseId: row.id },
      });
    }
    return taken.length;
  }
}
