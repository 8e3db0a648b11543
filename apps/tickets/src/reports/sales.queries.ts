import { Injectable } from '@nestjs/common';
import type { EditionSales, ScreeningOccupancy, ScreeningSales } from '#libs/contracts';
import { KZT } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { screeningUnknown } from '../inventory/seats/seat.refusals.js';

/** One row per screening of `chosen`: who has its seats, who waits, what was paid for those that are sold. */
const occupancy = (chosen: string) => `
  WITH chosen AS (SELECT screening_id, edition_id, starts_at, state, data FROM screening_copy s WHERE ${chosen}),
  claimed AS (
    SELECT c.screening_id, count(t.id) AS sold, count(*) FILTER (WHERE c.owner_kind = 'order' AND t.id IS NULL) AS waiting,
           count(*) FILTER (WHERE c.owner_kind = 'booking') AS booked,
           count(*) FILTER (WHERE c.owner_kind NOT IN ('order', 'booking')) AS kept, count(*) AS taken,
           coalesce(sum(l.amount), 0) AS revenue
      FROM chosen JOIN seat_claim c USING (screening_id)
      LEFT JOIN ticket t ON c.owner_kind = 'order' AND t.order_id = c.owner_id AND t.line_no = c.line_no AND t.state IN ('live', 'suspended')
      LEFT JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
     GROUP BY 1),
  entered AS (SELECT screening_id, count(*) AS n FROM chosen JOIN scan USING (screening_id) WHERE verdict = 'ok' GROUP BY 1),
  waits AS (SELECT screening_id, sum(seats) AS n FROM chosen JOIN waitlist_entry w USING (screening_id) WHERE w.state = 'waiting' GROUP BY 1)
  SELECT s.screening_id AS "screeningId", s.data->'title' AS title, s.starts_at AS "startsAt", s.data->'venue'->'name' AS venue,
         s.data->'hall'->'name' AS hall, s.state, jsonb_array_length(p.seats) AS seats, coalesce(c.sold, 0)::int AS sold,
         coalesce(c.waiting, 0)::int AS waiting, coalesce(c.booked, 0)::int AS booked, coalesce(c.kept, 0)::int AS kept,
         greatest(jsonb_array_length(p.seats) - coalesce(c.taken, 0), 0)::int AS free, coalesce(e.n, 0)::int AS admitted,
         coalesce(w.n, 0)::int AS waitlisted, coalesce(c.revenue, 0)::float8 AS revenue
    FROM chosen s
    JOIN plan_copy p ON p.plan_id = s.data->>'planId' AND p.plan_version = (s.data->>'planVersion')::int
    LEFT JOIN claimed c USING (screening_id) LEFT JOIN entered e USING (screening_id) LEFT JOIN waits w USING (screening_id)
   ORDER BY s.starts_at, s.screening_id`;

/** Machine time as festival time, as a clock stepped for a rehearsal shows it. */
const FESTIVAL = `coalesce((SELECT offset_ms FROM festival_clock f WHERE f.edition_id = $1), 0) * interval '1 millisecond'`;

type OccupancyRow = Omit<ScreeningOccupancy, 'startsAt'> & { startsAt: Date };

const told = (row: OccupancyRow): ScreeningOccupancy => ({ ...row, startsAt: row.startsAt.toISOString() });

/** How an edition and its screenings sell: reads only, each a bounded number of statements. */
@Injectable()
export class SalesQueries {
  constructor(private readonly database: Database) {}

