import { Injectable } from '@nestjs/common';
import type { AskByPhone, FoundByPhone, WaitsUnderPhone } from '#libs/contracts';
import { MINUTE } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, tooManyRequests } from '#libs/service-defaults';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { type OneShift, ShiftsQueries } from '../shifts/shifts.queries.js';

/** So many questions a till may ask in a minute. */
const LOOKS = 12;
/** More than that under four digits is no answer. */
const MOST = 5;

type Row = Omit<WaitsUnderPhone, 'startsAt'> & { startsAt: Date };

/**
 * Will-call for who has neither a number nor a code: the last four digits of the phone that was left at the counter. Only in
 * an open shift, a few times a minute, each time in the audit log; what is past is not told, and nobody's name or phone.
 */
@Injectable()
export class FindByPhone {
  constructor(
    private readonly database: Database,
    private readonly shifts: ShiftsQueries,
  ) {}

  /** @throws shift-unknown, shift-not-yours, shift-closed, too-many-requests */
  async execute(caller: Caller, { shiftId, digits }: AskByPhone): Promise<FoundByPhone> {
    const shift = await this.shifts.own(caller, shiftId);
    if (shift.state !== 'open') throw shiftClosed();
    await this.count(shift);
    const rows = await this.waiting(shift.edition, digits);
    const answer = rows.length === 0 ? 'none' : rows.length > MOST ? 'too-many' : 'found';
    await this.database.query(
      `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'tickets.asked-by-phone', $2, $3)`,
      [caller.id, shift.id, JSON.stringify({ answer, found: rows.length })],
    );
    const found = answer === 'found' ? rows.map((row) => ({ ...row, startsAt: row.startsAt.toISOString() })) : [];
    return { answer, found };
  }

  private async count(shift: OneShift): Promise<void> {
    const wait = await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`phone looks ${shift.id}`]);
      const [asked]: [{ n: number; left: number }] = await tx.query(
        `SELECT count(*)::int AS n, coalesce($2 - extract(epoch FROM clock_timestamp() - min(at)) * 1000, 0)::int AS left
           FROM counter_phone_look WHERE shift_id = $1 AND at > clock_timestamp() - make_interval(secs => $2 / 1000.0)`,
        [shift.id, MINUTE],
      );
      if (asked.n >= LOOKS) return asked.left;
      await tx.query('INSERT INTO counter_phone_look (shift_id) VALUES ($1)', [shift.id]);
      return undefined;
    });
    if (wait !== undefined) throw tooManyRequests({}, { retryAfterMs: Math.max(1_000, wait) });
  }

  /** The soonest first; one more than can be told, where there are more. */
  private waiting(edition: string, digits: string): Promise<Row[]> {
    return this.database.query<Row>(
      `WITH under AS (
         SELECT order_id FROM counter_sale WHERE right(regexp_replace(buyer_phone, '\\D', '', 'g'), 4) = $2
         UNION
         SELECT order_id FROM counter_reservation
          WHERE edition_id = $1 AND order_id IS NOT NULL AND right(regexp_replace(phone, '\\D', '', 'g'), 4) = $2)
       SELECT * FROM (
         SELECT 'order' AS kind, o.id, o.number, (array_agg(s.data->'title' ORDER BY s.starts_at))[1] AS title,
                min(s.starts_at) AS "startsAt", count(*)::int AS seats, count(*) FILTER (WHERE p.ticket_id IS NULL)::int AS unprinted
           FROM under JOIN orders o ON o.id = under.order_id JOIN ticket t ON t.order_id = o.id AND t.state = 'live'
           JOIN screening_copy s ON s.screening_id = t.screening_id LEFT JOIN ticket_print p ON p.ticket_id = t.id
          WHERE o.edition_id = $1 AND o.state = 'paid' AND s.ends_at > festival_now($1)
          GROUP BY o.id
         UNION ALL
         SELECT 'reservation', b.id, NULL, s.data->'title', s.starts_at, jsonb_array_length(r.seats), jsonb_array_length(r.seats)
           FROM counter_reservation r JOIN block b ON b.id = r.block_id JOIN screening_copy s ON s.screening_id = b.screening_id
          WHERE r.edition_id = $1 AND b.state = 'kept' AND s.ends_at > festival_now($1)
            AND right(regexp_replace(r.phone, '\\D', '', 'g'), 4) = $2) waits
       ORDER BY "startsAt", id LIMIT $3`,
      [edition, digits, MOST + 1],
    );
  }
}
