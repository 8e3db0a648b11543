import { Injectable } from '@nestjs/common';
import type { CheckScreening as CheckScreeningBody, ScreeningCheck } from '#libs/contracts';
import { after } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { takenSlots } from './refuse-clash.js';
import { ScreeningRow } from './screening.entity.js';
import { hallOverlap, hourIllegal, turnaroundTooShort } from './screening.refusals.js';
import {
  endOf,
  guardianNote,
  isLegalHour,
  isRatingPending,
  type Slot,
  slotClash,
  strictestRating,
  TURNAROUND_MS,
  UNTOLD_MINUTES,
} from './screening.rules.js';
import { itemsOf, placeOf } from './screening-parts.js';

type Problem = ScreeningCheck['problems'][number];

/** What saving, announcing or moving would answer, with everything that is in the way at once. Nothing is written. */
@Injectable()
export class CheckScreening {
  constructor(private readonly database: Database) {}

  /** @throws hall-unknown, film-unknown, screening-empty where there is nothing yet that could be judged */
  execute(body: CheckScreeningBody): Promise<ScreeningCheck> {
    return this.database.transaction(async (tx) => {
      const { hall, venue, plan } = await placeOf(tx, body);
      const { items, films } = await itemsOf(tx, body.editionId, body.items ?? []);
      const startsAt = new Date(body.startsAt);
      const endsAt = endOf(startsAt, items.length > 0 ? items : [{ minutes: UNTOLD_MINUTES }]);
      const ageRating = body.ageRating ?? strictestRating(films.map((film) => film.ageRating));
      const problems: Problem[] = [];
      if (!isLegalHour(ageRating, startsAt, venue.timezone))
        problems.push({ code: hourIllegal.code, field: 'startsAt', reason: hourIllegal.title, draft: false });
      const slot = { id: body.screeningId ?? '', hallId: hall.id, startsAt, endsAt };
      problems.push(...(await this.inTheWay(tx, slot, await takenSlots(tx, hall.id), false)));
      problems.push(...(await this.inTheWay(tx, slot, await draftSlots(tx, hall.id), true)));
      const note = guardianNote(endsAt, venue.timezone);
      return {
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        freeFrom: after(endsAt, TURNAROUND_MS).toISOString(),
        seats: plan.seats,
        categories: plan.plan.categories.map((category) => category.name),
        ageRating,
        ageRatingPending: isRatingPending(body.ageRating, films),
        ...(note ? { guardianNote: note } : {}),
        problems,
      };
    });
  }

  private async inTheWay(tx: Tx, slot: Slot, others: readonly Slot[], draft: boolean): Promise<Problem[]> {
    const found: Problem[] = [];
    for (const other of others) {
      const clash = slotClash(slot, [other]);
      if (!clash) continue;
      const refusal = clash.kind === 'hall-overlap' ? hallOverlap : turnaroundTooShort;
      const row = await tx.findOneBy(ScreeningRow, { id: other.id });
      found.push({
        code: refusal.code,
        field: 'startsAt',
        reason: refusal.title,
        draft,
        screeningId: other.id,
        ...(row ? { title: row.data.title } : {}),
        from: other.startsAt.toISOString(),
        until: other.endsAt.toISOString(),
      });
    }
    return found;
  }
}

/** Where drafts would be; they take no hall yet. */
async function draftSlots(tx: Tx, hallId: string): Promise<Slot[]> {
  const rows = await tx.find(ScreeningRow, { where: { hallId, state: 'draft' }, order: { startsAt: 'ASC' } });
  return rows.map(({ id, startsAt, endsAt }) => ({ id, hallId, startsAt, endsAt }));
}
