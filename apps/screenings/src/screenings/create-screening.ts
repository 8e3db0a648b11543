import { Injectable } from '@nestjs/common';
import type { CreateScreening as CreateScreeningBody, FilmView, ScreeningAllocation } from '#libs/contracts';
import { after, type LocalText, newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CatalogueEntryRow } from '../catalogue/catalogue-entry.entity.js';
import { EditionRow } from '../editions/edition.entity.js';
import { editionUnknown } from '../editions/edition.refusals.js';
import { SeatPlanRow } from '../seat-plans/seat-plan.entity.js';
import { HallRow, VenueRow } from '../venues/venue.entity.js';
import { refuseClash } from './refuse-clash.js';
import { ScreeningRow } from './screening.entity.js';
import { allocationTooLarge, filmUnknown, hallUnknown, hourIllegal, screeningEmpty } from './screening.refusals.js';
import {
  DOORS_BEFORE_MS,
  endOf,
  type Item,
  isLegalHour,
  LATE_ENTRY_MS,
  pricesFor,
  strictestRating,
  TURNAROUND_MS,
} from './screening.rules.js';

/** Minutes of a screening that has a title and no items yet. */
const UNTOLD_MINUTES = 120;

/** A new screening by hand, as a draft. */
@Injectable()
export class CreateScreening {
  async within(tx: Tx, command: CreateScreeningBody): Promise<ScreeningRow> {
    if (!(await tx.existsBy(EditionRow, { id: command.editionId })))
      throw editionUnknown({ editionId: command.editionId });
    const { hall, venue, plan } = await this.placeOf(tx, command);
    const { items, films } = await this.itemsOf(tx, command);
    const title = command.title ?? titleOf(items, films);
    if (!title) throw screeningEmpty();
    const startsAt = new Date(command.startsAt);
    const endsAt = endOf(startsAt, items.length > 0 ? items : [{ minutes: UNTOLD_MINUTES }]);
    const ageRating = command.ageRating ?? strictestRating(films.map((film) => film.ageRating));
    if (!isLegalHour(ageRating, startsAt, venue.timezone)) throw hourIllegal({ ageRating, startsAt });
    const id = newId();
    await refuseClash(tx, { id, hallId: hall.id, startsAt, endsAt });
    const row = tx.create(ScreeningRow, {
      id,
      editionId: command.editionId,
      version: 0,
      state: 'draft',
      visibility: command.visibility ?? 'public',
      hallId: hall.id,
      planId: plan.id,
      planVersion: plan.version,
      startsAt,
      endsAt,
      freeFrom: after(endsAt, TURNAROUND_MS),
      print: '',
      spoken: null,
      data: {
        title,
        sectionId: command.sectionId ?? films[0]?.sectionId ?? null,
        items: items.length > 0 ? items : [{ kind: 'talk', title, minutes: UNTOLD_MINUTES }],
        highlight: false,
        doorsOpenAt: after(startsAt, -DOORS_BEFORE_MS).toISOString(),
        lateEntryUntil: after(startsAt, LATE_ENTRY_MS).toISOString(),
        ageRating,
        languages: command.languages ?? films[0]?.languages ?? [],
        subtitles: command.subtitles ?? [],
        access: venue.data.access,
        prices: pricesFor(
          command.prices,
          plan.plan.categories.map((category) => category.name),
        ),
        allocations: ownAllocations(command.allocations ?? [], id, plan.seats),
        invented: false,
      },
    });
    await tx.insert(ScreeningRow, row);
    return row;
  }

  private async placeOf(tx: Tx, command: CreateScreeningBody) {
    const hall = await tx.findOneBy(HallRow, { id: command.hallId });
    const venue = hall && (await tx.findOneBy(VenueRow, { id: hall.venueId }));
    const plan = await tx.findOne(SeatPlanRow, {
      where: { hallId: command.hallId, ...(command.planId ? { id: command.planId } : {}) },
      order: { version: 'DESC' },
    });
    if (!hall || !venue || !plan) throw hallUnknown({ hallId: command.hallId, planId: command.planId });
    return { hall, venue, plan };
  }

  private async itemsOf(tx: Tx, command: CreateScreeningBody) {
    const films: FilmView[] = [];
    const items: Item[] = [];
    for (const [i, item] of (command.items ?? []).entries()) {
      const film = item.filmId ? await this.film(tx, command.editionId, item.filmId) : undefined;
      if (item.filmId && !film) throw filmUnknown({ filmId: item.filmId, field: `items/${i}/filmId` });
      if (film) films.push(film);
      const minutes = item.minutes ?? film?.minutes;
      if (minutes === undefined || (!film && !item.title)) throw screeningEmpty({ field: `items/${i}` });
      items.push({ ...item, minutes });
    }
    return { items, films };
  }

  private async film(tx: Tx, editionId: string, id: string): Promise<FilmView | undefined> {
    const row = await tx.findOneBy(CatalogueEntryRow, { editionId, kind: 'film', id });
    return row ? (row.data as unknown as FilmView) : undefined;
  }
}

function titleOf(items: readonly Item[], films: readonly FilmView[]): LocalText | undefined {
  return films[0]?.title ?? items.find((item) => item.title)?.title;
}

function ownAllocations(
  asked: readonly ScreeningAllocation[],
  screeningId: string,
  seats: number,
): ScreeningAllocation[] {
  const total = asked.reduce((sum, allocation) => sum + allocation.capacity, 0);
  if (total > seats) throw allocationTooLarge({ asked: total, seats });
  const name = (id: string) => `${screeningId}/${id}`;
  return asked.map((allocation) => ({
    ...allocation,
    id: name(allocation.id),
    overflow: allocation.overflow.map(name),
  }));
}
