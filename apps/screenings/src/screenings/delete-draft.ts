import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import { changedMeanwhile, preconditionNeeded } from '#libs/service-defaults';
import { ScreeningRow } from './screening.entity.js';
import { draftOnly, screeningUnknown } from './screening.refusals.js';
import { etagOf, hasTag, ScreeningsQueries } from './screenings.queries.js';

/** A draft that nobody has heard of goes without a trace; whatever was announced is cancelled instead. */
@Injectable()
export class DeleteDraft {
  constructor(
    private readonly database: Database,
    private readonly screenings: ScreeningsQueries,
  ) {}

  /** @throws precondition-needed, changed-meanwhile, screening-unknown, screening-not-draft */
  execute(id: string, seen: string | undefined): Promise<void> {
    if (!seen) throw preconditionNeeded();
    return this.database.transaction(async (tx) => {
      const row = await tx.findOne(ScreeningRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!row) throw screeningUnknown({ screeningId: id });
      if (row.state !== 'draft') throw draftOnly({ state: row.state });
      if (!hasTag(seen, etagOf(JSON.stringify(await this.screenings.detail(row, tx))))) throw changedMeanwhile();
      await tx.delete(ScreeningRow, { id });
    });
  }
}
