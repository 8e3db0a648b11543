import { Injectable } from '@nestjs/common';
import type { FilmView, PatchScreening as PatchScreeningBody, ScreeningDetail } from '#libs/contracts';
import { after, MINUTE } from '#libs/kernel';
import { Database, sqlState, type Tx } from '#libs/persistence';
import { changedMeanwhile, preconditionNeeded } from '#libs/service-defaults';
import { refuseClash } from './refuse-clash.js';
import { requireStill } from './require-still.js';
import { type ScreeningData, ScreeningRow } from './screening.entity.js';
import { hallOverlap, hourIllegal, moveNeeded, screeningUnknown, stepIllegal } from './screening.refusals.js';
import {
  endOf,
  type Item,
  isLegalHour,
  isRatingPending,
  pricesFor,
  strictestRating,
  TURNAROUND_MS,
} from './screening.rules.js';
import { itemsOf, ownAllocations, type Place, placeOf, requireSection } from './screening-parts.js';
import { etagOf, hasTag, ScreeningsQueries } from './screenings.queries.js';
import { SpeakScreenings } from './speak-screenings.js';

const EXCLUSION_VIOLATION = '23P01';

/** Changes what a screening says, sells and allows; the end follows from its items. Moving it is another act. */
@Injectable()
export class PatchScreening {
  constructor(
    private readonly database: Database,
    private readonly screenings: ScreeningsQueries,
    private readonly speak: SpeakScreenings,
  ) {}

  /**
   * @param seen the tag of what the caller changed from
   * @throws precondition-needed, changed-meanwhile, screening-move-needed, screening-moving, hall-overlap,
   *   turnaround-too-short, hour-illegal, film-unknown, section-unknown, allocation-too-large
   */
  async execute(id: string, seen: string | undefined, body: PatchScreeningBody): Promise<ScreeningDetail> {
    if (!seen) throw preconditionNeeded();
    try {
      return await this.database.transaction((tx) => this.within(tx, id, seen, body));
    } catch (error) {
      throw sqlState(error) === EXCLUSION_VIOLATION ? hallOverlap({}, { cause: error }) : error;
    }
  }

  private async within(tx: Tx, id: string, seen: string, body: PatchScreeningBody): Promise<ScreeningDetail> {
    const row = await tx.findOne(ScreeningRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw screeningUnknown({ screeningId: id });
    if (!hasTag(seen, etagOf(JSON.stringify(await this.screenings.detail(row, tx))))) throw changedMeanwhile();
    if (row.state === 'ended' || row.state === 'cancelled') throw stepIllegal({ from: row.state, to: row.state });
    await requireStill(tx, id);
    const moves =
      (body.startsAt !== undefined && +new Date(body.startsAt) !== +row.startsAt) ||
      (body.hallId !== undefined && body.hallId !== row.hallId) ||
      (body.planId !== undefined && body.planId !== row.planId);
    if (moves && row.state !== 'draft') throw moveNeeded({ state: row.state });
    const place = await this.place(tx, row, body);
    const startsAt = moves && body.startsAt ? new Date(body.startsAt) : row.startsAt;
    const { items, films } = await itemsOf(tx, row.editionId, body.items ?? row.data.items);
    await requireSection(tx, row.editionId, body.sectionId);
    const endsAt = body.items || moves ? endOf(startsAt, items) : row.endsAt;
    const data = { ...this.told(row, body, items, films, place), ...times(row, body, startsAt) };
    if (!isLegalHour(data.ageRating, startsAt, place.venue.timezone))
      throw hourIllegal({ ageRating: data.ageRating, startsAt });
    if (moves || +endsAt !== +row.endsAt) await refuseClash(tx, { id, hallId: place.hall.id, startsAt, endsAt });
    await tx.update(ScreeningRow, { id }, {
      data,
      visibility: body.visibility ?? row.visibility,
      hallId: place.hall.id,
      planId: place.plan.id,
      planVersion: place.plan.version,
      startsAt,
      endsAt,
      freeFrom: +endsAt === +row.endsAt ? row.freeFrom : after(endsAt, TURNAROUND_MS),
    } as never);
    await this.speak.within(tx, row.editionId, id);
    return this.screenings.detail(await tx.findOneByOrFail(ScreeningRow, { id }), tx);
  }

  /** The plan stays what it was unless the caller names one; then it is the newest version. */
  private place(tx: Tx, row: ScreeningRow, body: PatchScreeningBody): Promise<Place> {
    const hallId = body.hallId ?? row.hallId;
    if (body.planId !== undefined || hallId !== row.hallId) return placeOf(tx, { hallId, planId: body.planId });
    return placeOf(tx, { hallId, planId: row.planId, planVersion: row.planVersion });
  }

  private told(
    row: ScreeningRow,
    body: PatchScreeningBody,
    items: Item[],
    films: readonly FilmView[],
    { plan, venue }: Place,
  ): ScreeningData {
    const { ageRatingPending, ...before } = row.data;
    const categories = plan.plan.categories.map((category) => category.name);
    const pending =
      body.ageRating === null ||
      (body.ageRating === undefined && (body.items ? isRatingPending(null, films) : ageRatingPending));
    return {
      ...before,
      title: body.title ?? before.title,
      items,
      sectionId: body.sectionId === undefined ? before.sectionId : body.sectionId,
      highlight: body.highlight ?? before.highlight,
      ageRating: body.ageRating === undefined ? ratingOf(before, body, films) : body.ageRating,
      ...(pending ? { ageRatingPending: true } : {}),
      languages: body.languages ?? before.languages,
      subtitles: body.subtitles ?? before.subtitles,
      audioDescription: body.audioDescription ?? before.audioDescription ?? [],
      captions: body.captions ?? before.captions ?? [],
      access: venue.data.access,
      prices: pricesFor(body.prices ?? before.prices, categories),
      allocations: body.allocations ? ownAllocations(body.allocations, row.id, plan.seats) : before.allocations,
    };
  }
}

/** Other films may be rated otherwise; without films the rating stays what it was. */
function ratingOf(before: ScreeningData, body: PatchScreeningBody, films: readonly FilmView[]): string | null {
  if (!body.items || films.length === 0) return before.ageRating;
  return strictestRating(films.map((film) => film.ageRating)) ?? before.ageRating;
}

/** Doors and late entry keep their distance from the start unless the caller sets it. */
function times(
  row: ScreeningRow,
  body: PatchScreeningBody,
  startsAt: Date,
): Pick<ScreeningData, 'doorsOpenAt' | 'lateEntryUntil'> {
  const doors =
    body.doorsBefore === undefined ? +new Date(row.data.doorsOpenAt) - +row.startsAt : -body.doorsBefore * MINUTE;
  const late =
    body.lateEntryFor === undefined ? +new Date(row.data.lateEntryUntil) - +row.startsAt : body.lateEntryFor * MINUTE;
  return { doorsOpenAt: after(startsAt, doors).toISOString(), lateEntryUntil: after(startsAt, late).toISOString() };
}
