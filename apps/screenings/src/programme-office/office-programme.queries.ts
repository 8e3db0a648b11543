import { Injectable } from '@nestjs/common';
import type { EventView, FilmView, OfficeProgramme, ScreeningPrice, SectionView } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { CatalogueEntryRow, type EntryKind } from '../catalogue/catalogue-entry.entity.js';
import { EditionsQueries, viewEdition } from '../editions/editions.queries.js';
import { MovesQueries } from '../moves/moves.queries.js';
import { ProgrammeQueries } from '../programme/programme.queries.js';
import { everyClash, type Share } from '../screenings/screening.rules.js';
import { ScreeningsQueries, viewScreening } from '../screenings/screenings.queries.js';
import { SeatPlansQueries } from '../seat-plans/seat-plans.queries.js';
import { tagOfEntry } from './record-entry.js';

/** The programme for those who make it. */
@Injectable()
export class OfficeProgrammeQueries {
  constructor(
    private readonly database: Database,
    private readonly editions: EditionsQueries,
    private readonly programme: ProgrammeQueries,
    private readonly screenings: ScreeningsQueries,
    private readonly moves: MovesQueries,
    private readonly plans: SeatPlansQueries,
  ) {}

  /** @throws edition-unknown */
  async of(editionId: string): Promise<OfficeProgramme> {
    const edition = viewEdition(await this.editions.one(editionId));
    const entries = await this.database.source.manager.find(CatalogueEntryRow, {
      where: { editionId },
      order: { position: 'ASC', id: 'ASC' },
    });
    const of = <T>(kind: EntryKind): (T & { tag: string })[] =>
      entries.filter((entry) => entry.kind === kind).map((entry) => ({ ...(entry.data as T), tag: tagOfEntry(entry) }));
    const rows = await this.screenings.ofEdition(editionId);
    const slots = rows.filter((row) => row.state !== 'cancelled');
    return {
      edition,
      sections: of<SectionView>('section'),
      films: of<FilmView>('film'),
      events: of<EventView>('event'),
      venues: await this.programme.venues(),
      plans: await this.plans.newest(),
      screenings: rows.map((row) => ({
        ...viewScreening(row),
        allocations: row.data.allocations,
        freeFrom: row.freeFrom.toISOString(),
        ...(row.data.cancelReason ? { cancelReason: row.data.cancelReason } : {}),
      })),
      clashes: everyClash(slots).map(({ kind, one, other }) => ({ kind, screeningId: one.id, otherId: other.id })),
      moves: await this.moves.openOf(editionId),
      priceLists: of<{ id: string; prices: ScreeningPrice[] }>('price-list').map(({ id, prices }) => ({ id, prices })),
      allocationLists: of<{ id: string; shares: Share[] }>('allocation-list').map(({ id, shares }) => ({
        id,
        shares: shares.map(({ id: share, capacity }) => ({ id: share, capacity })),
      })),
    };
  }
}
