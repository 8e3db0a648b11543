import { Injectable } from '@nestjs/common';
import type { EditionRecorded, Received } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

/** Keeps of an edition whether it is a rehearsal; only a higher version is applied. */
@Injectable()
export class RecordEdition {
  async within(tx: Tx, told: Received<typeof EditionRecorded>): Promise<void> {
    await tx.query(
      `INSERT INTO edition_copy (edition_id, version, rehearsal) VALUES ($1, $2, $3)
       ON CONFLICT (edition_id) DO UPDATE SET version = excluded.version, rehearsal = excluded.rehearsal
       WHERE edition_copy.version < excluded.version`,
      [told.data.editionId, told.version, told.data.rehearsal ?? false],
    );
  }
}
