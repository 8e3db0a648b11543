import { attemptOf, NO_VIOLATIONS, orderOf, violations } from './inventory-cast.js';
import { openReturns, type ReturnsStage } from './returns-stage.js';

describe('money and seats on their way back', () => {
  let stage: ReturnsStage;

  beforeAll(async () => {
    stage = await openReturns('returns');
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  it('gives one line back: its seat is free, its money is owed less the fee, the rest stays', async () => {
    const { order, attempt, screening } = await stage.bought(3);
    const answer = await stage.returned(order, [2], 10_000);
    expect([answer.lines, answer.refund, answer.freed.map((seat) => seat.seat)]).toEqual([[2], 90_000, ['A2']]);
    expect(await stage.stateOf(order)).toBe('paid');
    expect(await stage.balance(order)).toEqual({
      fees: -10_000,
      'owed-to-buyer': -90_000,
      'provider:freedompay': 300_000,
      sales: -200_000,
    });
    await stage.inventory.placeOrder(orderOf([[screening, 'A2']]));
    await stage.call('record_refund($1, $2)', attempt, 90_000);
    expect(await stage.balance(order)).toEqual({ fees: -10_000, 'provider:freedompay': 210_000, sales: -200_000 });
    expect(await stage.told(order)).toEqual(['order.placed', 'order.paid', 'order.lines-returned', 'order.refunded']);
  });

  it('gives back nothing the second time, and once when 20 ask at once', async () => {
    const { order } = await stage.bought(2);
    const answers = await Promise.all(Array.from({ length: 20 }, () => stage.returned(order, [1, 2])));
    expect(answers.map((answer) => answer.refund).sort((a, b) => b - a)).toEqual([200_000, ...Array(19).fill(0)]);
    expect([await stage.stateOf(order), (await stage.returned(order, [1])).refund]).toEqual(['refund-due', 0]);
  });

  it('returns in parts, each once, in whatever steps the provider tells of them', async () => {
    const { order, attempt } = await stage.bought(3);
    await stage.returned(order, [1]);
    await stage.returned(order, [2, 3]);
    expect(await stage.call('record_refund($1, $2)', attempt, 100_000)).toBe('refund-due');
    expect(await stage.stateOf(order)).toBe('refund-due');
    await stage.call('record_refund($1, $2)', attempt, 100_000);
    expect(await stage.call('record_refund($1, $2)', attempt, 300_000)).toBe('refunded');
    expect(await stage.stateOf(order)).toBe('refunded');
    expect((await stage.told(order)).filter((type) => type === 'order.refunded')).toHaveLength(2);
    expect(await stage.balance(order)).toEqual({});
  });

  it('gives service fees back when the festival is the reason, and keeps them when the buyer is', async () => {
    const name = { kk: '', ru: '', en: '' };
    const items = [1, 2].map((no) => ({ no, kind: 'fee' as const, line: no, subject: 'service', name, amount: 5_000 }));
    const mine = await stage.bought(2, { document: { items }, order: { total: 210_000 } });
    expect((await stage.returned(mine.order, [1])).refund).toBe(100_000);
    const theirs = await stage.bought(2, { document: { items }, order: { total: 210_000 } });
    expect((await stage.returned(theirs.order, [1], 0, 'screening-cancelled')).refund).toBe(105_000);
    expect((await stage.returned(theirs.order, [2], 0, 'screening-cancelled')).refund).toBe(105_000);
    expect(await stage.balance(mine.order)).toMatchObject({ fees: -10_000 });
  });

  it('ends a free order without any money', async () => {
    const { order } = await stage.bought(2, { amount: 0 });
    await stage.returned(order, [1, 2]);
    expect([await stage.stateOf(order), await stage.balance(order)]).toEqual(['cancelled', {}]);
  });

  it('gives a limit back with the line that used it', async () => {
    await stage.db.database.query(
      `INSERT INTO usage_limit (id, capacity) VALUES ('promo:x', 3), ('promo-budget:x', 90000)`,
    );
    const { order } = await stage.bought(3, {
      document: {
        limits: [
          { candidates: ['promo:x'], lines: [1, 2, 3] },
          ...[1, 2, 3].map((line) => ({ candidates: ['promo-budget:x'], lines: [line], n: 30_000 })),
        ],
      },
    });
    await stage.returned(order, [1, 3]);
    expect(
      await stage.db.database.query('SELECT id, used FROM usage_limit WHERE id LIKE $1 ORDER BY id', ['promo%']),
    ).toEqual([
      { id: 'promo-budget:x', used: 30_000 },
      { id: 'promo:x', used: 1 },
    ]);
  });

  it('sells a promo code as often as it may be used, when 200 ask at once', async () => {
    const screening = await stage.fresh();
    await stage.db.database.query(
      `INSERT INTO usage_limit (id, capacity) VALUES ('promo:y', 40), ('promo-budget:y', 175000)`,
    );
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) => {
        const limits = [
          { candidates: ['promo:y'], lines: [1] },
          { candidates: ['promo-budget:y'], lines: [1], n: 5_000 },
        ];
        return stage.inventory.placeOrder(orderOf([[screening, `S${i}`]], { limits }));
      }),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(35);
    expect(
      await stage.db.database.query('SELECT id, used FROM usage_limit WHERE id LIKE $1 ORDER BY id', ['promo%:y']),
    ).toEqual([
      { id: 'promo-budget:y', used: 175_000 },
      { id: 'promo:y', used: 35 },
    ]);
  });

  describe('an exchange', () => {
    /** An order for one seat that replaces a ticket. */
    const exchange = async (old: { order: string; ticket: string; value: number }, amount: number) => {
      const screening = await stage.fresh();
      const document = orderOf([[screening, 'B1']], { amount });
      const used = Math.min(old.value, amount);
      document.lines[0]!.replaces = old.ticket;
      document.order.exchangeOf = old.order;
      document.order.total = amount - used;
      document.items = [
        { no: 1, kind: 'exchange-credit', subject: 'tickets', name: { kk: '', ru: '', en: '' }, amount: -used },
      ];
      const placed = await stage.inventory.placeOrder(document);
      return { order: document.order.id, due: document.order.total, placed, screening };
    };
    const pay = async (order: string, amount: number) =>
      stage.inventory.confirmPayment(await attemptOf(stage.db.database, order), amount, 'KZT', {});

    it('to a dearer seat is paid by the difference; the old code dies and its seat is free', async () => {
      const old = await stage.bought(2);
      const ticket = await stage.ticketOf(old.order, 1);
      const next = await exchange({ order: old.order, ticket, value: 100_000 }, 150_000);
      expect(next.due).toBe(50_000);
      const paid = await pay(next.order, 50_000);
      expect([paid.outcome, paid.freed?.map((seat) => seat.seat)]).toEqual(['paid', ['A1']]);
      expect(await stage.one('SELECT ended_as FROM ticket WHERE id = $1', ticket)).toBe('exchanged');
      expect(await stage.balance(old.order)).toEqual({
        exchange: -100_000,
        'provider:freedompay': 200_000,
        sales: -100_000,
      });
      expect(await stage.balance(next.order)).toEqual({
        exchange: 100_000,
        'provider:freedompay': 50_000,
        sales: -150_000,
      });
    });

    it('to a cheaper seat is done at once and owes the difference', async () => {
      const old = await stage.bought(1);
      const next = await exchange(
        { order: old.order, ticket: await stage.ticketOf(old.order, 1), value: 100_000 },
        60_000,
      );
      expect([next.due, await stage.stateOf(next.order), next.placed.freed.length]).toEqual([0, 'paid', 1]);
      expect(await stage.balance(old.order)).toMatchObject({ 'owed-to-buyer': -40_000 });
      await stage.call('record_refund($1, $2)', old.attempt, 40_000);
      expect(await stage.balance(old.order)).toEqual({ exchange: -60_000, 'provider:freedompay': 60_000 });
    });

    it('given back later, returns the money through the payments that it came by', async () => {
      const old = await stage.bought(1);
      const next = await exchange(
        { order: old.order, ticket: await stage.ticketOf(old.order, 1), value: 100_000 },
        150_000,
      );
      await pay(next.order, 50_000);
      expect((await stage.returned(next.order, [1])).refund).toBe(150_000);
      const owed = await stage.db.database.query(
        'SELECT order_id, refund_target::int AS t FROM payment_attempt WHERE refund_target > 0 AND order_id = ANY ($1) ORDER BY refund_target',
        [[old.order, next.order]],
      );
      expect(owed).toEqual([
        { order_id: next.order, t: 50_000 },
        { order_id: old.order, t: 100_000 },
      ]);
      for (const { order_id: order, t } of owed as { order_id: string; t: number }[])
        await stage.call(
          'record_refund($1, $2)',
          await stage.one('SELECT id FROM payment_attempt WHERE order_id = $1 AND captured > 0', order),
          t,
        );
      expect([
        await stage.stateOf(next.order),
        await stage.balance(next.order),
        await stage.balance(old.order),
      ]).toEqual(['refunded', {}, {}]);
    });

    it('is refused for a ticket that was used, that ended or that another exchange has', async () => {
      const old = await stage.bought(2);
      const [first, second] = [await stage.ticketOf(old.order, 1), await stage.ticketOf(old.order, 2)];
      await stage.enter(first);
      await expect(exchange({ order: old.order, ticket: first, value: 100_000 }, 150_000)).rejects.toMatchObject({
        code: 'ticket-used-or-ended',
      });
      await exchange({ order: old.order, ticket: second, value: 100_000 }, 150_000);
      await expect(exchange({ order: old.order, ticket: second, value: 100_000 }, 150_000)).rejects.toMatchObject({
        code: 'ticket-used-or-ended',
      });
    });

    it('is void once somebody enters with the old ticket: the difference goes back, the old seat stays', async () => {
      const old = await stage.bought(1);
      const ticket = await stage.ticketOf(old.order, 1);
      const next = await exchange({ order: old.order, ticket, value: 100_000 }, 150_000);
      await stage.enter(ticket);
      const paid = await pay(next.order, 50_000);
      expect([paid.outcome, paid.reason, await stage.stateOf(next.order)]).toEqual([
        'refund-due',
        'exchange-void',
        'refund-due',
      ]);
      expect(await stage.one('SELECT state FROM ticket WHERE id = $1', ticket)).toBe('live');
      expect(await stage.one('SELECT count(*)::int FROM seat_claim WHERE owner_id = $1', next.order)).toBe(0);
    });

    it('happens once when 10 exchanges of one ticket are tried at once', async () => {
      const old = await stage.bought(1);
      const ticket = await stage.ticketOf(old.order, 1);
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, () => exchange({ order: old.order, ticket, value: 100_000 }, 100_000)),
      );
      expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    });

    it('and a return of the same ticket race: the ticket ends once and its value is owed or credited once', async () => {
      for (let round = 0; round < 8; round++) {
        const old = await stage.bought(1);
        const ticket = await stage.ticketOf(old.order, 1);
        const [swap, back] = await Promise.allSettled([
          exchange({ order: old.order, ticket, value: 100_000 }, 100_000),
          stage.returned(old.order, [1]),
        ]);
        const refund = back.status === 'fulfilled' ? back.value.refund : -1;
        expect([swap.status, refund]).toEqual(swap.status === 'fulfilled' ? ['fulfilled', 0] : ['rejected', 100_000]);
      }
    });
  });

  it('cancels an order that is not paid; a payment that comes all the same is owed back', async () => {
    const screening = await stage.fresh();
    const document = orderOf([[screening, 'A1']]);
    await stage.inventory.placeOrder(document);
    const attempt = await attemptOf(stage.db.database, document.order.id);
    const first = await stage.inventory.cancelOrder(document.order.id, 'buyer', {});
    expect([first.state, first.freed.length]).toEqual(['cancelled', 1]);
    expect((await stage.inventory.cancelOrder(document.order.id, 'buyer', {})).freed).toEqual([]);
    await stage.inventory.placeOrder(orderOf([[screening, 'A1']]));
    const late = await stage.inventory.confirmPayment(attempt, 100_000, 'KZT', {});
    expect([late.outcome, late.reason]).toEqual(['refund-due', 'order-ended']);
    expect(await stage.told(document.order.id)).toEqual(['order.placed', 'order.cancelled', 'order.refund-due']);
  });

  it('cancelling and paying race: paid with its seat, or owed back and free; never both', async () => {
    for (let round = 0; round < 10; round++) {
      const screening = await stage.fresh();
      const document = orderOf([[screening, 'A1']]);
      await stage.inventory.placeOrder(document);
      const attempt = await attemptOf(stage.db.database, document.order.id);
      const [cancelled, paid] = await Promise.all([
        stage.inventory.cancelOrder(document.order.id, 'buyer', {}),
        stage.inventory.confirmPayment(attempt, 100_000, 'KZT', {}),
      ]);
      expect([cancelled.state, paid.outcome]).toEqual(
        paid.outcome === 'paid' ? ['paid', 'paid'] : ['cancelled', 'refund-due'],
      );
    }
  });
});
