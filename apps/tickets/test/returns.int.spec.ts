import { randomUUID } from 'node:crypto';
import type { Refusal } from '#libs/kernel';
import { type TestDatabase, testDatabase } from '#libs/testing';
import '../src/afterwards/changes/change.refusals.js';
import '../src/sale/ledger/ledger.refusals.js';
import '../src/sale/payments/payment.refusals.js';
import { ticketsDatabase } from '../src/database.js';
import type { PlaceOrderDocument } from '../src/inventory/seats/inventory.port.js';
import { PgInventory } from '../src/inventory/seats/pg-inventory.js';
import { callFunction } from '../src/inventory/seats/sql-function.js';
import {
  attemptOf,
  closeWatched,
  NO_VIOLATIONS,
  openScreening,
  orderOf,
  violations,
  watchSteps,
} from './inventory-cast.js';

const CODE = (error: Refusal) => error.code;

describe('money and seats on their way back', () => {
  let db: TestDatabase;
  let inventory: PgInventory;
  let n = 0;

  beforeAll(async () => {
    db = await testDatabase('returns', ticketsDatabase, { poolSize: 20 });
    inventory = new PgInventory(db.database);
    await watchSteps(db.database);
  });
  afterEach(async () => expect(await violations(db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => closeWatched(db));

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

  it('gives one line back: its seat is free, its money is owed less the fee, the rest stays', async () => {
    const { order, attempt, screening } = await bought(3);
    const answer = await returned(order, [2], 10_000);
    expect([answer.lines, answer.refund, answer.freed.map((seat) => seat.seat)]).toEqual([[2], 90_000, ['A2']]);
    expect(await stateOf(order)).toBe('paid');
    expect(await balance(order)).toEqual({
      fees: -10_000,
      'owed-to-buyer': -90_000,
      'provider:freedompay': 300_000,
      sales: -200_000,
    });
    await inventory.placeOrder(orderOf([[screening, 'A2']]));
    await call('record_refund($1, $2)', attempt, 90_000);
    expect(await balance(order)).toEqual({ fees: -10_000, 'provider:freedompay': 210_000, sales: -200_000 });
    expect(await told(order)).toEqual(['order.placed', 'order.paid', 'order.lines-returned', 'order.refunded']);
  });

  it('gives back nothing the second time, and once when 20 ask at once', async () => {
    const { order } = await bought(2);
    const answers = await Promise.all(Array.from({ length: 20 }, () => returned(order, [1, 2])));
    expect(answers.map((answer) => answer.refund).sort((a, b) => b - a)).toEqual([200_000, ...Array(19).fill(0)]);
    expect([await stateOf(order), (await returned(order, [1])).refund]).toEqual(['refund-due', 0]);
  });

  it('returns in parts, each once, in whatever steps the provider tells of them', async () => {
    const { order, attempt } = await bought(3);
    await returned(order, [1]);
    await returned(order, [2, 3]);
    expect(await call('record_refund($1, $2)', attempt, 100_000)).toBe('refund-due');
    expect(await stateOf(order)).toBe('refund-due');
    await call('record_refund($1, $2)', attempt, 100_000);
    expect(await call('record_refund($1, $2)', attempt, 300_000)).toBe('refunded');
    expect(await stateOf(order)).toBe('refunded');
    expect((await told(order)).filter((type) => type === 'order.refunded')).toHaveLength(2);
    expect(await balance(order)).toEqual({});
  });

  it('gives service fees back when the festival is the reason, and keeps them when the buyer is', async () => {
    const name = { kk: '', ru: '', en: '' };
    const items = [1, 2].map((no) => ({ no, kind: 'fee' as const, line: no, subject: 'service', name, amount: 5_000 }));
    const mine = await bought(2, { document: { items }, order: { total: 210_000 } });
    expect((await returned(mine.order, [1])).refund).toBe(100_000);
    const theirs = await bought(2, { document: { items }, order: { total: 210_000 } });
    expect((await returned(theirs.order, [1], 0, 'screening-cancelled')).refund).toBe(105_000);
    expect((await returned(theirs.order, [2], 0, 'screening-cancelled')).refund).toBe(105_000);
    expect(await balance(mine.order)).toMatchObject({ fees: -10_000 });
  });

  it('ends a free order without any money', async () => {
    const { order } = await bought(2, { amount: 0 });
    await returned(order, [1, 2]);
    expect([await stateOf(order), await balance(order)]).toEqual(['cancelled', {}]);
  });

  it('gives a limit back with the line that used it', async () => {
    await db.database.query(`INSERT INTO usage_limit (id, capacity) VALUES ('promo:x', 3), ('promo-budget:x', 90000)`);
    const { order } = await bought(3, {
      document: {
        limits: [
          { candidates: ['promo:x'], lines: [1, 2, 3] },
          ...[1, 2, 3].map((line) => ({ candidates: ['promo-budget:x'], lines: [line], n: 30_000 })),
        ],
      },
    });
    await returned(order, [1, 3]);
    expect(
      await db.database.query('SELECT id, used FROM usage_limit WHERE id LIKE $1 ORDER BY id', ['promo%']),
    ).toEqual([
      { id: 'promo-budget:x', used: 30_000 },
      { id: 'promo:x', used: 1 },
    ]);
  });

  it('sells a promo code as often as it may be used, when 200 ask at once', async () => {
    const screening = await fresh();
    await db.database.query(
      `INSERT INTO usage_limit (id, capacity) VALUES ('promo:y', 40), ('promo-budget:y', 175000)`,
    );
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => {
        const limits = [
          { candidates: ['promo:y'], lines: [1] },
          { candidates: ['promo-budget:y'], lines: [1], n: 5_000 },
        ];
        return inventory.placeOrder(orderOf([[screening, `S${i}`]], { limits }));
      }),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(35);
    expect(
      await db.database.query('SELECT id, used FROM usage_limit WHERE id LIKE $1 ORDER BY id', ['promo%:y']),
    ).toEqual([
      { id: 'promo-budget:y', used: 175_000 },
      { id: 'promo:y', used: 35 },
    ]);
  });

  describe('an exchange', () => {
    /** An order for one seat that replaces a ticket. */
    const exchange = async (old: { order: string; ticket: string; value: number }, amount: number) => {
      const screening = await fresh();
      const document = orderOf([[screening, 'B1']], { amount });
      const used = Math.min(old.value, amount);
      document.lines[0]!.replaces = old.ticket;
      document.order.exchangeOf = old.order;
      document.order.total = amount - used;
      document.items = [
        { no: 1, kind: 'exchange-credit', subject: 'tickets', name: { kk: '', ru: '', en: '' }, amount: -used },
      ];
      const placed = await inventory.placeOrder(document);
      return { order: document.order.id, due: document.order.total, placed, screening };
    };
    const pay = async (order: string, amount: number) =>
      inventory.confirmPayment(await attemptOf(db.database, order), amount, 'KZT', {});

    it('to a dearer seat is paid by the difference; the old code dies and its seat is free', async () => {
      const old = await bought(2);
      const ticket = await ticketOf(old.order, 1);
      const next = await exchange({ order: old.order, ticket, value: 100_000 }, 150_000);
      expect(next.due).toBe(50_000);
      const paid = await pay(next.order, 50_000);
      expect([paid.outcome, paid.freed?.map((seat) => seat.seat)]).toEqual(['paid', ['A1']]);
      expect(await one('SELECT ended_as FROM ticket WHERE id = $1', ticket)).toBe('exchanged');
      expect(await balance(old.order)).toEqual({ exchange: -100_000, 'provider:freedompay': 200_000, sales: -100_000 });
      expect(await balance(next.order)).toEqual({ exchange: 100_000, 'provider:freedompay': 50_000, sales: -150_000 });
    });

    it('to a cheaper seat is done at once and owes the difference', async () => {
      const old = await bought(1);
      const next = await exchange({ order: old.order, ticket: await ticketOf(old.order, 1), value: 100_000 }, 60_000);
      expect([next.due, await stateOf(next.order), next.placed.freed.length]).toEqual([0, 'paid', 1]);
      expect(await balance(old.order)).toMatchObject({ 'owed-to-buyer': -40_000 });
      await call('record_refund($1, $2)', old.attempt, 40_000);
      expect(await balance(old.order)).toEqual({ exchange: -60_000, 'provider:freedompay': 60_000 });
    });

    it('given back later, returns the money through the payments that it came by', async () => {
      const old = await bought(1);
      const next = await exchange({ order: old.order, ticket: await ticketOf(old.order, 1), value: 100_000 }, 150_000);
      await pay(next.order, 50_000);
      expect((await returned(next.order, [1])).refund).toBe(150_000);
      const owed = await db.database.query(
        'SELECT order_id, refund_target::int AS t FROM payment_attempt WHERE refund_target > 0 AND order_id = ANY ($1) ORDER BY refund_target',
        [[old.order, next.order]],
      );
      expect(owed).toEqual([
        { order_id: next.order, t: 50_000 },
        { order_id: old.order, t: 100_000 },
      ]);
      for (const { order_id: order, t } of owed as { order_id: string; t: number }[])
        await call(
          'record_refund($1, $2)',
          await one('SELECT id FROM payment_attempt WHERE order_id = $1 AND captured > 0', order),
          t,
        );
      expect([await stateOf(next.order), await balance(next.order), await balance(old.order)]).toEqual([
        'refunded',
        {},
        {},
      ]);
    });

    it('is refused for a ticket that was used, that ended or that another exchange has', async () => {
      const old = await bought(2);
      const [first, second] = [await ticketOf(old.order, 1), await ticketOf(old.order, 2)];
      await enter(first);
      await expect(exchange({ order: old.order, ticket: first, value: 100_000 }, 150_000)).rejects.toMatchObject({
        code: 'ticket-used-or-ended',
      });
      await exchange({ order: old.order, ticket: second, value: 100_000 }, 150_000);
      await expect(exchange({ order: old.order, ticket: second, value: 100_000 }, 150_000)).rejects.toMatchObject({
        code: 'ticket-used-or-ended',
      });
    });

    it('is void once somebody enters with the old ticket: the difference goes back, the old seat stays', async () => {
      const old = await bought(1);
      const ticket = await ticketOf(old.order, 1);
      const next = await exchange({ order: old.order, ticket, value: 100_000 }, 150_000);
      await enter(ticket);
      const paid = await pay(next.order, 50_000);
      expect([paid.outcome, paid.reason, await stateOf(next.order)]).toEqual([
        'refund-due',
        'exchange-void',
        'refund-due',
      ]);
      expect(await one('SELECT state FROM ticket WHERE id = $1', ticket)).toBe('live');
      expect(await one('SELECT count(*)::int FROM seat_claim WHERE owner_id = $1', next.order)).toBe(0);
    });

    it('happens once when 10 exchanges of one ticket are tried at once', async () => {
      const old = await bought(1);
      const ticket = await ticketOf(old.order, 1);
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, () => exchange({ order: old.order, ticket, value: 100_000 }, 100_000)),
      );
      expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    });

    it('and a return of the same ticket race: the ticket ends once and its value is owed or credited once', async () => {
      for (let round = 0; round < 8; round++) {
        const old = await bought(1);
        const ticket = await ticketOf(old.order, 1);
        const [swap, back] = await Promise.allSettled([
          exchange({ order: old.order, ticket, value: 100_000 }, 100_000),
          returned(old.order, [1]),
        ]);
        const refund = back.status === 'fulfilled' ? back.value.refund : -1;
        expect([swap.status, refund]).toEqual(swap.status === 'fulfilled' ? ['fulfilled', 0] : ['rejected', 100_000]);
      }
    });
  });

  it('cancels an order that is not paid; a payment that comes all the same is owed back', async () => {
    const screening = await fresh();
    const document = orderOf([[screening, 'A1']]);
    await inventory.placeOrder(document);
    const attempt = await attemptOf(db.database, document.order.id);
    const first = await inventory.cancelOrder(document.order.id, 'buyer', {});
    expect([first.state, first.freed.length]).toEqual(['cancelled', 1]);
    expect((await inventory.cancelOrder(document.order.id, 'buyer', {})).freed).toEqual([]);
    await inventory.placeOrder(orderOf([[screening, 'A1']]));
    const late = await inventory.confirmPayment(attempt, 100_000, 'KZT', {});
    expect([late.outcome, late.reason]).toEqual(['refund-due', 'order-ended']);
    expect(await told(document.order.id)).toEqual(['order.placed', 'order.cancelled', 'order.refund-due']);
  });

  it('cancelling and paying race: paid with its seat, or owed back and free; never both', async () => {
    for (let round = 0; round < 10; round++) {
      const screening = await fresh();
      const document = orderOf([[screening, 'A1']]);
      await inventory.placeOrder(document);
      const attempt = await attemptOf(db.database, document.order.id);
      const [cancelled, paid] = await Promise.all([
        inventory.cancelOrder(document.order.id, 'buyer', {}),
        inventory.confirmPayment(attempt, 100_000, 'KZT', {}),
      ]);
      expect([cancelled.state, paid.outcome]).toEqual(
        paid.outcome === 'paid' ? ['paid', 'paid'] : ['cancelled', 'refund-due'],
      );
    }
  });

  describe('a chargeback', () => {
    it('suspends the tickets, once per reference, and gives them back when it is won', async () => {
      const { order, attempt } = await bought(2);
      const first = await call<{ id: string; repeated: boolean }>('charge_back($1, $2, $3)', attempt, 200_000, 'dp_1');
      const second = await call<{ id: string; repeated: boolean }>('charge_back($1, $2, $3)', attempt, 200_000, 'dp_1');
      expect([second.id, first.repeated, second.repeated]).toEqual([first.id, false, true]);
      expect(await one(`SELECT count(*)::int FROM ticket WHERE order_id = $1 AND state = 'suspended'`, order)).toBe(2);
      expect((await returned(order, [1])).refund).toBe(0);
      await call('close_chargeback($1, $2)', first.id, 'won');
      await call('close_chargeback($1, $2)', first.id, 'won');
      expect(await one(`SELECT count(*)::int FROM ticket WHERE order_id = $1 AND state = 'live'`, order)).toBe(2);
      expect(await balance(order)).toEqual({ 'provider:freedompay': 200_000, sales: -200_000 });
      await expect(call('close_chargeback($1, $2)', first.id, 'lost')).rejects.toMatchObject({
        code: 'chargeback-closed',
      });
    });

    it('that is lost ends them and frees their seats', async () => {
      const { order, attempt, screening } = await bought(2);
      const { id } = await call<{ id: string }>('charge_back($1, $2, $3)', attempt, 200_000, 'dp_2');
      const { freed } = await call<{ freed: unknown[] }>('close_chargeback($1, $2)', id, 'lost');
      expect([freed.length, await stateOf(order)]).toEqual([2, 'charged-back']);
      await inventory.placeOrder(orderOf([[screening, 'A1']]));
    });

    it('can take no more than the payment still holds', async () => {
      const { order, attempt } = await bought(2);
      await returned(order, [1]);
      const refused = await call('charge_back($1, $2, $3)', attempt, 150_000, 'dp_3').catch(CODE);
      expect(refused).toBe('chargeback-too-large');
    });
  });

  it('passes a ticket on: the old code is dead, the line stays, one of two who try at once has it', async () => {
    const { order } = await bought(1);
    const ticket = await ticketOf(order, 1);
    const tries = await Promise.allSettled(
      ['dana', 'aru'].map((holder) =>
        call<string>('replace_ticket($1, $2, $3, $4)', ticket, holder, 'transferred', {}),
      ),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await one('SELECT ended_as FROM ticket WHERE id = $1', ticket)).toBe('transferred');
    expect(
      await one(
        `SELECT count(*)::int FROM ticket WHERE order_id = $1 AND state = 'live' AND holder_id IS NOT NULL`,
        order,
      ),
    ).toBe(1);
  });

  it('puts a payment of a wrong amount back when finance says so, once', async () => {
    const screening = await fresh();
    const document = orderOf([[screening, 'A1']]);
    await inventory.placeOrder(document);
    const attempt = await attemptOf(db.database, document.order.id);
    await inventory.confirmPayment(attempt, 90_000, 'KZT', {});
    await Promise.all([1, 2].map(() => call('refund_review($1)', attempt)));
    await call('record_refund($1, $2)', attempt, 90_000);
    expect([await stateOf(document.order.id), await balance(document.order.id)]).toEqual(['refunded', {}]);
  });

  it('closes a day that is over and no other; the books are never changed', async () => {
    const { order } = await bought(1);
    await expect(
      call('close_settlement_day($1, $2::date, $3, $4)', 'freedompay', '2999-01-01', 'UTC', 'f'),
    ).rejects.toMatchObject({ code: 'day-not-over' });
    const close = () =>
      call<{ digest: string; entries: number }>(
        'to_jsonb(close_settlement_day($1, $2::date, $3, $4))',
        'freedompay',
        '2019-09-14',
        'Asia/Almaty',
        'f',
      );
    expect(await close()).toEqual(await close());
    await expect(db.database.query('UPDATE ledger_entry SET amount = 0 WHERE order_id = $1', [order])).rejects.toThrow(
      'neither changed nor deleted',
    );
    await expect(db.database.query('DELETE FROM ledger_entry WHERE order_id = $1', [order])).rejects.toThrow(
      'neither changed nor deleted',
    );
    await expect(
      call('post_ledger($1, $2, $3, $4)', order, 'correction', 'KZT', { sales: 5, fees: -4 }),
    ).rejects.toThrow('does not sum to zero');
  });
});
