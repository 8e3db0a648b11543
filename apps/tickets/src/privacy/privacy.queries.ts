import { Injectable } from '@nestjs/common';
import type { PersonRecords, Traces } from '#libs/contracts';
import { Database } from '#libs/persistence';

/**
 * What tickets knows of a person. Orders, tickets and bookings hold ids and stay for the books; the only names of
 * people with an id are those on invitation lists, which go with the person. Names that somebody without an account left at
 * the counter are forgotten by a job of the counter's.
 */
@Injectable()
export class PrivacyQueries {
  constructor(private readonly database: Database) {}

  async traces(personId: string): Promise<Traces> {
    const [row] = await this.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM invitation WHERE person_id = $1 AND (name IS NOT NULL OR companions <> '{}')`,
      [personId],
    );
    return { left: row && row.n > 0 ? [{ what: 'names on invitation lists', count: row.n }] : [] };
  }

  async records(personId: string): Promise<PersonRecords> {
    const all = async (sql: string) =>
      (await this.database.query<{ row: unknown }>(sql, [personId])).map(({ row }) => row);
    const [orders, bookings, waitlist, passes, invitations, fees] = await Promise.all([
      all(`SELECT jsonb_build_object('number', o.number, 'edition', o.edition_id, 'state', o.state, 'total', o.total, 'currency', o.currency,
                  'madeAt', o.made_at, 'consent', o.consent,
                  'seats', (SELECT coalesce(jsonb_agg(jsonb_build_object('screening', l.screening_id, 'row', l.row_label, 'seat', l.seat_label,
                                     'amount', l.amount) ORDER BY l.line_no), '[]') FROM order_line l WHERE l.order_id = o.id),
                  'payments', (SELECT coalesce(jsonb_agg(jsonb_build_object('provider', a.provider, 'state', a.state, 'amount', a.amount)), '[]')
                                 FROM payment_attempt a WHERE a.order_id = o.id)) AS row
             FROM orders o WHERE person_id = $1 ORDER BY made_at`),
      all(`SELECT jsonb_build_object('screening', screening_id, 'row', row_label, 'seat', seat_label, 'state', state, 'madeAt', made_at) AS row
             FROM booking WHERE person_id = $1 ORDER BY made_at`),
      all(`SELECT to_jsonb(w) AS row FROM waitlist_entry w WHERE person_id = $1 ORDER BY w.id`),
      all(
        `SELECT jsonb_build_object('kind', kind_id, 'state', state) AS row FROM pass WHERE person_id = $1 ORDER BY id`,
      ),
      all(`SELECT jsonb_build_object('name', name, 'companions', companions, 'places', places, 'state', state) AS row
             FROM invitation WHERE person_id = $1 ORDER BY id`),
      all(`SELECT jsonb_build_object('application', application_id, 'amount', amount, 'currency', currency, 'state', state) AS row
             FROM accreditation_fee WHERE person_id = $1 ORDER BY application_id`),
    ]);
    return { orders, bookings, waitlist, passes, invitations, fees };
  }
}
