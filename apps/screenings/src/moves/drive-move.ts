import { Inject, Injectable } from '@nestjs/common';
import type { MoveState, SeatingPreview } from '#libs/contracts';
import { after, type Clock, IllegalStep, step } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { ScreeningRow } from '../screenings/screening.entity.js';
import { SpeakScreenings } from '../screenings/speak-screenings.js';
import { SeatPlanRow } from '../seat-plans/seat-plan.entity.js';
import { seatsOf } from '../seat-plans/seat-plan.rules.js';
import { MoveRow } from './move.entity.js';
import { moveStepIllegal, moveUnknown, previewChanged, undoOver } from './move.refusals.js';
import { MOVE_CYCLE, OVER, retryMs, UNDO_MS } from './move.rules.js';
import { atEnd } from './request-move.js';
import { SeatingRefused, TicketsSeating } from './tickets-seating.js';

/** Refusals of tickets after which a move can only be over. */
const ENDED = new Set(['seating-move-over', 'screening-not-movable', 'seating-move-unknown']);

/**
 * Takes a move from state to state. What tickets has to do is asked by HTTP outside any transaction, and asked again by
 * the job until it answers; each answer is written in a transaction that looks at the state again, so that a late or a
 * repeated answer changes nothing.
 */
@Injectable()
export class DriveMove {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketsSeating,
    private readonly speak: SpeakScreenings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws move-unknown, move-step-illegal, move-preview-changed */
  async confirm(id: string, tag: string): Promise<void> {
    await this.change(id, async (tx, move) => {
      if (['confirmed', 'seated', 'settling', 'settled'].includes(move.state) && move.tag === tag) return;
      if (move.state === 'previewed' && move.preview?.tag !== tag) throw previewChanged({ tag: move.preview?.tag });
      await this.to(tx, move, 'confirmed', { tag });
    });
    await this.ask(id);
  }

  /** @throws move-unknown, move-step-illegal, move-undo-over */
  async undo(id: string): Promise<void> {
    await this.change(id, async (tx, move) => {
      if (move.state === 'undoing' || move.state === 'undone') return;
      if (move.state === 'settling' || move.state === 'settled') throw undoOver();
      if (move.state === 'seated' && move.undoUntil && move.undoUntil < this.clock.now()) throw undoOver();
      await this.to(tx, move, 'undoing');
    });
    await this.ask(id);
  }

  /** The undo is waived, or its time is over. @throws move-unknown, move-step-illegal */
  async settle(id: string): Promise<void> {
    await this.change(id, async (tx, move) => {
      if (move.state === 'settling' || move.state === 'settled') return;
      await this.to(tx, move, 'settling');
    });
    await this.ask(id);
  }

  /** @throws move-unknown, move-step-illegal once it is confirmed */
  async abandon(id: string): Promise<void> {
    await this.change(id, async (tx, move) => {
      if (move.state === 'abandoning' || move.state === 'abandoned') return;
      await this.to(tx, move, 'abandoning');
    });
    await this.ask(id);
  }

  /** Asks tickets for what the move waits for; trouble is noted and the job asks again. */
  async ask(id: string): Promise<void> {
    const move = await this.database.source.manager.findOneBy(MoveRow, { id });
    if (!move || OVER.includes(move.state) || move.state === 'previewed' || move.state === 'seated') return;
    try {
      await this.once(move);
    } catch (error) {
      if (error instanceof SeatingRefused && ENDED.has(error.code)) await this.end(move, error.code);
      else await this.later(move, error);
    }
  }

  private async once(move: MoveRow): Promise<void> {
    if (move.state === 'requested') {
      const preview = await this.tickets.preview(await this.seatingOf(move));
      await this.change(move.id, async (tx, now) => {
        if (now.state === 'requested') await this.to(tx, now, 'previewed', { preview });
      });
    } else if (move.state === 'confirmed') {
      const answer = await this.tickets.confirm(move.id, move.tag ?? '');
      if (answer.state === 'previewed') await this.lookAgain(move.id, answer.preview ?? null);
      else await this.makeCurrent(move.id);
    } else if (move.state === 'settling') {
      await this.tickets.end(move.id, 'settle');
      await this.finish(move.id, 'settling', 'settled');
    } else if (move.state === 'undoing') {
      await this.tickets.end(move.id, 'undo');
      await this.takeBack(move.id);
    } else if (move.state === 'abandoning') {
      await this.tickets.end(move.id, 'abandon');
      await this.finish(move.id, 'abandoning', 'abandoned');
    }
  }

