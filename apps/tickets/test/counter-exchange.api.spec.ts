import { randomUUID } from 'node:crypto';
import { castMember } from '#libs/testing';
import { atTheCounter, type CounterStage, claimsOf, drawerOf } from './counter-stage.js';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

describe('a ticket at the counter', () => {
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
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  const claims = () => claimsOf(stage, screening);
  const drawer = () => drawerOf(stage, till.shift);
  const cash = { by: 'cash', tendered: 1_000_000 };
  const card = { by: 'terminal' };

  it('is exchanged for other seats: the difference is paid, or handed back in cash', async () => {
    const sold = await till.sell([await till.hold(screening, ['B-1'])], cash);
    const change = async (order: string, seat: string, key: string = randomUUID(), token?: string) => {
      const holds = [token ?? (await till.hold(screening, [seat]))];
      const body = { shiftId: till.shift, holds, lines: [1], payment: cash };
      return till.post(`/orders/${order}/exchanges`, body, key);
    };
    const dearer = await change(sold.body.id, 'A-1');
    expect(dearer.body).toMatchObject({
      sale: { state: 'done', total: { amount: 150_000 }, change: { amount: 850_000 } },
      cashBack: { amount: 0 },
    });
    expect(dearer.body.sale.tickets).toMatchObject([{ row: 'A', seat: '1', printed: false }]);
    const before = await drawer();
    const key = randomUUID();
    const token = await till.hold(screening, ['B-2']);
    for (const _ of [1, 2]) {
      const cheaper = await change(dearer.body.sale.id, 'B-2', key, token);
      expect(cheaper.body).toMatchObject({ sale: { state: 'done' }, cashBack: { amount: 150_000 } });
    }
    expect(before - (await drawer())).toBe(150_000);
    expect((await claims()).map(({ seat }) => seat)).toEqual(['B-2']);
    expect((await change(sold.body.id, 'A-3')).body.code).toBe('ticket-ended');
  });

  it('costs in an exchange what was told before, and a card’s money goes back to the card', async () => {
    const sold = await till.sell([await till.hold(screening, ['A-1', 'A-2'])], card);
    const told = async (seats: string[], lines: number[]) => {
      const token = await till.hold(screening, seats);
      const exchange = { orderId: sold.body.id, lines };
      return { token, ...(await till.post('/price', { shiftId: till.shift, holds: [token], exchange })) };
    };
    expect((await told(['B-1'], [1, 2])).body.code).toBe('exchange-uneven');
    const { token, body: quote } = await told(['B-1'], [1]);
    expect(quote).toMatchObject({
      total: { amount: 0 },
      cash: { total: { amount: 0 } },
      back: { cash: { amount: 0 }, otherwise: { amount: 150_000 } },
    });
    expect(quote.lines).toHaveLength(1);
    const before = await drawer();
    const body = { shiftId: till.shift, holds: [token], lines: [1], payment: { by: 'cash', tendered: 0 } };
    const done = await till.post(`/orders/${sold.body.id}/exchanges`, { ...body, expectedTotal: 0 });
    expect(done.body).toMatchObject({
      sale: { state: 'done' },
      cashBack: { amount: 0 },
      otherwise: { amount: 150_000 },
    });
    expect(await drawer()).toBe(before);
    const papers = (await till.get(`/orders/${sold.body.id}`)).body.tickets;
    expect(papers.map(({ seat }: { seat: string }) => seat)).toEqual(['2']);
  });

  it('is exchanged and handed its cash in one deed: a shift that closes, or a drawer that fails, leaves nothing half done', async () => {
    const hurried = castMember('hasty', ['box-office']);
    const hasty = await atTheCounter(stage, hurried, '3');
    const sold = await hasty.sell([await hasty.hold(screening, ['A-1', 'A-2'])], cash);
    const exchange = async (seat: string, line: number) => {
      const body = {
        shiftId: hasty.shift,
        holds: [await hasty.hold(screening, [seat])],
        lines: [line],
        payment: { by: 'cash', tendered: 0 },
      };
      return (key: string) => hasty.post(`/orders/${sold.body.id}/exchanges`, body, key);
    };
    const live = async () =>
      (await hasty.get(`/orders/${sold.body.id}`)).body.tickets
        .filter(({ state }: { state: string }) => state === 'live')
        .map(({ seat }: { seat: string }) => seat);
    const refunds = () =>
      stage.db.database.query('SELECT amount::float8 FROM refund WHERE order_id = $1', [sold.body.id]);

    const first = await exchange('B-1', 1);
    const key = randomUUID();
    await stage.db.database.query(
      `ALTER TABLE drawer_movement ADD CONSTRAINT jammed CHECK (kind <> 'refund') NOT VALID`,
    );
    expect((await first(key)).status).toBe(500);
    await stage.db.database.query('ALTER TABLE drawer_movement DROP CONSTRAINT jammed');
    expect([await live(), await refunds()]).toEqual([['1', '2'], []]);
    const before = await drawerOf(stage, hasty.shift);
    expect((await first(key)).body).toMatchObject({ sale: { state: 'done' }, cashBack: { amount: 150_000 } });
    expect(before - (await drawerOf(stage, hasty.shift))).toBe(150_000);

    const second = await exchange('B-2', 2);
    const closed = await hasty.post(`/shifts/${hasty.shift}/close`, { counted: 1_350_000 });
    expect(closed.body.difference).toMatchObject({ amount: 0 });
    expect((await second(randomUUID())).body.code).toBe('shift-closed');
    expect([await live(), await refunds()]).toEqual([['2'], [{ amount: 150_000 }]]);
    expect((await first(key)).body).toMatchObject({ sale: { state: 'done' }, cashBack: { amount: 150_000 } });
  });
});
