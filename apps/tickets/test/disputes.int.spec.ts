import type { Refusal } from '#libs/kernel';
import { attemptOf, NO_VIOLATIONS, orderOf, violations } from './inventory-cast.js';
import { openReturns, type ReturnsStage } from './returns-stage.js';

const CODE = (error: Refusal) => error.code;

describe('money that is disputed, seats that are passed on, books that are closed', () => {
  let stage: ReturnsStage;

  beforeAll(async () => {
    stage = await openReturns('disputes');
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  describe('a chargeback', () => {
    it('suspends the tickets, once per reference, and gives them back when it is won', async () => {
      const { order, attempt } = await stage.bought(2);
      const first = await stage.call<{ id: string; repeated: boolean }>(
        'charge_back($1, $2, $3)',
        attempt,
        200_000,
        'dp_1',
      );
      const second = await stage.call<{ id: string; repeated: boolean }>(
        'charge_back($1, $2, $3)',
        attempt,
        200_000,
        'dp_1',
      );
      expect([second.id, first.repeated, second.repeated]).toEqual([first.id, false, true]);
      expect(
        await stage.one(`SELECT count(*)::int FROM ticket WHERE order_id = $1 AND state = 'suspended'`, order),
      ).toBe(2);
      expect((await stage.returned(order, [1])).refund).toBe(0);
      await stage.call('close_chargeback($1, $2)', first.id, 'won');
      await stage.call('close_chargeback($1, $2)', first.id, 'won');
      expect(await stage.one(`SELECT count(*)::int FROM ticket WHERE order_id = $1 AND state = 'live'`, order)).toBe(2);
      expect(await stage.balance(order)).toEqual({ 'provider:freedompay': 200_000, sales: -200_000 });
      await expect(stage.call('close_chargeback($1, $2)', first.id, 'lost')).rejects.toMatchObject({
        code: 'chargeback-closed',
      });
    });

    it('that is lost ends them and frees their seats', async () => {
      const { order, attempt, screening } = await stage.bought(2);
      const { id } = await stage.call<{ id: string }>('charge_back($1, $2, $3)', attempt, 200_000, 'dp_2');
      const { freed } = await stage.call<{ freed: unknown[] }>('close_chargeback($1, $2)', id, 'lost');
      expect([freed.length, await stage.stateOf(order)]).toEqual([2, 'charged-back']);
      await stage.inventory.placeOrder(orderOf([[screening, 'A1']]));
    });

    it('can take no more than the payment still holds', async () => {
      const { order, attempt } = await stage.bought(2);
      await stage.returned(order, [1]);
      const refused = await stage.call('charge_back($1, $2, $3)', attempt, 150_000, 'dp_3').catch(CODE);
      expect(refused).toBe('chargeback-too-large');
    });
  });

  it('passes a ticket on: the old code is dead, the line stays, one of two who try at once has it', async () => {
    const { order } = await stage.bought(1);
    const ticket = await stage.ticketOf(order, 1);
    const tries = await Promise.allSettled(
      ['dana', 'aru'].map((holder) =>
        stage.call<string>('replace_ticket($1, $2, $3, $4)', ticket, holder, 'transferred', {}),
      ),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await stage.one('SELECT ended_as FROM ticket WHERE id = $1', ticket)).toBe('transferred');
    expect(
      await stage.one(
        `SELECT count(*)::int FROM ticket WHERE order_id = $1 AND state = 'live' AND holder_id IS NOT NULL`,
        order,
      ),
    ).toBe(1);
  });

  it('puts a payment of a wrong amount back when finance says so, once', async () => {
    const screening = await stage.fresh();
    const document = orderOf([[screening, 'A1']]);
    await stage.inventory.placeOrder(document);
    const attempt = await attemptOf(stage.db.database, document.order.id);
    await stage.inventory.confirmPayment(attempt, 90_000, 'KZT', {});
    await Promise.all([1, 2].map(() => stage.call('refund_review($1)', attempt)));
    await stage.call('record_refund($1, $2)', attempt, 90_000);
    expect([await stage.stateOf(document.order.id), await stage.balance(document.order.id)]).toEqual(['refunded', {}]);
  });

  it('closes a day that is over and no other; the books are never changed', async () => {
    const { order } = await stage.bought(1);
    await expect(
      stage.call('close_settlement_day($1, $2::date, $3, $4)', 'freedompay', '2999-01-01', 'UTC', 'f'),
    ).rejects.toMatchObject({ code: 'day-not-over' });
    const close = () =>
      stage.call<{ digest: string; entries: number }>(
        'to_jsonb(close_settlement_day($1, $2::date, $3, $4))',
        'freedompay',
        '2019-09-14',
        'Asia/Almaty',
        'f',
      );
    expect(await close()).toEqual(await close());
    await expect(
      stage.db.database.query('UPDATE ledger_entry SET amount = 0 WHERE order_id = $1', [order]),
    ).rejects.toThrow('neither changed nor deleted');
    await expect(stage.db.database.query('DELETE FROM ledger_entry WHERE order_id = $1', [order])).rejects.toThrow(
      'neither changed nor deleted',
    );
    await expect(
      stage.call('post_ledger($1, $2, $3, $4)', order, 'correction', 'KZT', { sales: 5, fees: -4 }),
    ).rejects.toThrow('does not sum to zero');
  });
});
