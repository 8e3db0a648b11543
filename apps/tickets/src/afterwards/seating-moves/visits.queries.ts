import { Injectable } from '@nestjs/common';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Clashes, SeatingList } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { moveUnknown } from './seating-move.refusals.js';
import { hasSeat, type SeatingStep } from './seating-plan.js';

const SEAT: Record<Language, (row: string, seat: string) => string> = {
  kk: (row, seat) => `${row}-қатар, ${seat}-орын`,
  ru: (row, seat) => `Ряд ${row}, место ${seat}`,
  en: (row, seat) => `Row ${row}, seat ${seat}`,
};

/** Reads of moves for managers and visitors: who sits where, what is held for a calendar, what clashes since a move. */
@Injectable()
export class VisitsQueries {
  constructor(private readonly database: Database) {}

  /**
   * One entry per order and booking, with the UID that its first calendar had and the screening's version as SEQUENCE:
   * a client replaces what it knows. Cancelled where the screening is, or nothing of it is held any more.
   * @throws screening-unknown
   */
  async calendar(screening: string, person: string, language: Language): Promise<string> {
    const [copy] = await this.database.query<{ data: ScreeningData; version: string }>(
      'SELECT data, version FROM screening_copy WHERE screening_id = $1',
      [screening],
    );
    if (!copy) throw screeningUnknown({ screening });
    const rows = await this.database.query<{ owner: string; seats: [string, string][]; live: boolean }>(
      `SELECT o.id AS owner, jsonb_agg(jsonb_build_array(l.row_label, l.seat_label) ORDER BY l.line_no) AS seats,
              bool_or(t.state <> 'ended') AS live
         FROM orders o JOIN ticket t ON t.order_id = o.id JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
        WHERE t.screening_id = $1 AND coalesce(t.holder_id, o.person_id) = $2 GROUP BY o.id
        UNION ALL
       SELECT id, jsonb_build_array(jsonb_build_array(row_label, seat_label)), state IN ('booked', 'used')
         FROM booking WHERE screening_id = $1 AND person_id = $2`,
      [screening, person],
    );
    const { data } = copy;
    const calendar = ical({ prodId: '//Seans//Tickets//EN', method: ICalCalendarMethod.PUBLISH });
    for (const { owner, seats, live } of rows) {
      const stands = live && data.state !== 'cancelled';
      calendar.createEvent({
        id: `${screening}.${owner}@seans`,
        // The same count as in the calendar that came with the tickets: an end follows what it ends.
        sequence: Number(copy.version) * 2 + (stands ? 0 : 1),
        start: new Date(data.startsAt),
        end: new Date(data.endsAt),
        summary: data.title[language],
        location: [data.venue.name[language], data.hall.name[language], data.venue.address].filter(Boolean).join(', '),
        description: seats.map(([row, seat]) => SEAT[language](row, seat)).join('\n'),
        status: stands ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      });
    }
    return calendar.toString();
  }

  /** Who sits where after a move, as it was planned last. @throws seating-move-unknown */
  async seating(moveId: string): Promise<SeatingList> {
    const [move] = await this.database.query<{ seating: SeatingStep[] }>(
      'SELECT seating FROM seating_move WHERE id = $1',
      [moveId],
    );
    if (!move) throw moveUnknown({ moveId });
    const orders = move.seating.filter((one) => one.kind === 'order').map((one) => one.owner);
    const rows = await this.database.query<{ id: string; number: string }>(
      'SELECT id, number FROM orders WHERE id = ANY ($1::uuid[])',
      [orders],
    );
    const numbers = new Map(rows.map((row) => [row.id, row.number]));
    return move.seating.map(({ kind, owner, line, from, to, row, number, was, worse }) => ({
      ownerKind: kind,
      ownerId: owner,
      number: numbers.get(owner) ?? null,
      line,
      from: { id: from, row: was.row, number: was.number },
      to: hasSeat(to) ? { id: to, row, number } : null,
      worse,
    }));
  }

  /** The caller's own bookings that clash since a screening was moved. */
  async clashes(caller: Caller): Promise<Clashes> {
    const rows = await this.database.query<{ booking: string; data: ScreeningData; other: ScreeningData }>(
      `SELECT b.id AS booking, s.data, o.data AS other FROM booking_clash c
         JOIN booking b ON b.id = c.booking_id JOIN screening_copy s ON s.screening_id = b.screening_id
         JOIN screening_copy o ON o.screening_id = c.other_screening_id
        WHERE b.person_id = $1 AND b.state = 'booked' AND s.starts_at < o.ends_at AND o.starts_at < s.ends_at
          AND EXISTS (SELECT 1 FROM booking x WHERE x.accreditation_id = b.accreditation_id
                         AND x.screening_id = c.other_screening_id AND x.state = 'booked')
        ORDER BY s.starts_at, b.id`,
      [caller.id],
    );
    return rows.map(({ booking, data, other }) => ({
      bookingId: booking,
      screeningId: data.screeningId,
      title: data.title,
      startsAt: data.startsAt,
      timezone: data.timezone,
      with: { screeningId: other.screeningId, title: other.title, startsAt: other.startsAt },
    }));
  }
}
