import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { type Databases, invariantRows } from '../../invariants/invariants.js';
import type {
  ClockFact,
  Facts,
  FaultFact,
  MailFact,
  MapFact,
  MarkFact,
  PaymentFact,
  RushFact,
  SampleFact,
  StopFact,
} from './facts.js';
import { callsOf, type Entry } from './history.js';
import { onDatabase } from './on-database.js';
import { readProgramme } from './programme.js';
import { readTopic } from './read-topic.js';

/** Where the checker looks; all of it past the services' own code. */
export interface Sources {
  databases: Databases;
  kafka: string;
  payments: string;
  mailFolder: string;
  /** The instances of tickets: their maps are compared. */
  tickets: readonly string[];
  history: readonly Entry[];
  marks: readonly MarkFact[];
  stops: readonly StopFact[];
  rushes: readonly RushFact[];
  samples: readonly SampleFact[];
  /** PostgreSQL's, which dates what is told. */
  clock: readonly ClockFact[];
  faults: readonly FaultFact[];
  /** Screenings with their seats in the plan's order. */
  sales: readonly { id: string; seats: string[] }[];
}

const TICKETS: { [K in 'orders' | 'lines' | 'tickets' | 'claims' | 'attempts' | 'outbox' | 'scans']: string } = {
  orders: `SELECT id, number, state, exchange_of AS "exchangeOf", person_id AS person FROM orders`,
  lines: `SELECT l.order_id AS "order", l.line_no::int AS line, l.screening_id AS screening, l.seat_id AS seat, l.amount::float8 AS amount,
                 l.ended_as AS ended, t.order_id || ' ' || t.line_no AS replaces
            FROM order_line l LEFT JOIN ticket t ON t.id = l.replaces`,
  tickets: `SELECT order_id AS "order", line_no::int AS line, screening_id AS screening, serial, state FROM ticket`,
  claims: `SELECT screening_id AS screening, seat_id AS seat, owner_id AS owner, claim_no::float8 AS no FROM seat_claim`,
  attempts: `SELECT id, order_id AS "order", state, captured::float8 AS captured, refunded::float8 AS refunded FROM payment_attempt`,
  outbox: `SELECT seq::float8 AS seq, fact, type, aggregate_id AS aggregate, version::float8 AS version,
                  extract(epoch FROM at)::float8 * 1000 AS at, published_at IS NOT NULL AS published,
                  CASE WHEN type = 'tickets.order.lines-returned.v1'
                       THEN (SELECT coalesce(jsonb_agg(x->'line'), '[]') FROM jsonb_array_elements(data->'lines') x) ELSE '[]' END AS lines
             FROM outbox ORDER BY seq`,
  scans: `SELECT id, screening_id AS screening, serial, verdict, shown, let_in AS "letIn", offline FROM scan`,
};

const DELIVERIES = `SELECT id, fact, template, state FROM delivery WHERE channel = 'email'`;

export async function collect(sources: Sources): Promise<Facts> {
  const rows = await onDatabase(sources.databases.tickets, async (client) => {
    const of = async (name: keyof typeof TICKETS) => (await client.query(TICKETS[name])).rows;
    const fees = await client.query<{ order: string; sum: number }>(
      `SELECT order_id AS "order", -sum(amount)::float8 AS sum FROM ledger_entry WHERE account = 'fees' GROUP BY 1`,
    );
    return {
      orders: (await of('orders')) as Facts['orders'],
      lines: (await of('lines')) as Facts['lines'],
      tickets: (await of('tickets')) as Facts['tickets'],
      claims: (await of('claims')) as Facts['claims'],
      attempts: (await of('attempts')) as Facts['attempts'],
      outbox: (await of('outbox')) as Facts['outbox'],
      scans: (await of('scans')) as Facts['scans'],
      fees: new Map(fees.rows.map((row) => [row.order, row.sum])),
    };
  });
  const heard = await onDatabase(sources.databases.notifications, async (client) => ({
    heard: (await client.query<{ fact: string }>('SELECT fact FROM inbox')).rows.map((row) => row.fact),
    deliveries: (await client.query(DELIVERIES)).rows as Facts['deliveries'],
  }));
  return {
    ...rows,
    outbox: rows.outbox.map((one) => ({ ...one, at: trueTime(one.at, sources.clock) })),
    ...heard,
    programme: await readProgramme(sources.databases),
    calls: callsOf(sources.history),
    kafka: await readTopic(sources.kafka, 'tickets'),
    mails: readMails(sources.mailFolder),
    payments: await readPayments(sources.payments),
    marks: [...sources.marks],
    maps: await readMaps(sources),
    stops: [...sources.stops],
    rushes: [...sources.rushes],
    samples: [...sources.samples],
    faults: [...sources.faults],
    invariants: await invariantRows(sources.databases),
  };
}

