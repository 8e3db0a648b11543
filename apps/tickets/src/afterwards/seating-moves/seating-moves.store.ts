import { Injectable } from '@nestjs/common';
import type { SeatingPreview, SeatingState } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { type PlanSeat, ProgrammeCopy, type ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { Switchboards } from '../../inventory/seats/switchboards.js';
import { moveUnknown } from './seating-move.refusals.js';
import type { SeatingStep } from './seating-plan.js';

export interface SeatingMoveRow {
  id: string;
  screening: string;
  edition: string;
  state: SeatingState;
  from: ScreeningData;
  to: ScreeningData;
  preview: SeatingPreview;
  seating: SeatingStep[];
  pausedBefore: boolean;
  moved: number;
  unseated: number;
}

const SELECT = `SELECT id, screening_id AS screening, edition_id AS edition, state, from_facts AS from, to_facts AS to, preview, seating,
  paused_before AS "pausedBefore", moved, unseated FROM seating_move`;

/** Rows of moves and the switchboard of the screening that is moved. */
@Injectable()
export class SeatingMoves {
  constructor(
    private readonly programme: ProgrammeCopy,
    private readonly switchboards: Switchboards,
    private readonly map: SeatMap,
  ) {}

  /** Nothing else happens to the seats of the screening until the transaction ends. */
  async lock(tx: Tx, screening: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(screening_lock($1))', [screening]);
  }

  async find(tx: Tx, id: string): Promise<SeatingMoveRow | undefined> {
    const [row]: SeatingMoveRow[] = await tx.query(`${SELECT} WHERE id = $1`, [id]);
    return row;
  }

  /** @throws seating-move-unknown */
  async known(tx: Tx, id: string): Promise<SeatingMoveRow> {
    const row = await this.find(tx, id);
    if (!row) throw moveUnknown({ moveId: id });
    return row;
  }

  /** The move with its screening locked. @throws seating-move-unknown */
  async locked(tx: Tx, id: string): Promise<SeatingMoveRow> {
    const known = await this.known(tx, id);
    await this.lock(tx, known.screening);
    return (await this.find(tx, id))!;
  }

  async openOf(tx: Tx, screening: string): Promise<SeatingMoveRow | undefined> {
    const [row]: SeatingMoveRow[] = await tx.query(
      `${SELECT} WHERE screening_id = $1 AND state IN ('previewed', 'seated')`,
      [screening],
    );
    return row;
  }

  async step(tx: Tx, id: string, state: SeatingState): Promise<void> {
    const stamp = state === 'seated' ? 'seated_at' : 'ended_at';
    await tx.query(`UPDATE seating_move SET state = $2, ${stamp} = clock_timestamp() WHERE id = $1`, [id, state]);
    await this.audit(tx, 'screenings', `seating.${state}`, id);
  }

  /** @param actor the person who decided, or the service on whose word it was done */
  async audit(tx: Tx, actor: string, action: string, subject: string, facts: object = {}): Promise<void> {
    await tx.query('INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, $2, $3, $4)', [
      actor,
      action,
      subject,
      JSON.stringify(facts),
    ]);
  }

  async seatsOf(tx: Tx, plan: Pick<ScreeningData, 'planId' | 'planVersion'>): Promise<PlanSeat[] | undefined> {
    const [row]: { seats: PlanSeat[] }[] = await tx.query(
      'SELECT seats FROM plan_copy WHERE plan_id = $1 AND plan_version = $2',
      [plan.planId, plan.planVersion],
    );
    return row?.seats;
  }

  async pause(tx: Tx, screening: string, paused: boolean): Promise<void> {
    await tx.query('UPDATE inventory SET paused = $2 WHERE screening_id = $1', [screening, paused]);
  }

  /**
   * The copy and the switchboard say where the screening is now; screenings tells the same a moment later. The epoch
   * rises, so that what Redis holds of the old hall is forgotten.
   */
  async stand(tx: Tx, screening: string, facts: ScreeningData, paused: boolean): Promise<void> {
    const { state: _, ...where } = facts;
    await tx.query(
      `UPDATE screening_copy SET data = data - 'guardianNote' - 'delay' || $2::jsonb, starts_at = $3, ends_at = $4 WHERE screening_id = $1`,
      [screening, JSON.stringify(where), facts.startsAt, facts.endsAt],
    );
    await tx.query(
      'UPDATE inventory SET plan_id = $2, plan_version = $3, epoch = epoch + 1, paused = $4 WHERE screening_id = $1',
      [screening, facts.planId, facts.planVersion, paused],
    );
  }

  /** After the commit: what this process remembers of the screening is old. */
  async told(screening: string): Promise<void> {
    this.programme.forget(screening);
    await this.switchboards.read(screening).catch(() => undefined);
    this.map.touch(screening);
  }
}
