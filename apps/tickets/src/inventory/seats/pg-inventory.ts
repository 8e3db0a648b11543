import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import { correlation } from '#libs/service-defaults';
import type {
  ClaimedSeat,
  Confirmation,
  DueOrder,
  InventoryPort,
  PlacedOrder,
  PlaceOrderDocument,
  ReturnedLines,
  SeatClaim,
  StoredHold,
  StoredHoldAnswer,
  Switchboard,
} from './inventory.port.js';
import { refusalFromSql } from './seat.refusals.js';

/** The inventory in PostgreSQL: prepared statements on the functions of the migrations, one round trip each. */
@Injectable()
export class PgInventory implements InventoryPort {
  constructor(private readonly database: Database) {}

  async switchboard(screening: string): Promise<Switchboard | undefined> {
    const [row] = await this.database.hot<Switchboard & { epoch: string | number }>(
      'switchboard',
      `SELECT screening_id AS "screeningId", edition_id AS "editionId", plan_id AS "planId", plan_version AS "planVersion",
              epoch, hold_store AS "holdStore", on_sale AS "onSale", paused,
              companions_released AS "companionsReleased" FROM inventory WHERE screening_id = $1`,
      [screening],
    );
    return row && { ...row, epoch: Number(row.epoch) };
  }

  async claims(screening: string): Promise<SeatClaim[]> {
    const rows = await this.database.hot<{ seat: string; no: string; ownerKind: string }>(
      'claims',
      `SELECT seat_id AS seat, claim_no AS no, owner_kind AS "ownerKind" FROM seat_claim WHERE screening_id = $1`,
      [screening],
    );
    return rows.map((row) => ({ ...row, no: Number(row.no) }));
  }

  storedHolds(screening: string): Promise<{ seat: string; until: Date }[]> {
    return this.database.hot(
      'stored-holds',
      `SELECT seat_id AS seat, expires_at AS until FROM seat_hold WHERE screening_id = $1 AND expires_at > clock_timestamp()`,
      [screening],
    );
  }

  holdSeats(hold: StoredHold): Promise<StoredHoldAnswer> {
    return this.call('hold_seats($1, $2, $3, $4, $5, $6)', [
      hold.screening,
      hold.id,
      hold.buyer,
      hold.seats,
      hold.seconds,
      hold.epoch,
    ]);
  }

  async extendStoredHold(hold: string, buyer: string, seconds: number) {
    const rows = await this.database.hot<{ until: Date; seat: string; again: boolean }>(
      'extend-stored-hold',
      `UPDATE seat_hold h SET extended = true,
              expires_at = CASE WHEN o.extended THEN o.expires_at
                                ELSE greatest(o.expires_at, clock_timestamp() + make_interval(secs => $3)) END
         FROM seat_hold o
        WHERE o.screening_id = h.screening_id AND o.seat_id = h.seat_id
          AND h.hold_id = $1 AND h.buyer = $2 AND h.expires_at > clock_timestamp()
       RETURNING h.expires_at AS until, h.seat_id AS seat, o.extended AS again`,
      [hold, buyer, seconds],
    );
    const [first] = rows;
    return first && { until: first.until, seats: rows.map((row) => row.seat), again: first.again };
  }

  async dropStoredHold(hold: string, buyer: string): Promise<boolean> {
    const rows = await this.database.hot(
      'drop-stored-hold',
      'DELETE FROM seat_hold WHERE hold_id = $1 AND buyer = $2 RETURNING 1',
      [hold, buyer],
    );
    return rows.length > 0;
  }

  placeOrder(document: PlaceOrderDocument): Promise<PlacedOrder> {
    return this.call('place_order($1)', [document]);
  }

  pinOrder(attempt: string, amount: number): Promise<boolean> {
    return this.call('pin_order($1, $2)', [attempt, amount]);
  }

  confirmPayment(attempt: string, amount: number, currency: string, told: object): Promise<Confirmation> {
    return this.call('confirm_payment($1, $2, $3, $4)', [attempt, amount, currency, told]);
  }

  takeDueOrders(most: number): Promise<DueOrder[]> {
    return this.call('take_due_orders($1)', [most]);
  }

  expireOrder(
    order: string,
    told: object,
  ): Promise<{ outcome: 'expired' | 'waiting' | 'other'; claims: ClaimedSeat[] }> {
    return this.call('expire_order($1, $2)', [order, told]);
  }

  returnLines(order: string, lines: number[], keptFee: number, why: string, told: object): Promise<ReturnedLines> {
    return this.call('return_lines($1, $2, $3, $4, $5)', [order, lines, keptFee, why, told]);
  }

  cancelOrder(order: string, why: string, told: object): Promise<{ state: string; freed: ClaimedSeat[] }> {
    return this.call('cancel_order($1, $2, $3)', [order, why, told]);
  }

  makeBooking(document: object): Promise<{ booking: string; claims: ClaimedSeat[] }> {
    return this.call('make_booking($1)', [document]);
  }

  endBooking(booking: string, why: string, told: object): Promise<ClaimedSeat[]> {
    return this.call('end_booking($1, $2, $3)', [booking, why, told]);
  }

  private async call<T>(invocation: string, values: unknown[]): Promise<T> {
    const trace = correlation()?.traceparent;
    const name = invocation.slice(0, invocation.indexOf('('));
    try {
      const rows = trace
        ? await this.database.hot<{ answer: T }>(
            `${name}-traced`,
            `SELECT ${invocation} AS answer FROM (SELECT set_config('seans.traceparent', $${values.length + 1}, true)) AS trace`,
            [...values, trace],
          )
        : await this.database.hot<{ answer: T }>(name, `SELECT ${invocation} AS answer`, values);
      return rows[0]!.answer;
    } catch (error) {
      throw refusalFromSql(error) ?? error;
    }
  }
}
