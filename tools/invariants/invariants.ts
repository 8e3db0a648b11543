import pg from 'pg';

/** The databases of a running house, one per service. */
export type Databases = Record<'gateway' | 'screenings' | 'tickets' | 'accreditations' | 'notifications', string>;

export interface InvariantRow {
  id: string;
  says: string;
  violations: number;
}

interface Invariant {
  id: string;
  says: string;
  database: keyof Databases;
  /** Counts violations. */
  sql: string;
}

/** The invariants of docs/architecture.md that are SQL. */
export const INVARIANTS: Invariant[] = [
  {
    id: 'I1',
    says: 'one live ticket and one claim per seat',
    database: 'tickets',
    sql: `SELECT count(*) FROM (
            SELECT c.screening_id, c.seat_id FROM ticket t JOIN seat_claim c ON c.owner_id = t.order_id AND c.line_no = t.line_no
             WHERE t.state <> 'ended' GROUP BY 1, 2 HAVING count(*) > 1
            UNION ALL
            SELECT t.screening_id, t.serial FROM ticket t WHERE t.state <> 'ended'
               AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = t.order_id AND c.line_no = t.line_no)) x`,
  },
  {
    id: 'I2',
    says: 'every paid order has exactly its tickets',
    database: 'tickets',
    sql: `SELECT count(*) FROM orders o WHERE state = 'paid' AND
            (SELECT count(*) FROM order_line WHERE order_id = o.id AND ended_as IS NULL)
            <> (SELECT count(*) FROM ticket WHERE order_id = o.id AND state <> 'ended')`,
  },
  {
    id: 'I2',
    says: 'every captured payment belongs to one paid order, or is refunded, or due',
    database: 'tickets',
    sql: `SELECT count(*) FROM payment_attempt a JOIN orders o ON o.id = a.order_id
           WHERE (captured > 0 AND a.state NOT IN ('refund-due', 'refunded', 'review') AND NOT (
                   a.state = 'paid' AND o.state IN ('paid', 'refund-due', 'refunded', 'charged-back')))
              OR (a.state = 'paid' AND (SELECT count(*) FROM payment_attempt b WHERE b.order_id = o.id AND b.state = 'paid') > 1)`,
  },
  {
    id: 'I2',
    says: 'what the books call sold is what the standing seats and passes cost',
    database: 'tickets',
    sql: `SELECT count(*) FROM orders o WHERE o.paid_at IS NOT NULL AND
            (SELECT coalesce(sum(amount), 0) FROM order_line WHERE order_id = o.id AND coalesce(ended_as, 'charged-back') IN ('charged-back', 'released'))
          + (SELECT coalesce(sum(amount), 0) FROM order_item WHERE order_id = o.id AND kind = 'pass' AND ended_as IS NULL)
         <> -(SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE order_id = o.id AND account = 'sales' AND reason NOT LIKE 'correction%')`,
  },
  {
    id: 'I3',
    says: "each order's ledger sums to zero, posting by posting",
    database: 'tickets',
    sql: 'SELECT count(*) FROM (SELECT posting FROM ledger_entry GROUP BY posting HAVING sum(amount) <> 0) x',
  },
  {
    id: 'I3',
    says: "captured minus refunded and charged back is the ledger's provider account",
    database: 'tickets',
    sql: `SELECT count(*) FROM (SELECT order_id, sum(captured - refunded - charged_back) AS held FROM payment_attempt GROUP BY 1) p
            LEFT JOIN (SELECT order_id, sum(amount) AS booked FROM ledger_entry WHERE account LIKE 'provider:%' GROUP BY 1) l USING (order_id)
           WHERE p.held <> coalesce(l.booked, 0)`,
  },
  {
    id: 'I3',
    says: 'nothing is left between orders that were exchanged, or between a return and what is owed for it',
    database: 'tickets',
    sql: `SELECT (SELECT count(*) FROM (SELECT sum(amount) AS s FROM ledger_entry WHERE account = 'exchange') x WHERE s <> 0)
        + (SELECT count(*) FROM (SELECT 1 FROM ledger_entry WHERE account = 'returns' GROUP BY order_id HAVING sum(amount) <> 0) x)`,
  },
  {
    id: 'I3',
    says: 'what is owed to buyers is what their refunds have not brought yet',
    database: 'tickets',
    sql: `SELECT count(*) FROM (SELECT -sum(amount) AS owed FROM ledger_entry WHERE account = 'owed-to-buyer') l,
            (SELECT coalesce(sum(amount) FILTER (WHERE attempt_id IS NULL AND state = 'due'), 0) AS by_hand FROM refund) r,
            (SELECT coalesce(sum(refund_target - refunded), 0) AS due FROM payment_attempt) a
           WHERE coalesce(l.owed, 0) <> r.by_hand + a.due`,
  },
  {
    id: 'I3',
    says: 'every captured payment and every finished refund has exactly its fiscal receipt',
    database: 'tickets',
    sql: `SELECT (SELECT count(*) FROM payment_attempt a WHERE captured > 0 AND NOT EXISTS (
                    SELECT 1 FROM fiscal_receipt f WHERE f.source = a.id AND f.kind = 'sale' AND f.amount = a.captured))
               + (SELECT count(*) FROM refund r WHERE state = 'refunded' AND NOT EXISTS (
                    SELECT 1 FROM fiscal_receipt f WHERE f.source = r.id AND f.kind = 'return' AND f.amount = r.amount))
               + (SELECT count(*) FROM fiscal_receipt f WHERE CASE kind
                    WHEN 'sale' THEN NOT EXISTS (SELECT 1 FROM payment_attempt a WHERE a.id = f.source AND a.captured > 0)
                    ELSE NOT EXISTS (SELECT 1 FROM refund r WHERE r.id = f.source AND r.state = 'refunded') END)`,
  },
  {
    id: 'I3',
    says: 'what cash the books know is what the drawers of the counter saw',
    database: 'tickets',
    sql: `SELECT (SELECT count(*) FROM payment_attempt a WHERE provider = 'cash' AND captured > 0 AND NOT EXISTS (
                    SELECT 1 FROM drawer_movement m WHERE m.order_id = a.order_id AND m.kind = 'sale' AND m.amount = a.captured))
               + (SELECT count(*) FROM drawer_movement m JOIN refund r ON r.id = m.refund_id WHERE r.state <> 'refunded' OR m.rounding - m.amount <> r.amount)
               + (SELECT count(*) FROM counter_shift s WHERE
                    coalesce((SELECT sum(amount) FROM drawer_movement WHERE shift_id = s.id AND kind IN ('float', 'pay-in', 'pay-out')), 0)
                    <> coalesce((SELECT sum(amount) FROM ledger_entry WHERE order_id = s.id AND account = 'drawer' AND reason <> 'cash difference'), 0)
                    OR s.expected <> (SELECT sum(amount) FROM drawer_movement WHERE shift_id = s.id))`,
  },
  {
    id: 'I3',
    says: 'receipts and credit notes are numbered without gaps',
    database: 'tickets',
    sql: `SELECT count(*) FROM receipt_series s
            LEFT JOIN LATERAL (SELECT count(*)::int AS n, coalesce(max(number), 0) AS most
              FROM receipt_paper p WHERE p.edition_id = s.edition_id AND p.kind = s.kind) p ON true
           WHERE s.last <> p.n OR s.last <> p.most`,
  },
  {
    id: 'I4',
    says: 'who has a ticket and no seat of the hall is on the list of those who wait for one',
    database: 'tickets',
    sql: `SELECT count(*) FROM seat_claim c WHERE c.seat_id LIKE '~%' AND NOT EXISTS (
            SELECT 1 FROM unseated u WHERE u.screening_id = c.screening_id AND u.seat_id = c.seat_id AND u.state = 'waiting')`,
  },
  {
    id: 'I4',
    says: 'no live claim without a live owner',
    database: 'tickets',
    sql: `SELECT count(*) FROM seat_claim c WHERE
            (owner_kind = 'order' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = c.owner_id AND o.state IN ('awaiting-payment', 'expiring', 'paid', 'review')))
         OR (owner_kind = 'booking' AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = c.owner_id AND b.state IN ('booked', 'used', 'missed')))
         OR (owner_kind = 'offer' AND NOT EXISTS (SELECT 1 FROM waitlist_offer o WHERE o.id = c.owner_id AND o.state = 'open'))
         OR (owner_kind = 'pool' AND c.owner_id <> pool_of(c.screening_id))
         OR (owner_kind = 'block' AND NOT EXISTS (SELECT 1 FROM block b WHERE b.id = c.owner_id AND b.state = 'kept')
             AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.id = c.owner_id AND i.state IN ('sent', 'accepted'))
             AND NOT EXISTS (SELECT 1 FROM rush_number r WHERE r.id = c.owner_id AND r.state = 'admitted'))`,
  },
  {
    id: 'I4',
    says: 'an open offer has all its seats, an admitted rush number has its one',
    database: 'tickets',
    sql: `SELECT (SELECT count(*) FROM waitlist_offer o JOIN waitlist_entry e ON e.id = o.entry_id WHERE o.state = 'open'
             AND e.seats <> (SELECT count(*) FROM seat_claim c WHERE c.owner_id = o.id))
        + (SELECT count(*) FROM rush_number r WHERE r.state = 'admitted'
             AND 1 <> (SELECT count(*) FROM seat_claim c WHERE c.owner_id = r.id))`,
  },
  {
    id: 'I4',
    says: 'no live owner without its claims',
    database: 'tickets',
    sql: `SELECT (SELECT count(*) FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.state IN ('awaiting-payment', 'expiring', 'paid')
             AND l.ended_as IS NULL AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = o.id AND c.line_no = l.line_no))
        + (SELECT count(*) FROM booking b WHERE state IN ('booked', 'used') AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = b.id))`,
  },
  {
    id: 'I7',
    says: 'one entry per code and screening',
    database: 'tickets',
    sql: `SELECT count(*) FROM (SELECT 1 FROM scan WHERE verdict = 'ok' GROUP BY screening_id, serial HAVING count(*) > 1) x`,
  },
  {
    id: 'I9',
    says: 'one idempotency key, one order',
    database: 'tickets',
    sql: `SELECT count(*) FROM (SELECT answer->>'order' FROM idempotency WHERE operation = 'place-order' GROUP BY 1 HAVING count(*) > 1) x`,
  },
  {
    id: 'I11',
    says: 'used = sum of uses, never above capacity',
    database: 'tickets',
    sql: `SELECT count(*) FROM usage_limit l WHERE used > capacity
             OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)`,
  },
  ...(['gateway', 'screenings', 'tickets', 'accreditations'] as const).map(
    (database): Invariant => ({
      id: 'I5',
      says: `every fact of ${database} has been told`,
      database,
      sql: 'SELECT count(*) FROM outbox WHERE published_at IS NULL',
    }),
  ),
  ...(['tickets', 'accreditations', 'notifications'] as const).map(
    (database): Invariant => ({
      id: 'I5',
      says: `no dead letter waits in ${database}`,
      database,
      sql: `SELECT count(*) FROM dead_letter WHERE state IN ('open', 'replay')`,
    }),
  ),
];

/** What each invariant counts now; zero is well. */
export async function invariantRows(databases: Databases): Promise<InvariantRow[]> {
  const rows: InvariantRow[] = [];
  for (const database of new Set(INVARIANTS.map((invariant) => invariant.database))) {
    const client = new pg.Client({ connectionString: databases[database] });
    await client.connect();
    try {
      for (const invariant of INVARIANTS.filter((one) => one.database === database)) {
        const { rows: found } = await client.query<{ count?: string; '?column?'?: string }>(invariant.sql);
        rows.push({ id: invariant.id, says: invariant.says, violations: Number(Object.values(found[0] ?? {})[0]) });
      }
    } finally {
      await client.end();
    }
  }
  return rows;
}
