import { randomUUID } from 'node:crypto';
import type { Database } from '#libs/persistence';
import type { TestDatabase } from '#libs/testing';
import type { PlaceOrderDocument } from '../src/inventory/seats/inventory.port.js';
import { ORDER_CYCLE, TICKET_CYCLE } from '../src/sale/orders/order.rules.js';

/** Screenings, orders and attempts straight in the tables, for specs of the inventory's operations. */
export async function openScreening(database: Database, id: string, startsAt = '2019-09-16T13:00:00Z'): Promise<void> {
  const endsAt = new Date(Date.parse(startsAt) + 5_400_000).toISOString();
  await database.query(
    `INSERT INTO screening_copy (screening_id, edition_id, version, state, starts_at, ends_at, data)
     VALUES ($1, 'almaty-2019', 1, 'on-sale', $2, $3, '{}')`,
    [id, startsAt, endsAt],
  );
  await database.query(
    `INSERT INTO inventory (screening_id, edition_id, plan_id, plan_version, on_sale) VALUES ($1, 'almaty-2019', 'plan', 1, true)`,
    [id],
  );
}

export function orderOf(
  seats: [screening: string, seat: string][],
  changes: {
    key?: string;
    caller?: string;
    limits?: PlaceOrderDocument['limits'];
    amount?: number;
    paySeconds?: number;
  } = {},
): PlaceOrderDocument {
  const id = randomUUID();
  const amount = changes.amount ?? 100_000;
  return {
    idempotency: { caller: changes.caller ?? id, key: changes.key ?? id, fingerprint: JSON.stringify(seats) },
    order: {
      id,
      number: id.slice(0, 9),
      edition: 'almaty-2019',
      person: 'person',
      buyer: 'buyer',
      language: 'en',
      total: amount * seats.length,
      currency: 'KZT',
      consent: {},
      paySeconds: changes.paySeconds ?? 720,
    },
    lines: seats.map(([screening, seat], index) => ({
      line: index + 1,
      screening,
      seat,
      plan: 1,
      row_label: seat,
      seat_label: seat,
      category: 'A',
      amount,
    })),
    limits: changes.limits ?? [],
    told: { orderId: id },
    toldPaid: {},
  };
}

