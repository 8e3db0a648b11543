import { Injectable } from '@nestjs/common';
import type { HallView, Programme, VenueView } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { CatalogueEntryRow, type EntryKind } from '../catalogue/catalogue-entry.entity.js';
import { editionUnknown } from '../editions/edition.refusals.js';
import { EditionsQueries, viewEdition } from '../editions/editions.queries.js';
import { etagOf, ScreeningsQueries, viewScreening } from '../screenings/screenings.queries.js';
import { HallRow, VenueRow } from '../venues/venue.entity.js';

export interface ProgrammeBytes {
  etag: string;
  body: Buffer;
}

interface Kept extends ProgrammeBytes {
  revision: string;
  checkedAt: number;
}

/** How long an answer may be behind a change made by another process of this service. */
const RECHECK_MS = 1_000;

@Injectable()
export class ProgrammeQueries {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly database: Database,
    private readonly editions: EditionsQueries,
    private readonly screenings: ScreeningsQueries,
  ) {
    // What this process changes is seen at once.
    database.onCommit(() => {
      for (const kept of this.kept.values()) kept.checkedAt = 0;
    });
  }

  /** The public programme as bytes, rebuilt only after a change. */
  async bytes(editionId: string): Promise<ProgrammeBytes> {
    const known = this.kept.get(editionId);
    const now = Date.now();
    if (known && now - known.checkedAt < RECHECK_MS) return known;
    const [row] = await this.database.hot<{ revision: string }>(
      'edition-revision',
      'SELECT revision::text FROM edition WHERE id = $1',
      [editionId],
    );
    if (!row) throw editionUnknown({ editionId });
    if (known?.revision === row.revision) {
      known.checkedAt = now;
      return known;
    }
    const body = Buffer.from(JSON.stringify(await this.read(editionId)));
    const etag = etagOf(body);
    const kept = { etag, body, revision: row.revision, checkedAt: now };
    this.kept.set(editionId, kept);
    return kept;
  }

  private async read(editionId: string): Promise<Programme> {
    const edition = await this.editions.one(editionId);
    const entries = await this.database.source.manager.find(CatalogueEntryRow, {
      where: { editionId },
      order: { position: 'ASC', id: 'ASC' },
    });
    const of = <T>(kind: EntryKind): T[] =>
      entries.filter((entry) => entry.kind === kind).map((entry) => entry.data as T);
    const screenings = (await this.screenings.ofEdition(editionId))
      .filter((row) => row.state !== 'draft' && row.visibility !== 'invitation')
      .map(viewScreening);
    return {
      edition: viewEdition(edition),
      sections: of('section'),
      films: of('film'),
      venues: await this.venues(),
      events: of('event'),
      juries: of('jury'),
      awards: of('award'),
      guests: of('guest'),
      screenings,
    };
  }

  /** Every venue with its halls that have a plan. */
  async venues(): Promise<VenueView[]> {
    const manager = this.database.source.manager;
    const halls = await manager.find(HallRow, { order: { position: 'ASC' } });
    const plans = await this.database.query<{ hall_id: string; id: string; version: number; seats: number }>(
      `SELECT DISTINCT ON (hall_id) hall_id, id, version, seats
         FROM (SELECT *, min(recorded_at) OVER (PARTITION BY id) AS first_at FROM seat_plan) plans
        ORDER BY hall_id, first_at, id, version DESC`,
    );
    const venues = await manager.find(VenueRow, { order: { position: 'ASC' } });
    return venues.map((venue) => ({
      id: venue.id,
      timezone: venue.timezone,
      ...venue.data,
      halls: halls.flatMap((hall): HallView[] => {
        const plan = plans.find((other) => other.hall_id === hall.id);
        if (hall.venueId !== venue.id || !plan) return [];
        return [{ id: hall.id, ...hall.data, seats: plan.seats, planId: plan.id, planVersion: plan.version }];
      }),
    }));
  }
}
