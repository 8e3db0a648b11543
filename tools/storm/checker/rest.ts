import type pg from 'pg';
import type { Databases } from '../../invariants/invariants.js';
import { onDatabase } from './on-database.js';
import { readProgramme } from './programme.js';
import { HEARD } from './telling-checks.js';

/** What is still under way, by what it is; empty at rest. */
export async function underWay(databases: Databases): Promise<string[]> {
  const count = async (database: keyof Databases, what: string, sql: string): Promise<string[]> => {
    const { rows } = await onDatabase(databases[database], (client) =>
      client.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`),
    );
    const n = Number(rows[0]?.n);
    return n > 0 ? [`${n} ${what}`] : [];
  };
  const all = await Promise.all([
    count('tickets', 'orders wait', `orders WHERE state IN ('awaiting-payment', 'expiring', 'refund-due')`),
    count('tickets', 'payments are followed', `payment_attempt WHERE next_look_at IS NOT NULL AND state <> 'closed'`),
    count('tickets', 'facts of tickets wait', 'outbox WHERE published_at IS NULL'),
    count('screenings', 'facts of screenings wait', 'outbox WHERE published_at IS NULL'),
    count('gateway', 'facts of the gateway wait', 'outbox WHERE published_at IS NULL'),
    count(
      'notifications',
      'mails wait',
      `delivery WHERE state IN ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact')`,
    ),
    unheard(databases),
    unheardProgramme(databases),
  ]);
  return all.flat();
}

/** Facts that were published and that notifications has not heard yet. */
async function unheard(databases: Databases): Promise<string[]> {
  const facts = await onDatabase(databases.tickets, (client) =>
    client.query<{ fact: string }>('SELECT fact FROM outbox WHERE type = ANY ($1)', [[...HEARD]]),
  );
  const heard = await onDatabase(databases.notifications, (client) =>
    client.query<{ fact: string }>('SELECT fact FROM inbox'),
  );
  const known = new Set(heard.rows.map((row) => row.fact));
  const missing = facts.rows.filter((row) => !known.has(row.fact)).length;
  return missing > 0 ? [`${missing} facts are not heard`] : [];
}

async function unheardProgramme(databases: Databases): Promise<string[]> {
  const { told, heard, givenUp } = await readProgramme(databases);
  const known = new Set([...heard, ...givenUp]);
  const missing = told.filter(({ fact }) => !known.has(fact)).length;
  return missing > 0 ? [`${missing} facts of the programme are not heard`] : [];
}

/**
 * The time of unpaid orders is over now, and that of pages that nobody will pay any more: what follows is the ordinary work
 * of the ordinary jobs.
 * @param only these orders; all, and all open pages, when absent
 */
export async function ageOrders(client: pg.Client, only?: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE orders SET pay_until = clock_timestamp(), next_look_at = clock_timestamp()
      WHERE state IN ('awaiting-payment', 'expiring') AND ($1::uuid[] IS NULL OR id = ANY ($1))`,
    [only ?? null],
  );
  await client.query(
    `UPDATE payment_attempt SET lives_until = clock_timestamp()
      WHERE state IN ('opening', 'open', 'unknown') AND lives_until > clock_timestamp() AND ($1::uuid[] IS NULL OR order_id = ANY ($1))`,
    [only ?? null],
  );
  // Whose order has ended already is looked at by nobody in a hurry.
  if (!only)
    await client.query(
      `UPDATE payment_attempt SET next_look_at = clock_timestamp()
        WHERE state IN ('opening', 'open', 'unknown') AND next_look_at > clock_timestamp() + interval '1 second'
          AND order_id IN (SELECT id FROM orders WHERE state NOT IN ('awaiting-payment', 'expiring'))`,
    );
}
