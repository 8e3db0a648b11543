import { Inject, Injectable } from '@nestjs/common';
import type { RequestMove as RequestMoveBody } from '#libs/contracts';
import { after, type Clock, newId } from '#libs/kernel';
import { sqlState, type Tx } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { refuseClash } from '../screenings/refuse-clash.js';
import { requireStill } from '../screenings/require-still.js';
import { ScreeningRow } from '../screenings/screening.entity.js';
import { hallOverlap, hourIllegal, screeningUnknown, stepIllegal } from '../screenings/screening.refusals.js';
import { isLegalHour, pricesFor, TURNAROUND_MS } from '../screenings/screening.rules.js';
import { placeOf } from '../screenings/screening-parts.js';
import type { SeatPlanRow } from '../seat-plans/seat-plan.entity.js';
import { type MoveEnd, MoveRow } from './move.entity.js';
import { nothingMoves, pricesMissing } from './move.refusals.js';
import { ABANDONED_AFTER_MS, fitAllocations } from './move.rules.js';

const EXCLUSION_VIOLATION = '23P01';

/** Begins a move: from here on both slots of both halls belong to the screening. */
@Injectable()
export class RequestMove {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws screening-unknown, screening-step-illegal, screening-moving, nothing-moves, hall-overlap, turnaround-too-short, hour-illegal, move-prices-missing */
  async within(tx: Tx, screeningId: string, body: RequestMoveBody, askedBy: string): Promise<MoveRow> {
    const row = await tx.findOne(ScreeningRow, { where: { id: screeningId }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw screeningUnknown({ screeningId });
    if (!['announced', 'on-sale', 'closed'].includes(row.state)) throw stepIllegal({ from: row.state, to: row.state });
    await requireStill(tx, screeningId);
    const from = endOfRow(row);
    const to = await this.target(tx, row, body, from);
    const slot = { id: screeningId, hallId: to.hallId, startsAt: new Date(to.startsAt), endsAt: new Date(to.endsAt) };
    await refuseClash(tx, slot);
    try {
      await tx.query('SET CONSTRAINTS hall_slot_is_free IMMEDIATE');
      await tx.query(
        `INSERT INTO hall_slot (screening_id, kind, hall_id, starts_at, ends_at, free_from) VALUES ($1, 'wanted', $2, $3, $4, $5)`,
        [screeningId, to.hallId, to.startsAt, to.endsAt, to.freeFrom],
      );
    } catch (error) {
      throw sqlState(error) === EXCLUSION_VIOLATION ? hallOverlap({ hallId: to.hallId }, { cause: error }) : error;
    }
    const now = this.clock.now();
    const move = tx.create(MoveRow, {
      id: newId(),
      screeningId,
      state: 'requested',
      from,
      to,
      preview: null,
      tag: null,
      askedBy,
      expiresAt: after(now, ABANDONED_AFTER_MS),
      undoUntil: null,
      endedAt: null,
      tries: 0,
      nextTryAt: now,
      trouble: null,
    });
    await tx.insert(MoveRow, move as never);
    return move;
  }

  /** What the categories of the new plan cost; a plan of which nothing would be sold is a mistake. @throws move-prices-missing */
  private prices(row: ScreeningRow, body: RequestMoveBody, plan: SeatPlanRow): MoveEnd['prices'] {
    const categories = plan.plan.categories.map((category) => category.name);
    const prices = pricesFor(body.prices ?? row.data.prices, categories);
    if (prices.length === 0 && row.data.prices.length > 0) throw pricesMissing({ categories });
    return prices;
  }

  private async target(tx: Tx, row: ScreeningRow, body: RequestMoveBody, from: MoveEnd): Promise<MoveEnd> {
    const hallId = body.hallId ?? row.hallId;
    const stays = hallId === row.hallId && body.planId === undefined;
    const { plan, venue } = await placeOf(
      tx,
      stays ? { hallId, planId: row.planId, planVersion: row.planVersion } : { hallId, planId: body.planId },
    );
    const startsAt = body.startsAt ? new Date(body.startsAt) : row.startsAt;
    const shift = +startsAt - +row.startsAt;
    const changes = shift !== 0 || hallId !== row.hallId || plan.id !== row.planId || plan.version !== row.planVersion;
    if (!changes) throw nothingMoves();
    if (!isLegalHour(row.data.ageRating, startsAt, venue.timezone))
      throw hourIllegal({ ageRating: row.data.ageRating, startsAt });
    const moved = (instant: string) => after(new Date(instant), shift).toISOString();
    const endsAt = moved(from.endsAt);
    return {
      hallId,
      planId: plan.id,
      planVersion: plan.version,
      startsAt: startsAt.toISOString(),
      endsAt,
      freeFrom: after(new Date(endsAt), TURNAROUND_MS).toISOString(),
      doorsOpenAt: moved(from.doorsOpenAt),
      lateEntryUntil: moved(from.lateEntryUntil),
      allocations: fitAllocations(row.data.allocations, plan.seats),
      prices: this.prices(row, body, plan),
      movedFrom: { startsAt: from.startsAt, hallId: from.hallId },
    };
  }
}

export function endOfRow(row: ScreeningRow): MoveEnd {
  const { doorsOpenAt, lateEntryUntil, allocations, prices, delay, movedFrom } = row.data;
  return {
    hallId: row.hallId,
    planId: row.planId,
    planVersion: row.planVersion,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    freeFrom: row.freeFrom.toISOString(),
    doorsOpenAt,
    lateEntryUntil,
    allocations,
    prices,
    ...(delay ? { delay } : {}),
    ...(movedFrom ? { movedFrom } : {}),
  };
}

/** The row as it is at one end of a move. */
export function atEnd(row: ScreeningRow, end: MoveEnd): ScreeningRow {
  const { delay: _, movedFrom: __, ...data } = row.data;
  const { doorsOpenAt, lateEntryUntil, allocations, prices, delay, movedFrom } = end;
  return {
    ...row,
    hallId: end.hallId,
    planId: end.planId,
    planVersion: end.planVersion,
    startsAt: new Date(end.startsAt),
    endsAt: new Date(end.endsAt),
    freeFrom: new Date(end.freeFrom),
    data: {
      ...data,
      doorsOpenAt,
      lateEntryUntil,
      allocations,
      prices,
      ...(delay ? { delay } : {}),
      ...(movedFrom ? { movedFrom } : {}),
    },
  };
}
