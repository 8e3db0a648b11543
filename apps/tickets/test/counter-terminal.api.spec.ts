import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { ConfirmPayment } from '../src/sale/payments/confirm-payment.js';
import { atTheCounter, type CounterStage, claimsOf, drawerOf } from './counter-stage.js';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

describe('a card at the counter', () => {
  let stage: TicketsStage;
  let till: CounterStage;
  let screening: string;
  const clerk = castMember('clerk', ['box-office']);

  beforeAll(async () => {
    stage = await openStage();
    till = await atTheCounter(stage, clerk, '1');
  });
  beforeEach(async () => {
    screening = await stage.screening();
    stage.sandbox.terminal.faults = {};
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  const claims = () => claimsOf(stage, screening);
  const drawer = () => drawerOf(stage, till.shift);
  const cash = { by: 'cash', tendered: 1_000_000 };
  const card = { by: 'terminal' };

  it('is done when the terminal approves', async () => {
    const sold = await till.sell([await till.hold(screening, ['A-1'])], card);
    expect([sold.body.state, sold.body.by, sold.body.change]).toEqual(['done', 'terminal', null]);
    expect([...stage.sandbox.terminal.payments.values()].at(-1)).toMatchObject({ till: '1', amount: 250_000 });
  });

  it('that is declined takes nothing: pay again, in cash if need be', async () => {
    stage.sandbox.terminal.faults = { decline: 1 };
    const sold = await till.sell([await till.hold(screening, ['A-1'])], card);
    expect([sold.body.state, sold.body.seats.length]).toEqual(['declined', 1]);
    const paid = await till.post(`/sales/${sold.body.id}/payments`, { payment: cash });
    expect(paid.body).toMatchObject({ state: 'done', by: 'cash', change: { amount: 750_000 } });
  });

  it('that is declined is not asked for again by the same key, and is by another', async () => {
    stage.sandbox.terminal.faults = { decline: 1 };
    const [key, token] = [randomUUID(), await till.hold(screening, ['A-1'])];
    const asked = stage.sandbox.terminal.payments.size;
    for (const _ of [1, 2]) expect((await till.sell([token], card, key)).body.state).toBe('declined');
    expect(stage.sandbox.terminal.payments.size).toBe(asked + 1);
    const [sale] = (await till.get(`/sales?shiftId=${till.shift}`)).body.sales.filter(
      ({ state }: { state: string }) => state === 'declined',
    );
    const again = randomUUID();
    stage.sandbox.terminal.faults = { decline: 1 };
    const path = `/sales/${sale.id}/payments`;
    for (const _ of [1, 2]) expect((await till.post(path, { payment: card }, again)).body.state).toBe('declined');
    expect((await till.post(path, { payment: card })).body.state).toBe('done');
    expect(stage.sandbox.terminal.payments.size).toBe(asked + 3);
  });

  it('gives way to cash while its holder still thinks, and to nothing once it took the money', async () => {
    stage.sandbox.terminal.faults = { late: 1 };
    const waiting = await till.sell([await till.hold(screening, ['A-1'])], card);
    const paid = await till.post(`/sales/${waiting.body.id}/payments`, { payment: cash });
    expect(paid.body).toMatchObject({ state: 'done', by: 'cash' });
    stage.sandbox.terminal.faults = { late: 1 };
    const other = await till.sell([await till.hold(screening, ['A-2'])], card);
    stage.sandbox.terminal.settle([...stage.sandbox.terminal.payments.keys()].at(-1)!, 'approved');
    const before = await drawer();
    const both = await till.post(`/sales/${other.body.id}/payments`, { payment: cash });
    expect(both.body).toMatchObject({ state: 'done', by: 'terminal', tendered: null });
    expect(await drawer()).toBe(before);
  });

  it('that times out keeps the seats and sells nothing until the terminal has said', async () => {
    stage.sandbox.terminal.faults = { away: 1_000 };
    const sold = await till.sell([await till.hold(screening, ['A-1'])], card);
    expect([sold.body.state, sold.body.orderState]).toEqual(['unknown', 'awaiting-payment']);
    const cashed = await till.post(`/sales/${sold.body.id}/payments`, { payment: cash });
    expect([cashed.status, cashed.body.code]).toEqual([409, 'payment-unresolved']);
    expect((await till.post(`/sales/${sold.body.id}/payments`, { payment: card })).body.state).toBe('unknown');
    const stuck = await till.post(`/sales/${sold.body.id}/give-up`);
    expect([stuck.status, stuck.body.code]).toEqual([409, 'payment-unresolved']);
    const closing = await till.post(`/shifts/${till.shift}/close`, { counted: 0 });
    expect(closing.body.code).toBe('sales-unresolved');
    expect(await claims()).toEqual([{ seat: 'A-1', owner: 'order' }]);
    stage.sandbox.terminal.faults = {};
    const ended = await till.post(`/sales/${sold.body.id}/give-up`);
    expect(ended.body.state).toBe('given-up');
    expect(await claims()).toEqual([]);
  });

  it('whose approval got lost on the way is sold when the terminal is asked', async () => {
    stage.sandbox.terminal.faults = { silent: 1 };
    const sold = await till.sell([await till.hold(screening, ['A-1'])], card);
    const seen = await till.get(`/sales/${sold.body.id}`);
    expect(seen.body).toMatchObject({ state: 'done', by: 'terminal' });
    const [taken] = await stage.db.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM payment_attempt WHERE order_id = $1`,
      [sold.body.id],
    );
    expect(taken!.n).toBe(1);
  });

  it('that is answered late is paid by the same deed, asked for by nobody', async () => {
    stage.sandbox.terminal.faults = { late: 1 };
    const key = randomUUID();
    const token = await till.hold(screening, ['A-1']);
    const sold = await till.sell([token], card, key);
    expect(sold.body.state).toBe('paying');
    expect((await till.sell([token], card, key)).body).toMatchObject({ id: sold.body.id, state: 'paying' });
    const before = stage.sandbox.terminal.payments.size;
    stage.sandbox.terminal.settle([...stage.sandbox.terminal.payments.keys()].at(-1)!, 'approved');
    await stage.db.database.query(
      `UPDATE payment_attempt SET next_look_at = clock_timestamp() WHERE order_id = $1 AND state = 'open'`,
      [sold.body.id],
    );
    await eventually(async () => {
      const [order] = await stage.db.database.query<{ state: string }>('SELECT state FROM orders WHERE id = $1', [
        sold.body.id,
      ]);
      expect(order!.state).toBe('paid');
    });
    expect(stage.sandbox.terminal.payments.size).toBe(before);
  });

  it('is confirmed after a crash between the terminal’s answer and our own', async () => {
    const key = randomUUID();
    const token = await till.hold(screening, ['A-1']);
    const crash = jest
      .spyOn(stage.service.app.get(ConfirmPayment, { strict: false }), 'execute')
      .mockRejectedValueOnce(new Error('crash'));
    expect((await till.sell([token], card, key)).status).toBe(500);
    crash.mockRestore();
    const again = await till.sell([token], card, key);
    expect(again.body.state).toBe('done');
  });

  it('keeps its seats past the order’s time while nobody knows, then expires', async () => {
    stage.sandbox.terminal.faults = { away: 1_000 };
    const sold = await till.sell([await till.hold(screening, ['A-1'])], card);
    const due = () =>
      stage.db.database.query(
        `UPDATE orders SET pay_until = clock_timestamp() - interval '1 second', next_look_at = clock_timestamp() WHERE id = $1`,
        [sold.body.id],
      );
    await due();
    await eventually(async () =>
      expect((await till.get(`/sales/${sold.body.id}`)).body).toMatchObject({
        state: 'unknown',
        orderState: 'expiring',
      }),
    );
    expect(await claims()).toEqual([{ seat: 'A-1', owner: 'order' }]);
    stage.sandbox.terminal.faults = {};
    await due();
    await eventually(async () => expect((await till.get(`/sales/${sold.body.id}`)).body.state).toBe('given-up'));
    expect(await claims()).toEqual([]);
  });

  it('is voided through the terminal', async () => {
    const sold = await till.sell([await till.hold(screening, ['A-1'])], card);
    const voided = await till.post(`/sales/${sold.body.id}/void`, { reason: 'Не тот сеанс' });
    expect(voided.body).toMatchObject({ state: 'voided', orderState: 'refunded' });
    expect([...stage.sandbox.terminal.payments.values()].at(-1)!.refunded).toBe(250_000);
  });
});