/** An open payment page of an order. */
export async function attemptOf(database: Database, order: string): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO payment_attempt (id, order_id, provider, amount, currency, state, lives_until)
     SELECT $1, id, 'freedompay', total, currency, 'open', clock_timestamp() + interval '10 minutes' FROM orders WHERE id = $2`,
    [id, order],
  );
  return id;
}

/** The order's time is over and its attempts are closed: the job may end it. */
export async function due(database: Database, order: string): Promise<void> {
  await database.query(`UPDATE orders SET pay_until = clock_timestamp(), state = 'expiring' WHERE id = $1`, [order]);
  await database.query(`UPDATE payment_attempt SET state = 'closed' WHERE order_id = $1 AND state = 'open'`, [order]);
}

/** From now on every step of an order's or a ticket's state is written down; see {@link closeWatched}. */
export async function watchSteps(database: Database): Promise<void> {
  await database.query('CREATE TABLE step_seen (what text, was text, became text)');
  await database.query(`
    CREATE FUNCTION see_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO step_seen VALUES (TG_TABLE_NAME, OLD.state, NEW.state);
      RETURN NULL;
    END $$`);
  for (const table of ['orders', 'ticket'])
    await database.query(
      `CREATE TRIGGER see_step AFTER UPDATE ON ${table} FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION see_step()`,
    );
}

/** Ends a spec whose database was watched: no step was outside its life cycle. */
export async function closeWatched(db: TestDatabase): Promise<void> {
  try {
    expect(await stepsOutside(db.database)).toEqual([]);
  } finally {
    await db.close();
  }
}

async function stepsOutside(database: Database): Promise<string[]> {
  const cycles: Record<string, Record<string, readonly string[]>> = { orders: ORDER_CYCLE, ticket: TICKET_CYCLE };
  const seen = await database.query<{ what: string; was: string; became: string }>('SELECT DISTINCT * FROM step_seen');
  expect(seen).toContainEqual({ what: 'orders', was: 'awaiting-payment', became: 'paid' });
  return seen
    .filter(({ what, was, became }) => !cycles[what]?.[was]?.includes(became))
    .map(({ what, was, became }) => `${what}: ${was} → ${became}`)
    .sort();
}

/** Violations of the invariants that these tables can show; all must be 0. */
export async function violations(database: Database): Promise<Record<string, number>> {
  const [row] = await database.query<Record<string, string>>(`SELECT
    (SELECT count(*) FROM ticket t WHERE state = 'live' AND NOT EXISTS
      (SELECT 1 FROM seat_claim c WHERE c.owner_id = t.order_id AND c.line_no = t.line_no)) AS "ticket without claim",
    (SELECT count(*) FROM orders o WHERE state = 'paid' AND (SELECT count(*) FROM order_line WHERE order_id = o.id AND ended_as IS NULL)
      <> (SELECT count(*) FROM ticket WHERE order_id = o.id AND state <> 'ended')) AS "paid without tickets",
    (SELECT count(*) FROM seat_claim c WHERE owner_kind = 'order' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = c.owner_id
      AND o.state IN ('awaiting-payment', 'expiring', 'paid', 'review'))) AS "claim without owner",
    (SELECT count(*) FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.state IN ('awaiting-payment', 'paid') AND l.ended_as IS NULL AND NOT EXISTS
      (SELECT 1 FROM seat_claim c WHERE c.owner_id = o.id AND c.line_no = l.line_no)) AS "owner without claim",
    (SELECT count(*) FROM (SELECT posting FROM ledger_entry GROUP BY posting HAVING sum(amount) <> 0) x) AS "unbalanced posting",
    (SELECT count(*) FROM usage_limit l WHERE used > capacity
      OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)) AS "limit off",
    (SELECT count(*) FROM (SELECT order_id, sum(captured - refunded - charged_back) AS held FROM payment_attempt GROUP BY 1) p
       FULL JOIN (SELECT order_id, sum(amount) AS booked FROM ledger_entry WHERE account LIKE 'provider:%' GROUP BY 1) l USING (order_id)
      WHERE coalesce(p.held, 0) <> coalesce(l.booked, 0)) AS "provider account off",
    (SELECT count(*) FROM (SELECT order_id FROM ledger_entry WHERE account = 'returns' GROUP BY 1 HAVING sum(amount) <> 0) x) AS "returns left open",
    (SELECT count(*) FROM (SELECT 1 FROM ledger_entry WHERE account = 'exchange' HAVING sum(amount) <> 0) x) AS "exchange left open",
    (SELECT count(*) FROM payment_attempt a WHERE captured > 0 AND NOT EXISTS
      (SELECT 1 FROM fiscal_receipt r WHERE r.source = a.id AND r.kind = 'sale' AND r.amount = a.captured))
    + (SELECT count(*) FROM refund f WHERE state = 'refunded' AND NOT EXISTS
      (SELECT 1 FROM fiscal_receipt r WHERE r.source = f.id AND r.kind = 'return' AND r.amount = f.amount)) AS "no fiscal receipt",
    (SELECT (SELECT count(*) FROM payment_attempt a WHERE provider = 'cash' AND captured > 0 AND NOT EXISTS (
        SELECT 1 FROM drawer_movement m WHERE m.order_id = a.order_id AND m.kind = 'sale' AND m.amount = a.captured))
    + (SELECT count(*) FROM drawer_movement m JOIN refund r ON r.id = m.refund_id WHERE r.state <> 'refunded' OR m.rounding - m.amount <> r.amount)
    + (SELECT count(*) FROM counter_shift s WHERE
        coalesce((SELECT sum(amount) FROM drawer_movement WHERE shift_id = s.id AND kind IN ('float', 'pay-in', 'pay-out')), 0)
        <> coalesce((SELECT sum(amount) FROM ledger_entry WHERE order_id = s.id AND account = 'drawer' AND reason <> 'cash difference'), 0)
        OR s.expected <> (SELECT sum(amount) FROM drawer_movement WHERE shift_id = s.id))) AS "drawer off"`);
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)]));
}

export const NO_VIOLATIONS = {
  'ticket without claim': 0,
  'paid without tickets': 0,
  'claim without owner': 0,
  'owner without claim': 0,
  'unbalanced posting': 0,
  'limit off': 0,
  'provider account off': 0,
  'returns left open': 0,
  'exchange left open': 0,
  'no fiscal receipt': 0,
  'drawer off': 0,
};
