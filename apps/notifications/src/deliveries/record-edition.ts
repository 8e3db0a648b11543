import { Injectable } from '@nestjs/common';
import type { EditionRecorded, FestivalClockSet, Received } from '#libs/contracts';
import type { Database, Tx } from '#libs/persistence';

/** Keeps of an edition whether it is a rehearsal, and its festival time; only a higher version is applied. */
@Injectable()
export class RecordEdition {
  async within(tx: Tx, told: Received<typeof EditionRecorded>): Promise<void> {
    await tx.query(
      `INSERT INTO edition_copy (edition_id, version, rehearsal, timezone) VALUES ($1, $2, $3, $4)
       ON CONFLICT (edition_id) DO UPDATE
         SET version = excluded.version, rehearsal = excluded.rehearsal, timezone = excluded.timezone
       WHERE edition_copy.version < excluded.version`,
      [told.data.editionId, told.version, told.data.rehearsal ?? false, told.data.timezone],
    );
    await this.clock(tx, told.data.editionId, told.version, told.data.offsetMs);
  }

  async clockSet(tx: Tx, told: Received<typeof FestivalClockSet>): Promise<void> {
    await this.clock(tx, told.data.editionId, told.version, told.data.offsetMs);
  }

  /** Days without short messages, as the edition's people keep them. */
  async holidays(database: Database, editionId: string, days: readonly string[]): Promise<void> {
    await database.query(
      `INSERT INTO edition_copy (edition_id, version, rehearsal, holidays) VALUES ($1, 0, false, $2)
       ON CONFLICT (edition_id) DO UPDATE SET holidays = excluded.holidays`,
      [editionId, [...new Set(days)].sort()],
    );
  }

  /** The clock is told with the edition and alone, under the same numbers. */
  private async clock(tx: Tx, editionId: string, version: number, offsetMs: number): Promise<void> {
    await tx.query(
      `INSERT INTO edition_copy (edition_id, version, rehearsal, offset_ms, clock_version) VALUES ($1, 0, false, $3, $2)
       ON CONFLICT (edition_id) DO UPDATE SET offset_ms = excluded.offset_ms, clock_version = excluded.clock_version
       WHERE edition_copy.clock_version <= excluded.clock_version`,
      [editionId, version, offsetMs],
    );
  }
}