/** A clock that is put back is followed at once by some and a little later by others. */
const FOLLOWS_MS = 3_000;

/** When something really was that a clock dated that was off now and then. */
export function trueTime(at: number, clock: readonly ClockFact[]): number {
  const off = clock.find(({ from, until, offMs }) => at - offMs > from - FOLLOWS_MS && at - offMs < until + FOLLOWS_MS);
  return off ? at - off.offMs : at;
}

interface SandboxPayment {
  id: string;
  orderId: string;
  captured: number;
  refunded: number;
}

async function readPayments(url: string): Promise<PaymentFact[]> {
  const list = (await (await fetch(`${url}/control/payments`)).json()) as SandboxPayment[];
  return list.map(({ id, orderId, captured, refunded }) => ({ id, attempt: orderId, captured, refunded }));
}

/** The mails as they arrived, without the help of any mail library. */
function readMails(folder: string): MailFact[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => mailFact(name.slice(0, -4), readFileSync(join(folder, name), 'latin1')));
}

/** What the raw mail says of itself. */
export function mailFact(id: string, raw: string): MailFact {
  const head = raw.slice(0, raw.search(/\r?\n\r?\n/)).replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  return {
    id,
    to: /[^\s<>]+@[^\s<>]+/.exec(header('To'))?.[0] ?? '',
    delivery: /<([^@>]+)@/.exec(header('Message-ID'))?.[1] ?? '',
    repeat: header('X-Seans-Repeat') === 'maybe',
    files: [...new Set([...raw.matchAll(/filename="?([^";\r\n]+)"?/g)].map((match) => match[1]!))],
  };
}

/** How long a map may be behind after everything else is at rest: Redis was lost, and nobody asked. */
const MAP_PATIENCE_MS = 35_000;

async function readMaps({ tickets, sales, databases }: Sources): Promise<MapFact[]> {
  return onDatabase(databases.tickets, async (client) => {
    const maps: MapFact[] = [];
    for (const sale of sales)
      for (const [index, url] of tickets.entries())
        maps.push(await agreedMap(client, sale, `instance ${index + 1}`, `${url}/screenings/${sale.id}/seats`));
    return maps;
  });
}

/** The map once it agrees with the claims, or as it is when it had its time. */
async function agreedMap(
  client: pg.Client,
  sale: { id: string; seats: string[] },
  from: string,
  url: string,
): Promise<MapFact> {
  for (const until = Date.now() + MAP_PATIENCE_MS; ; await new Promise((next) => setTimeout(next, 300))) {
    const claimed = await client.query<{ seat: string }>(
      'SELECT seat_id AS seat FROM seat_claim WHERE screening_id = $1',
      [sale.id],
    );
    const sold = new Set(claimed.rows.map((row) => row.seat));
    const { states } = (await (await fetch(url)).json()) as { states: string };
    const seats = new Map(sale.seats.map((seat, n) => [seat, states[n] ?? '?']));
    const agrees = [...seats].every(([seat, letter]) => letter === 'h' || (letter === 'f') !== sold.has(seat));
    if (agrees || Date.now() > until) return { screening: sale.id, from, seats };
  }
}
