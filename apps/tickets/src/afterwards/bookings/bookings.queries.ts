import { Injectable } from '@nestjs/common';
import type { Booking } from '#libs/contracts';
import { after, MINUTE } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { placeOf } from '../../sale/orders/order-telling.js';
import { bookingUnknown } from './booking.refusals.js';
import { BookingRules } from './booking-rules.js';

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

/** The holder's, or one that the leader of the holder's delegation may see: $2 is the caller. */
const OWN = `(person_id = $2 OR EXISTS (SELECT 1 FROM badge_copy c
  WHERE c.accreditation_id = booking.accreditation_id AND c.state = 'live' AND c.delegation->>'leaderId' = $2))`;

@Injectable()
export class BookingsQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly rules: BookingRules,
  ) {}

  async one(id: string, caller: Caller): Promise<Booking> {
    const [row] = await this.database.hot<BookingRow>('booking', `${SELECT} WHERE id = $1 AND ${OWN}`, [id, caller.id]);
    if (!row) throw bookingUnknown();
    return this.shape(row);
  }

  async row(id: string, caller: Caller): Promise<BookingRow> {
    const [row] = await this.database.hot<BookingRow>('booking', `${SELECT} WHERE id = $1 AND ${OWN}`, [id, caller.id]);
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

  /** Bookings of an accreditation that still hold a seat, at screenings that are not over. */
  liveOn(tx: Tx, accreditation: string): Promise<BookingRow[]> {
    return tx.query(
      `${SELECT} WHERE accreditation_id = $1 AND state = 'booked'
          AND NOT EXISTS (SELECT 1 FROM screening_copy s WHERE s.screening_id = booking.screening_id AND s.ends_at <= festival_now(edition_id))
        ORDER BY screening_id`,
      [accreditation],
    );
  }

  /** Bookings of an accreditation whose seats were given up while its badge was suspended, at screenings to come. */
  givenUpOn(tx: Tx, accreditation: string): Promise<BookingRow[]> {
    return tx.query(
      `${SELECT} WHERE accreditation_id = $1 AND state = 'released' AND end_reason = 'badge-suspended'
          AND EXISTS (SELECT 1 FROM screening_copy s WHERE s.screening_id = booking.screening_id AND s.starts_at > festival_now(edition_id))
        ORDER BY screening_id`,
      [accreditation],
    );
  }

  async byId(id: string): Promise<BookingRow> {
    const [row] = await this.database.query<BookingRow>(`${SELECT} WHERE id = $1`, [id]);
    if (!row) throw bookingUnknown();
    return row;
  }

  /** Whether another booking of the holder stands in its way since a screening was moved: it may go at any time then. */
  async clashesSinceMove(id: string): Promise<boolean> {
    const [row] = await this.database.query<{ clashes: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM booking_clash c
                        JOIN booking b ON b.id = c.booking_id
                        JOIN booking o ON o.accreditation_id = b.accreditation_id AND o.screening_id = c.other_screening_id
                       WHERE c.booking_id = $1 AND o.state = 'booked') AS clashes`,
      [id],
    );
    return row?.clashes ?? false;
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
    const { cancelMinutes } = await this.rules.of(row.edition);
    const cancelUntil = after(new Date(facts.data.startsAt), -cancelMinutes * MINUTE);
    return {
      id: row.id,
      ...placeOf(facts, row.row, row.seat),
      state: row.state,
      cancelUntil: cancelUntil.toISOString(),
    };
  }
}