  /** Everybody sits: the screening is where it moved to, and the slot that it left is kept while it may come back. */
  private makeCurrent(id: string): Promise<void> {
    return this.change(id, async (tx, move) => {
      if (move.state !== 'confirmed') return;
      await tx.query("DELETE FROM hall_slot WHERE screening_id = $1 AND kind = 'wanted'", [move.screeningId]);
      await this.stand(tx, move, 'to');
      const { hallId, startsAt, endsAt, freeFrom } = move.from;
      await tx.query(
        `INSERT INTO hall_slot (screening_id, kind, hall_id, starts_at, ends_at, free_from) VALUES ($1, 'left', $2, $3, $4, $5)
         ON CONFLICT (screening_id, kind) DO NOTHING`,
        [move.screeningId, hallId, startsAt, endsAt, freeFrom],
      );
      await this.to(tx, move, 'seated', { undoUntil: after(this.clock.now(), UNDO_MS) });
    });
  }

  private takeBack(id: string): Promise<void> {
    return this.change(id, async (tx, move) => {
      if (move.state !== 'undoing') return;
      await tx.query("DELETE FROM hall_slot WHERE screening_id = $1 AND kind = 'left'", [move.screeningId]);
      await this.stand(tx, move, 'from');
      await this.to(tx, move, 'undone');
    });
  }

  private async stand(tx: Tx, move: MoveRow, end: 'from' | 'to'): Promise<void> {
    const row = await tx.findOneByOrFail(ScreeningRow, { id: move.screeningId });
    if (row.state === 'cancelled') return;
    const { id, data, hallId, planId, planVersion, startsAt, endsAt, freeFrom } = atEnd(row, move[end]);
    await tx.update(ScreeningRow, { id }, { data, hallId, planId, planVersion, startsAt, endsAt, freeFrom } as never);
    await this.speak.within(tx, row.editionId, id);
  }

  private lookAgain(id: string, preview: SeatingPreview | null): Promise<void> {
    return this.change(id, async (tx, move) => {
      if (move.state === 'confirmed') await this.to(tx, move, 'previewed', { preview, tag: null });
    });
  }

  private finish(id: string, from: MoveState, state: MoveState): Promise<void> {
    return this.change(id, async (tx, move) => {
      if (move.state === from) await this.to(tx, move, state);
    });
  }

  /** Tickets has ended the move by itself: the screening was cancelled, or this is an answer to a command long over. */
  private end(move: MoveRow, trouble: string): Promise<void> {
    const settled = ['seated', 'settling', 'undoing'].includes(move.state);
    return this.change(move.id, async (tx, now) => {
      if (!OVER.includes(now.state)) await this.to(tx, now, settled ? 'settled' : 'abandoned', { trouble });
    });
  }

  private async later(move: MoveRow, error: unknown): Promise<void> {
    const trouble = error instanceof Error ? error.message : String(error);
    await this.database.query(
      `UPDATE screening_move SET tries = tries + 1, trouble = $2, next_try_at = clock_timestamp() + $3 * interval '1 millisecond'
        WHERE id = $1`,
      [move.id, trouble.slice(0, 200), retryMs(move.tries)],
    );
  }

  private async seatingOf(move: MoveRow) {
    const manager = this.database.source.manager;
    const row = await manager.findOneByOrFail(ScreeningRow, { id: move.screeningId });
    const { planId: id, planVersion: version } = move.to;
    const plan = await manager.findOneByOrFail(SeatPlanRow, { id, version });
    const to = await this.database.transaction((tx) => this.speak.facts(tx, atEnd(row, move.to)));
    const seats = seatsOf(plan.plan).map(({ x, y, ...seat }) => ({ ...seat, x: Math.round(x), y: Math.round(y) }));
    return { moveId: move.id, screeningId: move.screeningId, to, seats };
  }

  private change(id: string, work: (tx: Tx, move: MoveRow) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const known = await tx.findOneBy(MoveRow, { id });
      if (!known) throw moveUnknown({ moveId: id });
      await tx.findOne(ScreeningRow, { where: { id: known.screeningId }, lock: { mode: 'pessimistic_write' } });
      await work(tx, (await tx.findOne(MoveRow, { where: { id }, lock: { mode: 'pessimistic_write' } }))!);
    });
  }

  private async to(tx: Tx, move: MoveRow, state: MoveState, more: Partial<MoveRow> = {}): Promise<void> {
    try {
      step('move', MOVE_CYCLE, move.state, state);
    } catch (error) {
      if (error instanceof IllegalStep) throw moveStepIllegal({ from: error.from, to: error.to }, { cause: error });
      throw error;
    }
    const over = OVER.includes(state);
    const now = this.clock.now();
    await tx.update(MoveRow, { id: move.id }, {
      state,
      tries: 0,
      nextTryAt: now,
      trouble: null,
      ...(over ? { endedAt: now } : {}),
      ...more,
    } as never);
    if (over) await tx.query("DELETE FROM hall_slot WHERE screening_id = $1 AND kind <> 'current'", [move.screeningId]);
  }
}
