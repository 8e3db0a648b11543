import { randomUUID } from 'node:crypto';
import { type TestDatabase, testDatabase } from '#libs/testing';
import '../src/afterwards/changes/change.refusals.js';
import '../src/sale/ledger/ledger.refusals.js';
import '../src/sale/payments/payment.refusals.js';
import { ticketsDatabase } from '../src/database.js';
import type { PlaceOrderDocument } from '../src/inventory/seats/inventory.port.js';
import { PgInventory } from '../src/inventory/seats/pg-inventory.js';
import { callFunction } from '../src/inventory/seats/sql-function.js';
import { attemptOf, closeWatched, openScreening, orderOf, watchSteps } from './inventory-cast.js';

/** Paid orders on a database of their own, and what specs ask of money and seats afterwards. */
export async function openReturns(name: string) {
  const db: TestDatabase = await testDatabase(name, ticketsDatabase, { poolSize: 20 });
  const inventory = new PgInventory(db.database);
  await watchSteps(db.database);
  let n = 0;

  const fresh = async () => {
    const id = `s-${++n}`;
    await openScreening(db.database, id);
    return id;
  };
  const call = <T>(invocation: string, ...values: unknown[]) => callFunction<T>(db.database, invocation, values);
  const one = async <T>(sql: string, ...values: unknown[]) =>
    (await db.database.query<Record<string, T>>(sql, values)).map((row) => Object.values(row)[0]!)[0]!;
  const stateOf = (order: string) => one<string>('SELECT state FROM orders WHERE id = $1', order);
  const told = async (order: string) =>
    (
      await db.database.query<{ type: string }>('SELECT type FROM outbox WHERE aggregate_id = $1 ORDER BY version', [
        order,
      ])
    ).map((row) => row.type.replace('tickets.', '').replace('.v1', ''));
  const balance = async (order: string) =>
    Object.fromEntries(
      (
        await db.database.query<{ account: string; sum: string }>(
          'SELECT account, sum(amount) FROM ledger_entry WHERE order_id = $1 GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 1',
          [order],
        )
      ).map((row) => [row.account, Number(row.sum)]),
    );

  /** A paid order of so many seats of one screening. */
  const bought = async (
    seats: number,
    changes: { amount?: number; document?: Partial<PlaceOrderDocument>; order?: object } = {},
  ) => {
    const screening = await fresh();
    const document = orderOf(
      Array.from({ length: seats }, (_, i) => [screening, `A${i + 1}`] as [string, string]),
      { amount: changes.amount ?? 100_000 },
    );
    const whole = { ...document, ...changes.document, order: { ...document.order, ...changes.order } };
    await inventory.placeOrder(whole);
    const order = whole.order.id;
    const attempt = await attemptOf(db.database, order);
    if (whole.order.total > 0) await inventory.confirmPayment(attempt, whole.order.total, 'KZT', {});
    return { screening, order, attempt, total: whole.order.total };
  };
  const ticketOf = (order: string, line: number) =>
    one<string>(`SELECT id FROM ticket WHERE order_id = $1 AND line_no = $2 AND state = 'live'`, order, line);
  const enter = async (ticket: string) => {
    const device = randomUUID();
    await db.database.query(
      `INSERT INTO device (id, edition_id, name, gate, state) VALUES ($1, 'almaty-2019', 'd', 'g', 'paired')`,
      [device],
    );
    await db.database.query(
      `INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
       SELECT $1, $2, screening_id, 'g', serial, 'ok', now(), now(), '{}' FROM ticket WHERE id = $3`,
      [randomUUID(), device, ticket],
    );
  };
  const returned = (order: string, lines: number[], fee = 0, why = 'buyer') =>
    inventory.returnLines(order, lines, fee, why, { lines: lines.map((line) => ({ line })) });

  return {
    db,
    inventory,
    fresh,
    call,
    one,
    stateOf,
    told,
    balance,
    bought,
    ticketOf,
    enter,
    returned,
    close: () => closeWatched(db),
  };
}

export type ReturnsStage = Awaited<ReturnType<typeof openReturns>>;
