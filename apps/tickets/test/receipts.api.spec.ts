import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { INVARIANTS, wholeCount } from '../src/reports/auditor/invariants.js';
import { FiscalReceipts } from '../src/sale/receipts/fiscal-receipts.store.js';
import { FiscalRegister } from '../src/sale/receipts/fiscal-register.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };

describe('receipts', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const dias = castMember('dias');
  const finance = castMember('finance', ['finance']);

  beforeAll(async () => {
    stage = await openStage({ SELLER_VAT_PERCENT: '12', FISCAL_ALARM_TRIES: '3' });
  });
  afterAll(() => stage.close());

  const press = (url: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
  const placed = async (screening: string, seats: string[], who = aigul) => {
    const held = await stage.call(who, 'POST', '/holds', { screeningId: screening, seats }, randomUUID());
    const body = { holds: [held.body.token], language: 'ru', consent: CONSENT };
    return (await stage.call(who, 'POST', '/orders', body, randomUUID())).body;
  };
  const open = async (order: { id: string }, provider: string, who = aigul) =>
    (await stage.call(who, 'POST', `/orders/${order.id}/payments`, { provider })).body.redirectUrl as string;
  const bought = async (screening: string, seats: string[], who = aigul) => {
    const order = await placed(screening, seats, who);
    await press(await open(order, 'freedompay', who));
    await eventually(async () => expect((await stage.call(who, 'GET', `/orders/${order.id}`)).body.state).toBe('paid'));
    return order;
  };
  const receipts = (order: { id: string }, who = aigul) => stage.call(who, 'GET', `/orders/${order.id}/receipts`);
  const violations = async (part: string) => {
    const sql = wholeCount(INVARIANTS.find(({ says }) => says.includes(part))!);
    return Number(Object.values((await stage.db.database.query<Record<string, string>>(sql))[0]!)[0]);
  };
  /** A sale at the counter as the queue sees it; the counter itself sells in another feature. */
  const counterReceipt = async (order: { id: string }, amount: number) => {
    const [row] = await stage.db.database.query<{ id: string }>(
      `INSERT INTO fiscal_receipt (source, kind, channel, provider, order_id, amount, currency)
       VALUES ($1, 'sale', 'counter', 'cash', $2, $3, 'KZT') RETURNING id`,
      [randomUUID(), order.id, amount],
    );
    return row!.id;
  };
  const fiscal = async (id: string) =>
    (
      await stage.db.database.query<Record<string, string | number | null>>(
        `SELECT * FROM fiscal_receipt WHERE id = $1`,
        [id],
      )
    )[0]!;
  const hurry = (id: string) =>
    stage.db.database.query(`UPDATE fiscal_receipt SET next_try_at = now() WHERE id = $1 AND state = 'queued'`, [id]);

  it('are there for whoever holds the order: number, VAT and the fiscal number, as PDF too', async () => {
    const screening = await stage.screening();
    const order = await bought(screening, ['A-1', 'B-1']);
    const list = await eventually(async () => {
      const { body } = await receipts(order);
      expect(body).toMatchObject([{ kind: 'receipt', amount: { amount: 350_000 }, fiscal: { state: 'registered' } }]);
      return body;
    });
    expect(list[0].vat.amount).toBe(37_500);
    expect(list[0].fiscal.number).toMatch(/^\d+$/);
    const path = `/orders/${order.id}/receipts/${list[0].id}/pdf`;
    const pdf = await fetch(`${stage.service.url}${path}?key=${order.key}`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await receipts(order, dias)).status).toBe(404);
    expect((await fetch(`${stage.service.url}${path}`)).status).toBe(404);
    const other = await bought(screening, ['A-9'], dias);
    expect(
      (await fetch(`${stage.service.url}/orders/${other.id}/receipts/${list[0].id}/pdf?key=${other.key}`)).status,
    ).toBe(404);
  });

  it('follow a refund with a credit note that names its receipt', async () => {
    const order = await placed(await stage.screening(), ['A-2']);
    const [one, two] = [await open(order, 'freedompay'), await open(order, 'stripe')];
    await press(one);
    await eventually(async () =>
      expect((await stage.call(aigul, 'GET', `/orders/${order.id}`)).body.state).toBe('paid'),
    );
    await press(two);
    await eventually(async () => {
      const kinds = (await receipts(order)).body.map((r: { kind: string; fiscal: { state: string } }) => [
        r.kind,
        r.fiscal.state,
      ]);
      expect(kinds).toEqual([
        ['receipt', 'registered'],
        ['receipt', 'registered'],
        ['credit-note', 'registered'],
      ]);
    });
    const [paper] = await stage.db.database.query<{ content: { corrects: number }; original: number }>(
      `SELECT p.content, o.number AS original FROM receipt_paper p JOIN fiscal_receipt f ON f.id = p.fiscal_id
         JOIN receipt_paper o ON o.fiscal_id = f.original_id WHERE p.order_id = $1 AND p.kind = 'credit-note'`,
      [order.id],
    );
    expect(paper!.content.corrects).toBe(paper!.original);
  });

  it('follow a return that was paid out by hand', async () => {
    const order = await bought(await stage.screening(), ['A-6']);
    await stage.db.database.query(
      `INSERT INTO refund (order_id, amount, currency, reason, upto) VALUES ($1, 50000, 'KZT', 'returned', 0)`,
      [order.id],
    );
    const [row] = await stage.db.database.query<{ id: string }>('SELECT id FROM refund WHERE order_id = $1', [
      order.id,
    ]);
    await stage.db.database.query('SELECT pay_out_refund($1, $2)', [row!.id, 'cash']);
    await eventually(async () =>
      expect((await receipts(order)).body).toMatchObject([
        { kind: 'receipt' },
        { kind: 'credit-note', amount: { amount: 50_000 }, fiscal: { state: 'registered' } },
      ]),
    );
  });

  it('are complete and numbered without gaps, also when many are asked for at once', async () => {
    const screening = await stage.screening();
    const orders = await Promise.all(
      Array.from({ length: 8 }, (_, i) => bought(screening, [`B-${i + 1}`], castMember(`reader-${i}`))),
    );
    await Promise.all(
      orders.flatMap((order) =>
        [1, 2, 3].map(() => fetch(`${stage.service.url}/orders/${order.id}/receipts?key=${order.key}`)),
      ),
    );
    const [row] = await stage.db.database.query<{ n: number; most: number }>(
      `SELECT count(*)::int AS n, max(number) AS most FROM receipt_paper WHERE kind = 'receipt'`,
    );
    expect(row!.n).toBe(row!.most);
    expect([await violations('fiscal receipt'), await violations('without gaps')]).toEqual([0, 0]);
  });

  it("get the register's own number while the operator is away, and are registered once afterwards", async () => {
    const order = await bought(await stage.screening(), ['A-3']);
    Object.assign(stage.sandbox.fiscal.faults, { down: 6 });
    const id = await counterReceipt(order, 250_000);
    const offline = await eventually(async () => {
      await hurry(id);
      const row = await fiscal(id);
      expect(Number(row.offline_number)).toBeGreaterThan(0);
      return row.offline_number;
    });
    await eventually(async () => {
      await hurry(id);
      const row = await fiscal(id);
      expect([row.state, row.offline_number]).toEqual(['registered', offline]);
      expect(row.qr_link).toContain(String(row.number));
    });
    const told = stage.sandbox.fiscal.operator.tickets.filter((ticket) => ticket.id === id);
    expect(told.map((ticket) => [ticket.sum, String(ticket.offlineNumber)])).toEqual([[250_000, String(offline)]]);
  });

  it('raise the alarm when they wait too long, fail when refused, and are tried again by finance', async () => {
    const order = await bought(await stage.screening(), ['A-4']);
    Object.assign(stage.sandbox.fiscal.faults, { down: 50 });
    const id = await counterReceipt(order, 250_000);
    await eventually(async () => {
      await hurry(id);
      const { body } = await stage.call(finance, 'GET', '/finance/fiscal-receipts?state=queued');
      expect(body.find((r: { id: string }) => r.id === id)).toMatchObject({ alarmed: true, lastError: 'AWAY' });
    });
    Object.assign(stage.sandbox.fiscal.faults, { down: 0 });
    await stage.db.database.query(`UPDATE fiscal_receipt SET state = 'failed' WHERE id = $1`, [id]);
    expect((await stage.call(aigul, 'POST', `/finance/fiscal-receipts/${id}/retry`, {})).status).toBe(403);
    expect((await stage.call(finance, 'POST', `/finance/fiscal-receipts/${id}/retry`, {})).status).toBe(204);
    await eventually(async () => expect((await fiscal(id)).state).toBe('registered'));
    expect((await stage.call(finance, 'POST', `/finance/fiscal-receipts/${id}/retry`, {})).body.code).toBe(
      'receipt-settled',
    );
    const pdf = await fetch(`${stage.service.url}/finance/receipts/${id}/pdf`);
    expect(pdf.status).toBe(401);
  });

  it('are taken by one worker each, however many look at once', async () => {
    const order = await bought(await stage.screening(), ['A-7']);
    const store = stage.service.app.get(FiscalReceipts);
    const ids = await Promise.all(Array.from({ length: 30 }, () => counterReceipt(order, 250_000)));
    const taken = (await Promise.all([1, 2, 3, 4].map(() => store.takeDue(10)))).flat().map((row) => row.id);
    expect(new Set(taken).size).toBe(taken.length);
    // What a worker took and lost comes again by itself, and is registered once.
    await eventually(async () => {
      for (const id of ids) await hurry(id);
      const states = await Promise.all(ids.map(fiscal));
      expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['registered']));
    });
    const known = stage.sandbox.fiscal.operator.tickets.map((ticket) => ticket.id).filter((id) => ids.includes(id));
    expect(known.sort()).toEqual([...ids].sort());
  });

  it('end a shift with its Z report, once for one key, and begin the next by themselves', async () => {
    const order = await bought(await stage.screening(), ['A-5']);
    const id = await counterReceipt(order, 250_000);
    await eventually(async () => expect((await fiscal(id)).state).toBe('registered'));
    const key = randomUUID();
    const [one, two] = [
      await stage.call(finance, 'POST', '/finance/fiscal-shifts', {}, key),
      await stage.call(finance, 'POST', '/finance/fiscal-shifts', {}, key),
    ];
    expect([one.status, one.body.returns, two.body]).toEqual([201, { count: 0, amount: 0 }, one.body]);
    expect(one.body.sales.count).toBeGreaterThanOrEqual(1);
    const next = await counterReceipt(order, 250_000);
    await eventually(async () => expect((await fiscal(next)).shift_no).toBe(one.body.shift + 1));
    stage.sandbox.fiscal.operator.ageShift('K00001', 25);
    const late = await counterReceipt(order, 250_000);
    await eventually(async () => {
      await hurry(late);
      expect((await fiscal(late)).shift_no).toBe(one.body.shift + 2);
    });
  });

  it('keep the register in order: the operator is asked about it, and a shift of 23 hours is ended', async () => {
    const order = await bought(await stage.screening(), ['A-8']);
    const id = await counterReceipt(order, 250_000);
    const shift = await eventually(async () => {
      const row = await fiscal(id);
      expect(row.state).toBe('registered');
      return row.shift_no;
    });
    stage.sandbox.fiscal.operator.ageShift('K00001', 23.5);
    const closed = () =>
      stage.db.database.query<{ by: string; report: { shift: number } }>(
        'SELECT closed_by AS by, report FROM fiscal_shift WHERE shift_no = $1',
        [shift],
      );
    await eventually(async () => {
      await stage.db.database.query('UPDATE fiscal_register SET info_at = NULL');
      await stage.service.app.get(FiscalRegister).lookAfter();
      expect(await closed()).toMatchObject([{ by: 'job', report: { shift } }]);
    });
  });
});