  async edition(edition: string): Promise<EditionSales> {
    const [screenings, days, [money]] = await Promise.all([
      this.database.query<OccupancyRow>(occupancy(`s.edition_id = $1 AND s.state <> 'draft'`), [edition]),
      this.database.query<EditionSales['days'][number]>(
        `WITH moved AS (
           SELECT t.issued_at AS at, 1 AS sold, 0 AS returned, l.amount
             FROM ticket t JOIN order_line l USING (order_id, line_no) JOIN orders o ON o.id = t.order_id
            WHERE o.edition_id = $1
           UNION ALL
           SELECT r.made_at, 0, 1, -r.amount FROM refund r JOIN orders o ON o.id = r.order_id WHERE o.edition_id = $1)
         SELECT to_char((at + ${FESTIVAL}) AT TIME ZONE coalesce((SELECT timezone FROM edition_copy WHERE edition_id = $1), 'UTC'), 'YYYY-MM-DD') AS day,
                sum(sold)::int AS sold, sum(returned)::int AS returned, sum(amount)::float8 AS revenue
           FROM moved GROUP BY 1 ORDER BY 1`,
        [edition],
      ),
      this.database.query<{ refunded: number; orders: number }>(
        `SELECT coalesce((SELECT sum(r.amount) FROM refund r JOIN orders o ON o.id = r.order_id WHERE o.edition_id = $1), 0)::float8 AS refunded,
                (SELECT count(*) FROM orders WHERE edition_id = $1 AND paid_at IS NOT NULL)::int AS orders`,
        [edition],
      ),
    ]);
    const sum = (of: (row: OccupancyRow) => number) => screenings.reduce((all, row) => all + of(row), 0);
    return {
      editionId: edition,
      currency: KZT,
      days,
      totals: {
        seats: sum((row) => row.seats),
        sold: sum((row) => row.sold),
        booked: sum((row) => row.booked),
        admitted: sum((row) => row.admitted),
        revenue: sum((row) => row.revenue),
        waitlisted: sum((row) => row.waitlisted),
        refunded: money!.refunded,
        orders: money!.orders,
      },
      screenings: screenings.map(told),
    };
  }

  /** The edition that a screening belongs to. @throws screening-unknown */
  async editionOf(screening: string): Promise<string> {
    const [row] = await this.database.query<{ edition: string }>(
      'SELECT edition_id AS edition FROM screening_copy WHERE screening_id = $1',
      [screening],
    );
    if (!row) throw screeningUnknown({ screening });
    return row.edition;
  }

  /** @throws screening-unknown */
  async screening(edition: string, screening: string): Promise<ScreeningSales> {
    const [[row], [facts], curve, taken, door] = await Promise.all([
      this.database.query<OccupancyRow>(occupancy('s.screening_id = $1'), [screening]),
      this.database.query<{ endsAt: Date; planId: string; planVersion: number; refunds: number }>(
        `SELECT ends_at AS "endsAt", data->>'planId' AS "planId", (data->>'planVersion')::int AS "planVersion",
                (SELECT count(*) FROM order_line WHERE screening_id = $1 AND ended_as = 'refunded')::int AS refunds
           FROM screening_copy WHERE screening_id = $1`,
        [screening],
      ),
      this.database.query<{ at: Date; sold: number }>(
        `SELECT date_trunc('hour', issued_at + ${FESTIVAL}) AS at, count(*)::int AS sold
           FROM ticket WHERE screening_id = $2 AND state IN ('live', 'suspended') GROUP BY 1 ORDER BY 1`,
        [edition, screening],
      ),
      this.database.query<{ seatId: string; owner: string }>(
        `SELECT c.seat_id AS "seatId", CASE c.owner_kind WHEN 'booking' THEN coalesce(b.class, 'booking') ELSE c.owner_kind END AS owner
           FROM seat_claim c
           LEFT JOIN LATERAL (
             SELECT h.classes[1] AS class FROM booking k JOIN badge_copy h ON h.accreditation_id = k.accreditation_id
              WHERE c.owner_kind = 'booking' AND k.id = c.owner_id AND h.state = 'live' LIMIT 1) b ON true
          WHERE c.screening_id = $1 ORDER BY c.seat_id`,
        [screening],
      ),
      this.database.query<{ at: Date; admitted: number }>(
        `SELECT date_bin('5 minutes', festival_at, 'epoch') AS at, count(*)::int AS admitted
           FROM scan WHERE screening_id = $1 AND verdict = 'ok' GROUP BY 1 ORDER BY 1`,
        [screening],
      ),
    ]);
    if (!row || !facts) throw screeningUnknown({ screening });
    return {
      occupancy: told(row),
      currency: KZT,
      ...facts,
      endsAt: facts.endsAt.toISOString(),
      curve: curve.map(({ at, sold }) => ({ at: at.toISOString(), sold })),
      taken,
      door: door.map(({ at, admitted }) => ({ at: at.toISOString(), admitted })),
    };
  }
}
