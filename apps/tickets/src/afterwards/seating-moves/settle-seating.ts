import { Injectable } from '@nestjs/common';
import type { SeatingAnswer } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';
import { moveOver } from './seating-move.refusals.js';
import { refundUntil } from './seating-move.rules.js';
import { type SeatingMoveRow, SeatingMoves } from './seating-moves.store.js';
import { clashingBookings } from './seating-plan.js';
import { TellVisits } from './tell-visits.js';

/** The undo is over: sales go on, refund rights open, clashes are marked, and each visitor is told once. */
@Injectable()
export class SettleSeating {
  constructor(
    private readonly database: Database,
    private readonly moves: SeatingMoves,
    private readonly visits: TellVisits,
    private readonly relay: Relay,
  ) {}

  /** @throws seating-move-unknown, seating-move-over unless everybody sits */
  async execute(id: string): Promise<SeatingAnswer> {
    const move = await this.database.transaction(async (tx) => {
      const row = await this.moves.locked(tx, id);
      if (row.state === 'settled') return row;
      if (row.state !== 'seated') throw moveOver({ state: row.state });
      await this.within(tx, row);
      return { ...row, state: 'settled' as const };
    });
    this.relay.wake();
    await this.moves.told(move.screening);
    return { moveId: id, state: move.state, moved: move.moved, unseated: move.unseated };
  }

  private async within(tx: Tx, move: SeatingMoveRow): Promise<void> {
    const { from, to, screening } = move;
    const until = refundUntil(from, to);
    if (until) await openRefunds(tx, screening, until, 'screening-moved');
    await tx.query(
      `INSERT INTO refund_right (order_id, screening_id, until, reason)
       SELECT DISTINCT owner_id, screening_id, $2::timestamptz, 'seat-lost' FROM unseated
        WHERE move_id = $1 AND owner_kind = 'order' AND state = 'waiting'
       ON CONFLICT (order_id, screening_id, reason) DO UPDATE SET until = excluded.until`,
      [move.id, to.startsAt],
    );
    const clashes = await clashingBookings(tx, screening, to);
    for (const { booking, other, otherScreening } of clashes)
      await tx.query(
        `INSERT INTO booking_clash (booking_id, other_screening_id, move_id) VALUES ($1, $3, $5), ($2, $4, $5)
         ON CONFLICT (booking_id, other_screening_id) DO UPDATE SET move_id = excluded.move_id`,
        [booking, other, otherScreening, screening, move.id],
      );
    await this.moves.pause(tx, screening, move.pausedBefore);
    await this.moves.step(tx, move.id, 'settled');
    await this.visits.moved(tx, move, until, clashes);
  }
}

/** Whoever has a paid ticket of the screening may give it back without a fee until then (festival time). */
export async function openRefunds(
  tx: Tx,
  screening: string,
  until: Date,
  reason: 'screening-moved' | 'screening-delayed',
): Promise<void> {
  await tx.query(
    `INSERT INTO refund_right (order_id, screening_id, until, reason)
     SELECT DISTINCT t.order_id, t.screening_id, $2::timestamptz, $3 FROM ticket t
      WHERE t.screening_id = $1 AND t.state IN ('live', 'suspended')
     ON CONFLICT (order_id, screening_id, reason) DO UPDATE SET until = greatest(refund_right.until, excluded.until)`,
    [screening, until, reason],
  );
}
