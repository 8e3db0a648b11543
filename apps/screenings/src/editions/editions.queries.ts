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

  async all(): Promise<EditionView[]> {
    const rows = await this.database.source.manager.find(EditionRow, { order: { id: 'DESC' } });
    return rows.map(viewEdition);
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
