import { Inject, Injectable } from '@nestjs/common';
import type { SeatUnseated, UnseatedOwner } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';
import type { PlanSeat, ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { type ClaimedSeat, INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import { ReturnLines } from '../changes/return-lines.js';
import { seatNotFree, unseatedUnknown } from './seating-move.refusals.js';
import { SeatingMoves } from './seating-moves.store.js';
import type { SeatingStep } from './seating-plan.js';
import { TellVisits } from './tell-visits.js';

interface Row {
  seat: string;
  kind: UnseatedOwner['ownerKind'];
  owner: string;
  line: number;
  was: PlanSeat;
  state: UnseatedOwner['state'];
  number: string | null;
}

/** Whom a new hall has no seat for: a manager gives them another one or their money back; until then the ticket stands. */
@Injectable()
export class Unseated {
  constructor(
    private readonly database: Database,
    private readonly moves: SeatingMoves,
    private readonly visits: TellVisits,
    private readonly returns: ReturnLines,
    private readonly bookings: BookingsQueries,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  async list(moveId: string): Promise<UnseatedOwner[]> {
    const { screening } = await this.database.transaction((tx) => this.moves.known(tx, moveId));
    const rows = await this.rows(moveId);
    return [...Map.groupBy(rows, (row) => row.owner).values()].map((own) => ({
      moveId,
      screeningId: screening,
      ownerKind: own[0]!.kind,
      ownerId: own[0]!.owner,
      number: own[0]!.number,
      seats: own.map(({ line, was }) => ({ line, id: was.id, row: was.row, number: was.number })),
      state: own.find((row) => row.state === 'waiting')?.state ?? own[0]!.state,
    }));
  }

  /** Tickets go back without a fee, a booking ends, what was only kept is given up. Done twice it is done once. */
  async giveBack(moveId: string, owner: string, by: string): Promise<UnseatedOwner[]> {
    const { screening } = await this.database.transaction((tx) => this.moves.known(tx, moveId));
    const waiting = await this.waiting(moveId, owner);
    const [first] = waiting;
    if (first?.kind === 'order')
      await this.returns.execute({ order: owner, lines: waiting.map((row) => row.line), reason: 'seat-lost' });
    else if (first?.kind === 'booking') {
      const told = await this.bookings.telling(await this.bookings.byId(owner));
      await this.free(await this.inventory.endBooking(owner, 'seat-lost', told));
    } else if (first) {
      const [row] = await this.database.query<{ freed: ClaimedSeat[] }>('SELECT release_lines($1, $2) AS freed', [
        owner,
        waiting.map((one) => one.line),
      ]);
      await this.free(row?.freed ?? []);
    }
    if (first)
      await this.database.transaction((tx) => this.moves.audit(tx, by, 'unseated.given-back', owner, { move: moveId }));
    await this.moves.told(screening);
    return this.list(moveId);
  }

  /** @throws seat-not-free when a seat is taken, or is no wheelchair or companion place where one was */
  async seat(moveId: string, owner: string, body: SeatUnseated, by: string): Promise<UnseatedOwner[]> {
    const screening = await this.database.transaction(async (tx) => {
      const move = await this.moves.locked(tx, moveId);
      await this.seatWithin(tx, move.screening, moveId, owner, body);
      await this.moves.audit(tx, by, 'unseated.seated', owner, { move: moveId, seats: body.seats });
      return move.screening;
    });
    this.relay.wake();
    this.reconcile.suspect(screening);
    await this.moves.told(screening);
    return this.list(moveId);
  }

  private async seatWithin(
    tx: Tx,
    screening: string,
    moveId: string,
    owner: string,
    body: SeatUnseated,
  ): Promise<void> {
    const waiting = await this.waiting(moveId, owner, tx);
    const [copy]: { data: ScreeningData }[] = await tx.query(
      'SELECT data FROM screening_copy WHERE screening_id = $1',
      [screening],
    );
    const seats = new Map((await this.moves.seatsOf(tx, copy!.data))!.map((seat) => [seat.id, seat]));
    const taken: { seat: string }[] = await tx.query(
      'SELECT seat_id AS seat FROM seat_claim WHERE screening_id = $1 AND seat_id = ANY ($2)',
      [screening, body.seats.map((one) => one.seat)],
    );
    const steps = body.seats.map(({ line, seat }): SeatingStep => {
      const row = waiting.find((one) => one.line === line);
      const place = seats.get(seat);
      if (!row) throw unseatedUnknown({ line });
      const twice = body.seats.filter((one) => one.seat === seat).length > 1;
      if (!place || twice || taken.some((one) => one.seat === seat) || place.kind !== row.was.kind)
        throw seatNotFree({ seat });
      const { kind, was } = row;
      const { row: name, number } = place;
      return {
        kind,
        owner,
        line,
        from: row.seat,
        to: seat,
        row: name,
        number,
        fromRow: was.row,
        fromNumber: was.number,
        worse: false,
        was,
      };
    });
    await tx.query('SELECT apply_seating($1, $2)', [screening, JSON.stringify(steps)]);
    await tx.query(`UPDATE unseated SET state = 'seated' WHERE screening_id = $1 AND seat_id = ANY ($2)`, [
      screening,
      steps.map((one) => one.from),
    ]);
    await this.visits.reseated(tx, copy!.data, steps);
  }

  private async free(freed: readonly ClaimedSeat[]): Promise<void> {
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
  }

  private async waiting(moveId: string, owner: string, tx?: Tx): Promise<Row[]> {
    const rows = (await this.rows(moveId, tx)).filter((row) => row.owner === owner);
    if (rows.length === 0) throw unseatedUnknown({ owner });
    return rows.filter((row) => row.state === 'waiting');
  }

  private rows(moveId: string, tx?: Tx): Promise<Row[]> {
    const sql = `SELECT u.seat_id AS seat, u.owner_kind AS kind, u.owner_id AS owner, u.line_no AS line, u.was, u.state, o.number
       FROM unseated u LEFT JOIN orders o ON o.id = u.owner_id WHERE u.move_id = $1 ORDER BY u.owner_kind, u.owner_id, u.line_no`;
    return tx ? tx.query(sql, [moveId]) : this.database.query<Row>(sql, [moveId]);
  }
}
