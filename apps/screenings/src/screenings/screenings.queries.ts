import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ScreeningDetail, ScreeningView } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { ScreeningRow } from './screening.entity.js';
import { screeningUnknown } from './screening.refusals.js';
import { guardianNote } from './screening.rules.js';

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
    ...(data.ageRatingPending ? { ageRatingPending: true } : {}),
    ...note(row),
    languages: data.languages,
    subtitles: data.subtitles,
    audioDescription: data.audioDescription ?? [],
    captions: data.captions ?? [],
    ...(data.delay ? { delay: data.delay } : {}),
    ...(data.movedFrom ? { movedFrom: data.movedFrom } : {}),
    access: data.access,
    prices: data.prices,
    invented: data.invented,
  };
}

function note(row: PlacedScreening): Pick<ScreeningView, 'guardianNote'> {
  const text = guardianNote(row.endsAt, row.timezone);
  return text ? { guardianNote: text } : {};
}

/** A strong tag of what was answered: the same bytes, the same tag. */
export function etagOf(body: string | Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether a caller who has these tags has the present answer. */
export function hasTag(known: string | undefined, etag: string): boolean {
  return (known ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
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

  /** The edition that a screening belongs to. @throws screening-unknown */
  async editionOf(id: string): Promise<string> {
    const row = await this.database.source.manager.findOneBy(ScreeningRow, { id });
    if (!row) throw screeningUnknown({ screeningId: id });
    return row.editionId;
  }

  /** `staff` also sees drafts and allocations. */
  async one(id: string, staff: boolean): Promise<ScreeningView | ScreeningDetail> {
    const row = await this.database.source.manager.findOneBy(ScreeningRow, { id });
    if (!row || (!staff && (row.state === 'draft' || row.visibility === 'invitation')))
      throw screeningUnknown({ screeningId: id });
    return staff ? this.detail(row) : viewScreening((await this.place([row]))[0]!);
  }

  /** What staff sees of a row, also within the transaction that locked it. */
  async detail(row: ScreeningRow, tx?: Tx): Promise<ScreeningDetail> {
    const [placed] = await this.place([row], tx);
    return { ...viewScreening(placed!), allocations: row.data.allocations };
  }

  private async place(rows: ScreeningRow[], tx?: Tx): Promise<PlacedScreening[]> {
    const query = <T>(sql: string): Promise<T[]> =>
      tx ? tx.query(sql) : (this.database.query<T>(sql) as Promise<T[]>);
    const halls = await query<{ id: string; venue_id: string; timezone: string }>(
      'SELECT h.id, h.venue_id, v.timezone FROM hall h JOIN venue v ON v.id = h.venue_id',
    );
    const plans = await query<{ id: string; version: number; seats: number }>(
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
