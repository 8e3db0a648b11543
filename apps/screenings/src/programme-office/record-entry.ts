import { Injectable } from '@nestjs/common';
import type { EventView, FilmView, PutEvent, PutFilm, PutSection, SectionView } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { entryExists, entryInUse, entryUnknown } from '../catalogue/catalogue.refusals.js';
import { CatalogueEntryRow } from '../catalogue/catalogue-entry.entity.js';
import { EditionRow } from '../editions/edition.entity.js';
import { editionUnknown } from '../editions/edition.refusals.js';
import { ScreeningRow } from '../screenings/screening.entity.js';
import { hourIllegal } from '../screenings/screening.refusals.js';
import { isLegalHour, isRatingPending, strictestRating } from '../screenings/screening.rules.js';
import { itemsOf, placeOf, requireSection } from '../screenings/screening-parts.js';
import { etagOf, hasTag } from '../screenings/screenings.queries.js';
import { SpeakScreenings } from '../screenings/speak-screenings.js';

/** What a row was: another one has another tag. */
export function tagOfEntry(row: Pick<CatalogueEntryRow, 'data'>): string {
  return etagOf(JSON.stringify(row.data));
}

/** What its caller saw of a row: its tag, or that there is none. A caller that says neither overwrites. */
export interface Seen {
  tag?: string | undefined;
  nothing?: boolean;
}

type Kind = 'section' | 'film' | 'event';

/** Sections, films and events by hand, where a programme file is too much for one line. */
@Injectable()
export class RecordEntry {
  constructor(
    private readonly database: Database,
    private readonly speak: SpeakScreenings,
  ) {}

  /** @throws edition-unknown, changed-meanwhile, catalogue-entry-exists */
  section(editionId: string, id: string, body: PutSection, seen: Seen): Promise<SectionView> {
    const data: SectionView = { id, kind: body.kind, name: body.name, sign: body.sign ?? null };
    return this.database.transaction(async (tx) => {
      await this.put(tx, editionId, 'section', data, seen);
      await this.speak.within(tx, editionId);
      return data;
    });
  }

  /**
   * A film; its rating is taken over by every screening of it whose rating was pending, and their holders are told.
   * @throws edition-unknown, section-unknown, changed-meanwhile, catalogue-entry-exists, hour-illegal when the rating forbids the hour of a screening
   */
  film(editionId: string, id: string, body: PutFilm, seen: Seen): Promise<FilmView> {
    return this.database.transaction(async (tx) => {
      await requireSection(tx, editionId, body.sectionId);
      const before = await tx.findOneBy(CatalogueEntryRow, { editionId, kind: 'film', id });
      const data: FilmView = {
        id,
        sectionId: body.sectionId,
        title: body.title,
        original: body.original ?? null,
        directors: body.directors,
        countries: body.countries ?? null,
        year: body.year,
        minutes: body.minutes,
        languages: body.languages ?? null,
        cast: body.cast ?? [],
        logline: body.logline,
        ageRating: body.ageRating ?? null,
        ...(body.identifier ? { identifier: body.identifier } : {}),
        invented: (before?.data as unknown as FilmView | undefined)?.invented ?? [],
      };
      await this.put(tx, editionId, 'film', data, seen);
      if (data.ageRating) await this.rate(tx, editionId, id);
      await this.speak.within(tx, editionId);
      return data;
    });
  }

  /** @throws edition-unknown, changed-meanwhile, catalogue-entry-exists */
  event(editionId: string, id: string, body: PutEvent, seen: Seen): Promise<EventView> {
    const { kind, title, date, venueId, filmIds, people } = body;
    const data: EventView = {
      id,
      kind,
      title,
      date: date ?? null,
      venueId: venueId ?? null,
      filmIds: filmIds ?? [],
      people: people ?? [],
    };
    return this.database.transaction(async (tx) => {
      await this.put(tx, editionId, 'event', data, seen);
      return data;
    });
  }

  /** @throws catalogue-entry-unknown, catalogue-entry-in-use */
  remove(editionId: string, kind: Kind, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.lock(tx, editionId);
      const [used]: { id: string }[] = await tx.query(
        kind !== 'section'
          ? `SELECT id FROM screening WHERE edition_id = $1 AND data->'items' @> jsonb_build_array(jsonb_build_object('filmId', $2::text)) LIMIT 1`
          : `SELECT id FROM screening WHERE edition_id = $1 AND data->>'sectionId' = $2
             UNION ALL SELECT id FROM catalogue_entry WHERE edition_id = $1 AND data->>'sectionId' = $2 LIMIT 1`,
        [editionId, id],
      );
      if (used) throw entryInUse({ usedBy: used.id });
      const { affected } = await tx.delete(CatalogueEntryRow, { editionId, kind, id });
      if (!affected) throw entryUnknown({ kind, id });
      await tx.query('UPDATE edition SET revision = revision + 1 WHERE id = $1', [editionId]);
    });
  }

  private async put(
    tx: Tx,
    editionId: string,
    kind: Kind,
    data: SectionView | FilmView | EventView,
    seen: Seen,
  ): Promise<void> {
    await this.lock(tx, editionId);
    if (seen.tag || seen.nothing) {
      const before = await tx.findOneBy(CatalogueEntryRow, { editionId, kind, id: data.id });
      if (seen.nothing && before) throw entryExists({ kind, id: data.id });
      if (seen.tag && (!before || !hasTag(seen.tag, tagOfEntry(before)))) throw changedMeanwhile();
    }
    await tx.query(
      `INSERT INTO catalogue_entry (edition_id, kind, id, position, data, print)
       SELECT $1, $2, $3, coalesce(max(position) + 1, 0), $4, '' FROM catalogue_entry WHERE edition_id = $1 AND kind = $2
       ON CONFLICT (edition_id, kind, id) DO UPDATE SET data = excluded.data`,
      [editionId, kind, data.id, JSON.stringify(data)],
    );
    await tx.query('UPDATE edition SET revision = revision + 1 WHERE id = $1', [editionId]);
  }

  private async lock(tx: Tx, editionId: string): Promise<void> {
    const found = await tx.findOne(EditionRow, { where: { id: editionId }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw editionUnknown({ editionId });
  }

  private async rate(tx: Tx, editionId: string, filmId: string): Promise<void> {
    const rows = await tx.find(ScreeningRow, {
      where: { editionId },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    for (const row of rows) {
      if (!row.data.ageRatingPending || !row.data.items.some((item) => item.filmId === filmId)) continue;
      const { films } = await itemsOf(tx, editionId, row.data.items);
      const { venue } = await placeOf(tx, row);
      const { ageRatingPending: _, ...data } = row.data;
      const ageRating = strictestRating(films.map((film) => film.ageRating));
      if (!isLegalHour(ageRating, row.startsAt, venue.timezone))
        throw hourIllegal({ screeningId: row.id, ageRating, startsAt: row.startsAt });
      const pending = isRatingPending(null, films) ? { ageRatingPending: true } : {};
      await tx.update(ScreeningRow, { id: row.id }, { data: { ...data, ageRating, ...pending } } as never);
    }
  }
}
