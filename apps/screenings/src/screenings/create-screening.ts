import { Injectable } from '@nestjs/common';
import type { CreateScreening as CreateScreeningBody } from '#libs/contracts';
import { after, newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { EditionRow } from '../editions/edition.entity.js';
import { editionUnknown } from '../editions/edition.refusals.js';
import { refuseClash } from './refuse-clash.js';
import { ScreeningRow } from './screening.entity.js';
import { hourIllegal, screeningEmpty } from './screening.refusals.js';
import {
  DOORS_BEFORE_MS,
  endOf,
  isLegalHour,
  isRatingPending,
  LATE_ENTRY_MS,
  pricesFor,
  strictestRating,
  TURNAROUND_MS,
  UNTOLD_MINUTES,
} from './screening.rules.js';
import { itemsOf, ownAllocations, placeOf, requireSection, sharedBy, titleOf } from './screening-parts.js';

/** A new screening by hand, as a draft. */
@Injectable()
export class CreateScreening {
  async within(tx: Tx, command: CreateScreeningBody): Promise<ScreeningRow> {
    if (!(await tx.existsBy(EditionRow, { id: command.editionId })))
      throw editionUnknown({ editionId: command.editionId });
    const { hall, venue, plan } = await placeOf(tx, command);
    const { items, films } = await itemsOf(tx, command.editionId, command.items ?? []);
    await requireSection(tx, command.editionId, command.sectionId);
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
      toldAt: null,
      data: {
        title,
        sectionId: command.sectionId ?? films[0]?.sectionId ?? null,
        items: items.length > 0 ? items : [{ kind: 'talk', title, minutes: UNTOLD_MINUTES }],
        highlight: false,
        doorsOpenAt: after(startsAt, -DOORS_BEFORE_MS).toISOString(),
        lateEntryUntil: after(startsAt, LATE_ENTRY_MS).toISOString(),
        ageRating,
        ...(isRatingPending(command.ageRating, films) ? { ageRatingPending: true } : {}),
        languages: command.languages ?? films[0]?.languages ?? [],
        subtitles: command.subtitles ?? [],
        ...(command.audioDescription ? { audioDescription: command.audioDescription } : {}),
        ...(command.captions ? { captions: command.captions } : {}),
        access: venue.data.access,
        prices: pricesFor(
          command.prices,
          plan.plan.categories.map((category) => category.name),
        ),
        allocations: command.allocations
          ? ownAllocations(command.allocations, id, plan.seats)
          : await sharedBy(tx, command, id, plan.seats),
        invented: false,
      },
    });
    await tx.insert(ScreeningRow, row);
    return row;
  }
}
