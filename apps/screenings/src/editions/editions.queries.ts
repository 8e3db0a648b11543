import { Inject, Injectable } from '@nestjs/common';
import type { EditionView, FestivalClockView } from '#libs/contracts';
import { type Clock, festivalTime } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { EditionRow } from './edition.entity.js';
import { editionUnknown } from './edition.refusals.js';

export function viewEdition(row: EditionRow): EditionView {
  return { id: row.id, timezone: row.timezone, ...row.data };
}

@Injectable()
export class EditionsQueries {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The public sees no rehearsal, and of a new edition nothing before its first screening is announced. */
  async all(staff: boolean): Promise<EditionView[]> {
    const rows = await this.database.source.manager.find(EditionRow, { order: { id: 'DESC' } });
    if (staff) return rows.map(viewEdition);
    const announced = await this.database.query<{ edition_id: string }>(
      "SELECT DISTINCT edition_id FROM screening WHERE state <> 'draft'",
    );
    const begun = new Set(announced.map((row) => row.edition_id));
    return rows.filter((row) => !row.data.rehearsal && (row.print !== '' || begun.has(row.id))).map(viewEdition);
  }

  async one(id: string): Promise<EditionRow> {
    const row = await this.database.source.manager.findOneBy(EditionRow, { id });
    if (!row) throw editionUnknown({ editionId: id });
    return row;
  }

  async clockOf(id: string): Promise<FestivalClockView> {
    const { offsetMs, timezone } = await this.one(id);
    const now = festivalTime(this.clock.now(), offsetMs).toISOString();
    return { editionId: id, offsetMs, now, timezone };
  }
}
