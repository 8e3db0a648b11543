/** Restricts a statement to the keys of a slice; to nothing at all where everything is looked at. */
type Within = (column: string) => string;

/** What the keys of an invariant name. */
export type AuditSubject = 'order' | 'screening' | 'limit' | 'seal';

interface Said {
  id: string;
  says: string;
}
/** Can be looked at piece by piece: lists the keys that violate it. */
interface Sliced extends Said {
  of: AuditSubject;
  keys: (within: Within) => string;
}
/** Is a sum over a whole table: counts violations. */
interface Whole extends Said {
  counts: string;
}
/** One of the invariants of docs/architecture.md, as SQL over the database of tickets. */
export type Invariant = Sliced | Whole;

export const INVARIANTS: readonly Invariant[] = [
  {
    id: 'I1',
    says: 'one live ticket per seat',
    of: 'screening',
    keys: (
      within,
    ) => `SELECT c.screening_id AS key FROM ticket t JOIN seat_claim c ON c.owner_id = t.order_id AND c.line_no = t.line_no
      WHERE t.state <> 'ended' AND ${within('c.screening_id')} GROUP BY c.screening_id, c.seat_id HAVING count(*) > 1`,
  },
  {
    id: 'I1',
    says: 'one claim behind every live ticket',
    of: 'order',
    keys: (within) => `SELECT t.order_id AS key FROM ticket t WHERE t.state <> 'ended' AND ${within('t.order_id')}
      AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = t.order_id AND c.line_no = t.line_no)`,
  },
  {
    id: 'I2',
    says: 'every paid order has exactly its tickets',
    of: 'order',
    keys: (within) => `SELECT o.id AS key FROM orders o WHERE state = 'paid' AND ${within('o.id')} AND
      (SELECT count(*) FROM order_line WHERE order_id = o.id AND ended_as IS NULL)
      <> (SELECT count(*) FROM ticket WHERE order_id = o.id AND state <> 'ended')`,
  },
  {
    id: 'I2',
    says: 'every captured payment belongs to one paid order, or is refunded, or due',
    of: 'order',
    keys: (
      within,
    ) => `SELECT o.id AS key FROM payment_attempt a JOIN orders o ON o.id = a.order_id WHERE ${within('a.order_id')} AND (
         (captured > 0 AND a.state NOT IN ('refund-due', 'refunded', 'review') AND NOT (
            a.state = 'paid' AND o.state IN ('paid', 'refund-due', 'refunded', 'charged-back')))
      OR (a.state = 'paid' AND (SELECT count(*) FROM payment_attempt b WHERE b.order_id = o.id AND b.state = 'paid') > 1))`,
  },
  {
    id: 'I2',
    says: 'what the books call sold is what the standing seats and passes cost',
    of: 'order',
    keys: (within) => `SELECT o.id AS key FROM orders o WHERE o.paid_at IS NOT NULL AND ${within('o.id')} AND
        (SELECT coalesce(sum(amount), 0) FROM order_line WHERE order_id = o.id AND coalesce(ended_as, 'charged-back') IN ('charged-back', 'released'))
      + (SELECT coalesce(sum(amount), 0) FROM order_item WHERE order_id = o.id AND kind = 'pass' AND ended_as IS NULL)
     <> -(SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE order_id = o.id AND account = 'sales' AND reason NOT LIKE 'correction%')`,
  },
  {
    id: 'I3',
    says: "each order's ledger sums to zero",
    of: 'order',
    keys: (within) =>
      `SELECT order_id AS key FROM ledger_entry WHERE ${within('order_id')} GROUP BY order_id HAVING sum(amount) <> 0`,
  },
  {
    id: 'I3',
    says: 'each posting sums to zero',
    counts: 'SELECT count(*) FROM (SELECT posting FROM ledger_entry GROUP BY posting HAVING sum(amount) <> 0) x',
  },
  {
    id: 'I3',
    says: "captured minus refunded and charged back is the ledger's provider account",
    of: 'order',
    keys: (within) => `SELECT p.order_id AS key
        FROM (SELECT order_id, sum(captured - refunded - charged_back) AS held FROM payment_attempt WHERE ${within('order_id')} GROUP BY 1) p
        LEFT JOIN (SELECT order_id, sum(amount) AS booked FROM ledger_entry WHERE account LIKE 'provider:%' AND ${within('order_id')} GROUP BY 1) l USING (order_id)
       WHERE p.held <> coalesce(l.booked, 0)`,
  },
  {
    id: 'I3',
    says: 'nothing is left between orders that were exchanged, or between a return and what is owed for it',
    counts: `SELECT (SELECT count(*) FROM (SELECT sum(amount) AS s FROM ledger_entry WHERE account = 'exchange') x WHERE s <> 0)
        + (SELECT count(*) FROM (SELECT 1 FROM ledger_entry WHERE account = 'returns' GROUP BY order_id HAVING sum(amount) <> 0) x)`,
  },
  {
    id: 'I3',
    says: 'what is owed to buyers is what their refunds have not brought yet',
    counts: `SELECT count(*) FROM (SELECT -sum(amount) AS owed FROM ledger_entry WHERE account = 'owed-to-buyer') l,
            (SELECT coalesce(sum(amount) FILTER (WHERE attempt_id IS NULL AND state = 'due'), 0) AS by_hand FROM refund) r,
            (SELECT coalesce(sum(refund_target - refunded), 0) AS due FROM payment_attempt) a
           WHERE coalesce(l.owed, 0) <> r.by_hand + a.due`,
  },
  {
    id: 'I3',
    says: 'every captured payment and every finished refund has exactly its fiscal receipt',
    counts: `SELECT (SELECT count(*) FROM payment_attempt a WHERE captured > 0 AND NOT EXISTS (
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
    counts: `SELECT (SELECT count(*) FROM payment_attempt a WHERE provider = 'cash' AND captured > 0 AND NOT EXISTS (
                      SELECT 1 FROM drawer_movement m WHERE m.order_id = a.order_id AND m.kind = 'sale' AND m.amount = a.captured))
                 + (SELECT count(*) FROM drawer_movement m JOIN refund r ON r.id = m.refund_id WHERE r.state <> 'refunded' OR m.rounding - m.amount <> r.amount)
                 + (SELECT count(*) FROM counter_shift s WHERE
                      coalesce((SELECT sum(amount) FROM drawer_movement WHERE shift_id = s.id AND kind IN ('float', 'pay-in', 'pay-out')), 0)
                      <> coalesce((SELECT sum(amount) FROM ledger_entry WHERE order_id = s.id AND account = 'drawer' AND reason <> 'cash difference'), 0)
                      OR s.expected <> (SELECT sum(amount) FROM drawer_movement WHERE shift_id = s.id)) AS count`,
  },
  {
    id: 'I3',
    says: 'receipts and credit notes are numbered without gaps',
    counts: `SELECT count(*) FROM receipt_series s
            LEFT JOIN LATERAL (SELECT count(*)::int AS n, coalesce(max(number), 0) AS most
              FROM receipt_paper p WHERE p.edition_id = s.edition_id AND p.kind = s.kind) p ON true
           WHERE s.last <> p.n OR s.last <> p.most`,
  },
  {
    id: 'I4',
    says: 'who has a ticket and no seat of the hall is on the list of those who wait for one',
    of: 'screening',
    keys: (
      within,
    ) => `SELECT c.screening_id AS key FROM seat_claim c WHERE c.seat_id LIKE '~%' AND ${within('c.screening_id')} AND NOT EXISTS (
      SELECT 1 FROM unseated u WHERE u.screening_id = c.screening_id AND u.seat_id = c.seat_id AND u.state = 'waiting')`,
  },
  {
    id: 'I4',
    says: 'no live claim without a live owner',
    of: 'screening',
    keys: (within) => `SELECT c.screening_id AS key FROM seat_claim c WHERE ${within('c.screening_id')} AND (
            (owner_kind = 'order' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = c.owner_id AND o.state IN ('awaiting-payment', 'expiring', 'paid', 'review')))
         OR (owner_kind = 'booking' AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.id = c.owner_id AND b.state IN ('booked', 'used', 'missed')))
         OR (owner_kind = 'offer' AND NOT EXISTS (SELECT 1 FROM waitlist_offer o WHERE o.id = c.owner_id AND o.state = 'open'))
         OR (owner_kind = 'lease' AND NOT EXISTS (SELECT 1 FROM counter_lease l WHERE l.id = c.owner_id AND l.state IN ('open', 'revoked')))
         OR (owner_kind = 'pool' AND c.owner_id <> pool_of(c.screening_id))
         OR (owner_kind = 'block' AND NOT EXISTS (SELECT 1 FROM block b WHERE b.id = c.owner_id AND b.state = 'kept')
             AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.id = c.owner_id AND i.state IN ('sent', 'accepted'))
             AND NOT EXISTS (SELECT 1 FROM rush_number r WHERE r.id = c.owner_id AND r.state = 'admitted')))`,
  },
  {
    id: 'I4',
    says: 'an open offer has all its seats',
    of: 'screening',
    keys: (within) => `SELECT o.screening_id AS key FROM waitlist_offer o JOIN waitlist_entry e ON e.id = o.entry_id
      WHERE o.state = 'open' AND ${within('o.screening_id')}
        AND e.seats <> (SELECT count(*) FROM seat_claim c WHERE c.owner_id = o.id)`,
  },
  {
    id: 'I4',
    says: 'a lease that goes on has every seat that nobody has sold from it, and only those',
    of: 'screening',
    keys: (
      within,
    ) => `SELECT l.screening_id AS key FROM counter_lease l WHERE l.state IN ('open', 'revoked') AND ${within('l.screening_id')}
      AND (SELECT count(*) FROM counter_lease_seat s WHERE s.lease_id = l.id AND s.order_id IS NULL)
       <> (SELECT count(*) FROM seat_claim c WHERE c.owner_id = l.id)`,
  },
  {
    id: 'I4',
    says: 'an admitted rush number has its one seat',
    of: 'screening',
    keys: (
      within,
    ) => `SELECT r.screening_id AS key FROM rush_number r WHERE r.state = 'admitted' AND ${within('r.screening_id')}
      AND 1 <> (SELECT count(*) FROM seat_claim c WHERE c.owner_id = r.id)`,
  },
  {
    id: 'I4',
    says: 'no live order without its claims',
    of: 'order',
    keys: (within) => `SELECT o.id AS key FROM orders o JOIN order_line l ON l.order_id = o.id
      WHERE o.state IN ('awaiting-payment', 'expiring', 'paid') AND l.ended_as IS NULL AND ${within('o.id')}
        AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = o.id AND c.line_no = l.line_no)`,
  },
  {
    id: 'I4',
    says: 'no live booking without its claim',
    of: 'screening',
    keys: (
      within,
    ) => `SELECT b.screening_id AS key FROM booking b WHERE state IN ('booked', 'used') AND ${within('b.screening_id')}
      AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = b.id)`,
  },
  {
    id: 'I7',
    says: 'one entry per code and screening',
    of: 'screening',
    keys: (within) => `SELECT screening_id AS key FROM scan WHERE verdict = 'ok' AND ${within('screening_id')}
      GROUP BY screening_id, serial HAVING count(*) > 1`,
  },
  {
    id: 'I9',
    says: 'one idempotency key, one order',
    counts: `SELECT count(*) FROM (SELECT answer->>'order' FROM idempotency WHERE operation = 'place-order' GROUP BY 1 HAVING count(*) > 1) x`,
  },
  {
    id: 'I10',
    says: 'the seals of the audit log are whole: nothing in it was changed, taken out or put in between',
    of: 'seal',
    keys: (within) => `SELECT s.no AS key FROM audit_seal s LEFT JOIN audit_seal p ON p.no = s.no - 1
      WHERE ${within('s.no')} AND ((s.no > 1 AND p.no IS NULL)
         OR s.entries <> (SELECT count(*) FROM audit_sealed x JOIN audit_entry e ON e.id = x.entry_id WHERE x.seal_no = s.no)
         OR s.hash <> audit_hash(coalesce(p.hash, ''), s.no))`,
  },
  {
    id: 'I10',
    says: 'every audit entry is sealed within a minute',
    counts: `SELECT count(*) FROM audit_entry e WHERE at < clock_timestamp() - interval '1 minute'
               AND NOT EXISTS (SELECT 1 FROM audit_sealed x WHERE x.entry_id = e.id)`,
  },
  {
    id: 'I11',
    says: 'used = sum of uses, never above capacity',
    of: 'limit',
    keys: (within) => `SELECT l.id AS key FROM usage_limit l WHERE ${within('l.id')} AND (used > capacity
      OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0))`,
  },
];

/** Under which name an invariant is told of. */
export function nameOf({ id, says }: Invariant): string {
  return `${id} ${says}`;
}

/** Counts every violation there is, in one statement without parameters. */
export function wholeCount(invariant: Invariant): string {
  return 'counts' in invariant ? invariant.counts : `SELECT count(*) FROM (${invariant.keys(() => 'true')}) x`;
}
