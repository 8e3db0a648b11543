import { Injectable } from '@nestjs/common';
import type { SeatingAnswer } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { limitId } from '../../copies/programme-copy/limit-id.rules.js';
import { moveOver } from './seating-move.refusals.js';
import { type SeatingMoveRow, SeatingMoves } from './seating-moves.store.js';
import { claimsOf, clashingBookings, hallOf, hasSeat, previewOf, type SeatingStep, stepsOf } from './seating-plan.js';

/** Moves every claim of every owner in one transaction, exactly as the manager saw it. */
@Injectable()
export class ConfirmSeating {
  constructor(
    private readonly database: Database,
    private readonly moves: SeatingMoves,
  ) {}

  /**
   * When somebody claimed a seat since the preview, nothing moves and the new preview is answered.
   * @throws seating-move-unknown, seating-move-over
   */
  async execute(id: string, tag: string): Promise<SeatingAnswer> {
    const { answer, screening } = await this.database.transaction(async (tx) => {
      const move = await this.moves.locked(tx, id);
      return { answer: await this.within(tx, move, tag), screening: move.screening };
    });
    await this.moves.told(screening);
    return answer;
  }

  private async within(tx: Tx, move: SeatingMoveRow, tag: string): Promise<SeatingAnswer> {
    const { id: moveId, state, moved, unseated } = move;
    if (state === 'seated' || state === 'settled') return { moveId, state, moved, unseated };
    if (state !== 'previewed') throw moveOver({ state });
    const from = (await this.moves.seatsOf(tx, move.from))!;
    const claims = await claimsOf(tx, move.screening, from);
    const key = (one: { owner: string; line: number }, seat: string) => `${one.owner} ${one.line} ${seat}`;
    const standing = new Set(claims.map((claim) => key(claim, claim.seat)));
    const seen = new Set(move.seating.map((one) => key(one, one.from)));
    if (tag !== move.preview.tag || claims.some((claim) => !seen.has(key(claim, claim.seat)))) {
      const to = (await this.moves.seatsOf(tx, move.to))!;
      const keep = move.from.planId === move.to.planId;
      const planned = stepsOf(moveId, claims, hallOf(from, move.from), hallOf(to, move.to), keep);
      const clashes = await clashingBookings(tx, move.screening, move.to);
      const preview = previewOf(moveId, move.screening, planned, clashes.length);
      await tx.query('UPDATE seating_move SET preview = $2, seating = $3 WHERE id = $1', [
        moveId,
        JSON.stringify(preview),
        JSON.stringify(planned.steps),
      ]);
      return { moveId, state: 'previewed', moved: 0, unseated: 0, preview };
    }
    return this.seat(
      tx,
      move,
      move.seating.filter((one) => standing.has(key(one, one.from))),
    );
  }

  private async seat(tx: Tx, move: SeatingMoveRow, steps: readonly SeatingStep[]): Promise<SeatingAnswer> {
    const changes = steps.filter((one) => one.from !== one.to);
    const relabelled = steps.filter(
      (one) => one.from === one.to && (one.row !== one.fromRow || one.number !== one.fromNumber),
    );
    await tx.query('SELECT apply_seating($1, $2)', [move.screening, JSON.stringify([...changes, ...relabelled])]);
    await tx.query(
      `INSERT INTO seating_change (move_id, from_seat, to_seat, owner_kind, owner_id, line_no, from_row, from_number, to_row, to_number)
       SELECT $1, s."from", s."to", s.kind, s.owner, s.line, s."fromRow", s."fromNumber", s."row", s.number
         FROM jsonb_to_recordset($2) AS s("from" text, "to" text, kind text, owner uuid, line smallint,
              "fromRow" text, "fromNumber" text, "row" text, number text)`,
      [move.id, JSON.stringify([...changes, ...relabelled])],
    );
    await standAside(tx, move, changes);
    const samePlan = move.from.planId === move.to.planId && move.from.planVersion === move.to.planVersion;
    if (!samePlan) await tx.query('SELECT forget_old_seats($1, $2)', [move.screening, move.id]);
    await this.moves.stand(tx, move.screening, move.to, true);
    // A smaller hall counts fewer places; nobody who has one loses it.
    for (const allocation of move.to.allocations)
      await tx.query(
        `INSERT INTO usage_limit (id, capacity) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET capacity = greatest(excluded.capacity, usage_limit.used)`,
        [limitId(move.screening, allocation.id), allocation.capacity],
      );
    await this.moves.step(tx, move.id, 'seated');
    const unseated = steps.filter((one) => !hasSeat(one.to)).length;
    await tx.query('UPDATE seating_move SET moved = $2, unseated = $3 WHERE id = $1', [
      move.id,
      steps.length,
      unseated,
    ]);
    return { moveId: move.id, state: 'seated', moved: steps.length, unseated };
  }
}

/** Lists who stands aside, and strikes off the list who was seated by this move. */
export async function standAside(tx: Tx, move: SeatingMoveRow, changes: readonly SeatingStep[]): Promise<void> {
  await tx.query(
    `UPDATE unseated u SET state = 'seated' FROM jsonb_to_recordset($2) AS s("from" text)
      WHERE u.screening_id = $1 AND u.seat_id = s."from" AND u.state = 'waiting'`,
    [move.screening, JSON.stringify(changes.filter((one) => !hasSeat(one.from) && hasSeat(one.to)))],
  );
  await tx.query(
    `INSERT INTO unseated (screening_id, seat_id, move_id, owner_kind, owner_id, line_no, was)
     SELECT $1, s."to", $2, s.kind, s.owner, s.line, s.was
       FROM jsonb_to_recordset($3) AS s("to" text, kind text, owner uuid, line smallint, was jsonb)
     ON CONFLICT (screening_id, seat_id) DO UPDATE SET state = 'waiting'`,
    [move.screening, move.id, JSON.stringify(changes.filter((one) => !hasSeat(one.to)))],
  );
}
