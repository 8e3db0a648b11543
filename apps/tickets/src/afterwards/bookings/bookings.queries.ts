import { Inject, Injectable } from '@nestjs/common';
import type { Booking } from '#libs/contracts';
import { after, MINUTE } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { placeOf } from '../../sale/orders/order-telling.js';
import type { TicketsSettings } from '../../settings.js';
import { bookingUnknown } from './booking.refusals.js';

export interface BookingRow {
  id: string;
  screening: string;
  edition: string;
  person: string;
  accreditation: string;
  row: string;
  seat: string;
  state: Booking['state'];
}

const SELECT = `SELECT id, screening_id AS screening, edition_id AS edition, person_id AS person,
  accreditation_id AS accreditation, row_label AS row, seat_label AS seat, state FROM booking`;

@Injectable()
export class BookingsQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  async one(id: string, caller: Caller): Promise<Booking> {
    const [row] = await this.database.hot<BookingRow>('booking', `${SELECT} WHERE id = $1 AND person_id = $2`, [
      id,
      caller.id,
    ]);
    if (!row) throw bookingUnknown();
    return this.shape(row);
  }

  async row(id: string, caller: Caller): Promise<BookingRow> {
    const [row] = await this.database.hot<BookingRow>('booking', `${SELECT} WHERE id = $1 AND person_id = $2`, [
      id,
      caller.id,
    ]);
    if (!row) throw bookingUnknown();
    return row;
  }

  async mine(caller: Caller): Promise<Booking[]> {
    const rows = await this.database.hot<BookingRow>(
      'my-bookings',
      `${SELECT} WHERE person_id = $1 ORDER BY made_at DESC LIMIT 200`,
      [caller.id],
    );
    return Promise.all(rows.map((row) => this.shape(row)));
  }

  /** Bookings that still hold a seat on an accreditation. */
  liveOn(tx: Tx, accreditation: string): Promise<BookingRow[]> {
    return tx.query(`${SELECT} WHERE accreditation_id = $1 AND state = 'booked' ORDER BY screening_id`, [
      accreditation,
    ]);
  }

  /** The data of a booking's events. */
  async telling(row: BookingRow): Promise<Record<string, unknown>> {
    const facts = await this.programme.screening(row.screening);
    if (!facts) throw new Error(`a booking names the screening ${row.screening}, which the programme's copy lacks`);
    return {
      bookingId: row.id,
      editionId: row.edition,
      personId: row.person,
      accreditationId: row.accreditation,
      ...placeOf(facts, row.row, row.seat),
    };
  }

  private async shape(row: BookingRow): Promise<Booking> {
    const facts = await this.programme.screening(row.screening);
    if (!facts) throw new Error(`a booking names the screening ${row.screening}, which the programme's copy lacks`);
    const cancelUntil = after(new Date(facts.data.startsAt), -this.settings.BOOKING_CANCEL_MINUTES * MINUTE);
    return {
      id: row.id,
      ...placeOf(facts, row.row, row.seat),
      state: row.state,
      cancelUntil: cancelUntil.toISOString(),
    };
  }
}
