import { Injectable } from '@nestjs/common';
import type { SeatingAnswer } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { standAside } from './confirm-seating.js';
import { moveOver } from './seating-move.refusals.js';
import { type SeatingMoveRow, SeatingMoves } from './seating-moves.store.js';
import { claimsOf, hallOf, hasSeat, type SeatingStep, stepsOf } from './seating-plan.js';

interface Change {
  fromSeat: string;
  toSeat: string;
  fromRow: string;
  fromNumber: string;
  toRow: string;
  toNumber: string;
}

/** Screenings gives a move up after 15 minutes; whatever still waits after this was never going to be confirmed. */
const FORGOTTEN_MINUTES = 20;

/** Puts everybody back on the seat that they had; also ends a move that was only previewed. */
@Injectable()
export class UndoSeating {
  constructor(
    private readonly database: Database,
    private readonly moves: SeatingMoves,
  ) {}

  /** @throws seating-move-unknown, seating-move-over once it is settled */
  undo(id: string): Promise<SeatingAnswer> {
    return this.end(id, async (tx, move) => {
      if (move.state === 'settled') throw moveOver({ state: move.state });
      if (move.state === 'seated') await this.putBack(tx, move);
      if (move.state === 'previewed') await this.letGo(tx, move);
    });
  }

  /**
   * A move that is not known yet is given up, too: its request is late and changes nothing when it comes.
   * @throws seating-move-over once anybody was moved
   */
  async abandon(id: string): Promise<SeatingAnswer> {
    await this.database.query(
      `INSERT INTO seating_move (id, screening_id, edition_id, state, from_facts, to_facts, preview, seating, paused_before, ended_at)
       VALUES ($1, '', '', 'abandoned', '{}', '{}', '{}', '[]', false, clock_timestamp()) ON CONFLICT (id) DO NOTHING`,
      [id],
    );
    return this.end(id, async (tx, move) => {
      if (move.state === 'seated' || move.state === 'settled') throw moveOver({ state: move.state });
      if (move.state === 'previewed') await this.letGo(tx, move);
    });
  }

  /** Previews that screenings has forgotten: the sale must not stand still for ever. Answers how many. */
  async giveUpForgotten(): Promise<number> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM seating_move WHERE state = 'previewed' AND asked_at < clock_timestamp() - make_interval(mins => $1)`,
      [FORGOTTEN_MINUTES],
    );
    for (const { id } of rows) await this.abandon(id);
    return rows.length;
  }

  private async end(id: string, work: (tx: Tx, move: SeatingMoveRow) => Promise<void>): Promise<SeatingAnswer> {
    const move = await this.database.transaction(async (tx) => {
      const row = await this.moves.locked(tx, id);
      await work(tx, row);
      return (await this.moves.find(tx, id))!;
    });
    await this.moves.told(move.screening);
    return { moveId: id, state: move.state, moved: move.moved, unseated: move.unseated };
  }

  private async letGo(tx: Tx, move: SeatingMoveRow): Promise<void> {
    await this.moves.pause(tx, move.screening, move.pausedBefore);
    await this.moves.step(tx, move.id, 'abandoned');
  }

  private async putBack(tx: Tx, move: SeatingMoveRow): Promise<void> {
    const to = (await this.moves.seatsOf(tx, move.to))!;
    const from = (await this.moves.seatsOf(tx, move.from))!;
    const changes: Change[] = await tx.query(
      `SELECT from_seat AS "fromSeat", to_seat AS "toSeat", from_row AS "fromRow", from_number AS "fromNumber",
              to_row AS "toRow", to_number AS "toNumber" FROM seating_change WHERE move_id = $1`,
      [move.id],
    );
    const byTarget = new Map(changes.map((change) => [change.toSeat, change]));
    const claims = await claimsOf(tx, move.screening, to);
    const stayed = new Set(move.seating.filter((one) => one.from === one.to).map((one) => one.from));
    const back = claims.flatMap((claim): SeatingStep[] => {
      const change = byTarget.get(claim.seat);
      if (!change) return [];
      const { kind, owner, line } = claim;
      const was = claim.was ?? {
        id: claim.seat,
        row: change.toRow,
        number: change.toNumber,
        category: '',
        kind: 'seat' as const,
      };
      return [
        {
          kind,
          owner,
          line,
          from: claim.seat,
          to: change.fromSeat,
          row: change.fromRow,
          number: change.fromNumber,
          fromRow: change.toRow,
          fromNumber: change.toNumber,
          worse: false,
          was,
        },
      ];
    });
    // Seats that were kept for somebody in the new hall meanwhile go with the screening, onto what is free in the old one.
    const extras = claims.filter(
      (claim) => !byTarget.has(claim.seat) && !stayed.has(claim.seat) && hasSeat(claim.seat),
    );
    const occupied = new Set([...back.map((one) => one.to), ...stayed]);
    const free = { ...hallOf(from, move.from), seats: from.filter((seat) => !occupied.has(seat.id)) };
    const late = stepsOf(move.id, extras, hallOf(to, move.to), free, false).steps;
    await tx.query('SELECT apply_seating($1, $2)', [move.screening, JSON.stringify([...back, ...late])]);
    await tx.query('DELETE FROM unseated WHERE move_id = $1', [move.id]);
    await tx.query(
      `UPDATE unseated u SET state = 'waiting' FROM seating_change c
        WHERE c.move_id = $1 AND u.screening_id = $2 AND u.seat_id = c.from_seat`,
      [move.id, move.screening],
    );
    await standAside(tx, move, late);
    await tx.query('SELECT recall_old_seats($1, $2)', [move.screening, move.id]);
    await this.moves.stand(tx, move.screening, move.from, move.pausedBefore);
    await this.moves.step(tx, move.id, 'undone');
  }
}
