import type { Database } from '#libs/persistence';
import type { Twin } from '../twin/twin.js';

/** Everything that decides what may happen next, without ids and numbers that each side draws for itself. */
export type Picture = Record<string, unknown>;

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

export function pictureOfTwin(twin: Twin): Picture {
  const sums = new Map<string, number>();
  for (const { order, account, amount } of twin.ledger.all()) {
    const key = `${order} ${account}`;
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
  return {
    orders: sorted(twin.orders.all().map((o) => [o.id, o.state, o.endReason ?? null, o.version, o.paidLate])),
    lines: sorted(twin.lines.all().map((l) => [l.order, l.line, l.seat, l.endedAs ?? null])),
    tickets: sorted(twin.tickets.all().map((t) => [t.order, t.line, t.state, t.endedAs ?? null])),
    claims: sorted(twin.claims.all().map((c) => [c.screening, c.seat, c.ownerKind, c.owner, c.line])),
    limits: sorted(twin.limits.all().map((l) => [l.id, l.used])),
    uses: sorted(twin.limitUses.all().map((u) => [u.limit, u.owner, u.n])),
    attempts: sorted(
      twin.attempts
        .all()
        .map((a) => [a.id, a.state, a.captured, a.refunded, a.refundTarget, a.nextLookAt === undefined]),
    ),
    refunds: sorted(twin.refunds.all().map((r) => [r.order, r.attempt ?? null, r.amount, r.upto, r.state])),
    ledger: sorted([...sums].map(([key, amount]) => [...key.split(' '), amount])),
    holds: sorted(twin.holds.all().map((h) => [h.screening, h.seat, h.hold, h.buyer])),
  };
}

const QUERIES: Record<string, string> = {
  orders: 'SELECT id, state, end_reason, version::int, paid_late FROM orders',
  lines: 'SELECT order_id, line_no, seat_id, ended_as FROM order_line',
  tickets: 'SELECT order_id, line_no, state, ended_as FROM ticket',
  claims: 'SELECT screening_id, seat_id, owner_kind, owner_id, line_no FROM seat_claim',
  limits: 'SELECT id, used FROM usage_limit',
  uses: 'SELECT limit_id, owner_id, n FROM limit_use',
  attempts:
    'SELECT id, state, captured::int, refunded::int, refund_target::int, next_look_at IS NULL AS resting FROM payment_attempt',
  refunds: 'SELECT order_id, attempt_id, amount::int, upto::int, state FROM refund',
  ledger: 'SELECT order_id, account, sum(amount)::int AS amount FROM ledger_entry GROUP BY 1, 2',
  holds: 'SELECT screening_id, seat_id, hold_id, buyer FROM seat_hold',
};

export async function pictureOfPostgres(database: Database): Promise<Picture> {
  const picture: Picture = {};
  for (const [name, sql] of Object.entries(QUERIES))
    picture[name] = sorted((await database.query(sql)).map((row) => Object.values(row)));
  return picture;
}
