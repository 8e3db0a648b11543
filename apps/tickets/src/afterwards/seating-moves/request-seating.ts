import { Injectable } from '@nestjs/common';
import type { RequestSeating as RequestSeatingBody, SeatingPreview } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { moveOpen, moveOver, notMovable } from './seating-move.refusals.js';
import { SeatingMoves } from './seating-moves.store.js';
import { claimsOf, clashingBookings, hallOf, previewOf, stepsOf } from './seating-plan.js';

/** Stops the sale of a screening and says who would sit where. The same move asked for again gets the same answer. */
@Injectable()
export class RequestSeating {
  constructor(
    private readonly database: Database,
    private readonly moves: SeatingMoves,
  ) {}

  /** @throws screening-unknown, screening-not-movable, seating-move-open, seating-move-over */
  async execute(body: RequestSeatingBody): Promise<SeatingPreview> {
    const preview = await this.database.transaction((tx) => this.within(tx, body));
    await this.moves.told(body.screeningId);
    return preview;
  }

  private async within(tx: Tx, { moveId, screeningId, to, seats }: RequestSeatingBody): Promise<SeatingPreview> {
    await this.moves.lock(tx, screeningId);
    const known = await this.moves.find(tx, moveId);
    // Given up before it arrived, or long over: it must not stop the sale again.
    if (known && known.state !== 'previewed' && known.state !== 'seated') throw moveOver({ state: known.state });
    if (known) return known.preview;
    const [copy]: { data: ScreeningData; paused: boolean; planId: string; planVersion: number }[] = await tx.query(
      `SELECT s.data, i.paused, i.plan_id AS "planId", i.plan_version AS "planVersion"
         FROM screening_copy s JOIN inventory i USING (screening_id) WHERE s.screening_id = $1`,
      [screeningId],
    );
    const from = copy && (await this.moves.seatsOf(tx, copy));
    if (!copy || !from) throw screeningUnknown({ screening: screeningId });
    if (['cancelled', 'ended'].includes(copy.data.state)) throw notMovable({ state: copy.data.state });
    if (await this.moves.openOf(tx, screeningId)) throw moveOpen({ screening: screeningId });
    await tx.query('INSERT INTO plan_copy (plan_id, plan_version, seats) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      to.planId,
      to.planVersion,
      JSON.stringify(seats),
    ]);
    await this.moves.pause(tx, screeningId, true);
    const claims = await claimsOf(tx, screeningId, from);
    const planned = stepsOf(moveId, claims, hallOf(from, copy.data), hallOf(seats, to), copy.planId === to.planId);
    const preview = previewOf(moveId, screeningId, planned, (await clashingBookings(tx, screeningId, to)).length);
    await tx.query(
      `INSERT INTO seating_move (id, screening_id, edition_id, state, from_facts, to_facts, preview, seating, paused_before)
       VALUES ($1, $2, $3, 'previewed', $4, $5, $6, $7, $8)`,
      [
        moveId,
        screeningId,
        copy.data.editionId,
        JSON.stringify({ ...copy.data, planId: copy.planId, planVersion: copy.planVersion }),
        JSON.stringify(to),
        JSON.stringify(preview),
        JSON.stringify(planned.steps),
        copy.paused,
      ],
    );
    return preview;
  }
}
