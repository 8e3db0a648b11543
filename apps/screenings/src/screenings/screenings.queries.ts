import { Injectable } from '@nestjs/common';
import type { ScreeningDetail, ScreeningView } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { ScreeningRow } from './screening.entity.js';
import { screeningUnknown } from './screening.refusals.js';

/** What a screening shows, joined from the rows it points to. */
export type PlacedScreening = ScreeningRow & { venueId: string; timezone: string; seats: number };

export function viewScreening(row: PlacedScreening): ScreeningView {
  const { data } = row;
  return {
    id: row.id,
    editionId: row.editionId,
    version: row.version,
    title: data.title,
    state: row.state,
    visibility: row.visibility,
    highlight: data.highlight,
    sectionId: data.sectionId,
    items: data.items,
    venueId: row.venueId,
    hallId: row.hallId,
    planId: row.planId,
    planVersion: row.planVersion,
    seats: row.seats,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    doorsOpenAt: data.doorsOpenAt,
    lateEntryUntil: data.lateEntryUntil,
    timezone: row.timezone,
    ageRating: data.ageRating,
    languages: data.languages,
    subtitles: data.subtitles,
    access: data.access,
    prices: data.prices,
    invented: data.invented,
  };
}

@Injectable()
export class ScreeningsQueries {
  constructor(private readonly database: Database) {}

  /** Every screening of an edition, by its start. */
  async ofEdition(editionId: string): Promise<PlacedScreening[]> {
    return this.place(
      await this.database.source.manager.find(ScreeningRow, {
        where: { editionId },
        order: { startsAt: 'ASC', id: 'ASC' },
      }),
    );
  }

  /** `staff` also sees drafts and allocations. */
  async one(id: string, staff: boolean): Promise<ScreeningView | ScreeningDetail> {
    const row = await this.database.source.manager.findOneBy(ScreeningRow, { id });
    if (!row || (!staff && (row.state === 'draft' || row.visibility === 'invitation')))
      throw screeningUnknown({ screeningId: id });
    const [placed] = await this.place([row]);
    const view = viewScreening(placed!);
    return staff ? { ...view, allocations: row.data.allocations } : view;
  }

  private async place(rows: ScreeningRow[]): Promise<PlacedScreening[]> {
    const halls = await this.database.query<{ id: string; venue_id: string; timezone: string }>(
      'SELECT h.id, h.venue_id, v.timezone FROM hall h JOIN venue v ON v.id = h.venue_id',
    );
    const plans = await this.database.query<{ id: string; version: number; seats: number }>(
      'SELECT id, version, seats FROM seat_plan',
    );
    const byHall = new Map(halls.map((hall) => [hall.id, hall]));
    const seats = new Map(plans.map((plan) => [`${plan.id}/${plan.version}`, plan.seats]));
    return rows.map((row) => ({
      ...row,
      venueId: byHall.get(row.hallId)?.venue_id ?? '',
      timezone: byHall.get(row.hallId)?.timezone ?? 'UTC',
      seats: seats.get(`${row.planId}/${row.planVersion}`) ?? 0,
    }));
  }
}
