import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { freedomPaySignature } from '../src/sale/payments/freedom-pay.signature.js';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };

/** The provider as it really behaves: late, twice, forged, in another order, with a wrong amount, or not at all. */
describe('a payment that goes wrong', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const admin = castMember('admin', ['admin']);
  const finance = castMember('finance', ['finance']);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  const post = (path: string, body: object) =>
    fetch(`${stage.sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const next = (faults: object) => post('/control', { next: faults });
  const placed = async (seat = 'A-1') => {
    const screening = await stage.screening();
    const held = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats: [seat] }, randomUUID());
    const body = { holds: [held.body.token], language: 'ru', consent: CONSENT };
    const order = await stage.call(aigul, 'POST', '/orders', body, randomUUID());
    expect(order.status).toBe(201);
    return { screening, id: order.body.id as string };
  };
  const open = async (id: string) =>
    (await stage.call(aigul, 'POST', `/orders/${id}/payments`, {})).body as { attemptId: string; redirectUrl: string };
  const press = (url: string, action = 'pay') =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' });
  const back = (id: string) => stage.call(aigul, 'POST', `/orders/${id}/payments/returned`);
  const seen = async (id: string) => (await stage.call(aigul, 'GET', `/orders/${id}`)).body;
  const becomes = (id: string, state: string) =>
    eventually(async () => {
      expect((await seen(id)).state).toBe(state);
    }, 20_000);
  const charge = async (url: string) =>
    (await (await fetch(`${stage.sandbox.url}/control/payments/${url.split('/').at(-1)}`)).json()) as {
      captured: number;
      refunded: number;
      callbacks: { answer: string; forged: boolean }[];
    };
  const returned = (url: string) =>
    eventually(async () => {
      const now = await charge(url);
      expect([now.refunded, now.captured > 0]).toEqual([now.captured, true]);
    }, 20_000);
  /** A callback of our own making, signed as the provider signs, or not. */
  const callback = (fields: Record<string, string>, secret = 'sandbox-secret') => {
    const body = { pg_merchant_id: '500001', pg_salt: 'salt', ...fields };
    return fetch(`${stage.service.url}/payments/freedompay/result`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...body, pg_sig: freedomPaySignature('result', body, secret) }),
    });
  };

  it.each([
    ['told three times more', { duplicateCallbacks: 3 }],
    ['told by a forger first', { forgeSignature: true }],
    ['told late', { delayMs: 300 }],
    ['never told, only found by asking', { dropCallback: true }],
  ])('is booked once when it is %s', async (_, faults) => {
    const { id } = await placed();
    await next(faults);
    const page = await open(id);
    await press(page.redirectUrl);
    await eventually(async () => {
      await back(id);
      expect(await seen(id)).toMatchObject({ state: 'paid', writeTo: 'box-office@example.kz' });
    }, 20_000);
    const now = await charge(page.redirectUrl);
    expect([now.captured, now.refunded, (await seen(id)).tickets.length]).toEqual([250_000, 0, 1]);
  });

  it('is booked for each of two orders whose callbacks come in the other order', async () => {
    const [one, two] = [await placed(), await placed()];
    await next({ reorder: true });
    const first = await open(one.id);
    const second = await open(two.id);
    await press(first.redirectUrl);
    await press(second.redirectUrl);
    await Promise.all([becomes(one.id, 'paid'), becomes(two.id, 'paid')]);
  });

  it('opens one page for two tabs, and is charged once', async () => {
    const { id } = await placed();
    const [one, two] = await Promise.all([open(id), open(id)]);
    const pages = new Set([one.redirectUrl, two.redirectUrl]);
    for (const url of pages) await press(url);
    await becomes(id, 'paid');
    // Where two pages were opened in the same instant, what the second took goes back.
    const charges = await Promise.all([...pages].map(charge));
    await eventually(async () => {
      const held = (await Promise.all([...pages].map(charge))).reduce(
        (sum, one) => sum + one.captured - one.refunded,
        0,
      );
      expect(held).toBe(250_000);
    }, 20_000);
    expect(charges.length).toBeGreaterThan(0);
  });

  it('of two pages is kept once, and the other is returned', async () => {
    const { id } = await placed();
    const first = await open(id);
    await stage.db.database.query(`UPDATE payment_attempt SET lives_until = now() WHERE id = $1`, [first.attemptId]);
    const second = await open(id);
    expect(second.redirectUrl).not.toBe(first.redirectUrl);
    await post('/control', { paymentId: second.redirectUrl.split('/').at(-1), checkUrlSkip: true });
    await press(first.redirectUrl);
    await becomes(id, 'paid');
    await press(second.redirectUrl);
    await returned(second.redirectUrl);
    expect((await seen(id)).state).toBe('paid');
  });

  it('that failed once may succeed on the same page', async () => {
    const { id } = await placed();
    await next({ declineFirst: 1 });
    const page = await open(id);
    expect((await press(page.redirectUrl)).headers.get('location')).toContain('payment=failed');
    expect((await seen(id)).state).toBe('awaiting-payment');
    await press(page.redirectUrl);
    await becomes(id, 'paid');
  });

  it('whose page was never answered is unknown, and is found again', async () => {
    const { id } = await placed();
    await next({ timeoutInit: 9_000 });
    const refused = await stage.call(aigul, 'POST', `/orders/${id}/payments`, {});
    expect([refused.status, refused.body.code]).toEqual([503, 'part-unavailable']);
    const page = await open(id);
    await press(page.redirectUrl);
    await becomes(id, 'paid');
  }, 40_000);

  it.each([
    ['amount', { wrongAmount: 1_000 }],
    ['currency', { wrongCurrency: true }],
  ])('of a wrong %s issues nothing and waits for finance, who returns it', async (_, faults) => {
    const { id, screening } = await placed();
    await next({ ...faults });
    const page = await open(id);
    await press(page.redirectUrl);
    await becomes(id, 'review');
    expect((await seen(id)).tickets).toEqual([]);
    const refund = await stage.call(finance, 'POST', `/payments/${page.attemptId}/review/refund`);
    expect([refund.status, refund.body.state]).toEqual([200, 'refund-due']);
    await returned(page.redirectUrl);
    await becomes(id, 'refunded');
    const other = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats: ['A-1'] }, randomUUID());
    expect(other.status).toBe(201);
  });

  it('for a cancelled order is rejected by the fence; past the fence it goes back', async () => {
    const fenced = await placed();
    const page = await open(fenced.id);
    await stage.call(aigul, 'POST', `/orders/${fenced.id}/cancel`);
    await press(page.redirectUrl);
    expect((await charge(page.redirectUrl)).captured).toBe(0);
    const unfenced = await placed();
    await next({ checkUrlSkip: true });
    const other = await open(unfenced.id);
    await stage.call(aigul, 'POST', `/orders/${unfenced.id}/cancel`);
    await press(other.redirectUrl);
    await returned(other.redirectUrl);
    await becomes(unfenced.id, 'refunded');
  });

  it.each([
    ['the buyer comes back', async (id: string) => void (await back(id))],
    [
      'the provider is asked once more',
      (id: string) =>
        stage.db.database.query(`UPDATE payment_attempt SET next_look_at = clock_timestamp() WHERE order_id = $1`, [
          id,
        ]),
    ],
  ])('that came after everything had ended, and of which nobody tells, is found when %s', async (_, look) => {
    const { id } = await placed();
    await next({ checkUrlSkip: true, dropCallback: true });
    const page = await open(id);
    await stage.call(admin, 'POST', `/dev/orders/${id}/age`);
    await becomes(id, 'expired');
    await press(page.redirectUrl);
    expect((await seen(id)).state).toBe('expired');
    await look(id);
    await becomes(id, 'paid');
  });

  it('that is rejected, though the rejection gets lost, goes back exactly once', async () => {
    const { id, screening } = await placed();
    await next({ checkUrlSkip: true, loseAnswers: 1 });
    const page = await open(id);
    await stage.call(admin, 'POST', `/dev/orders/${id}/age`);
    await becomes(id, 'expired');
    const held = await stage.call(
      castMember('dias'),
      'POST',
      '/holds',
      { screeningId: screening, seats: ['A-1'] },
      randomUUID(),
    );
    await stage.call(
      castMember('dias'),
      'POST',
      '/orders',
      { holds: [held.body.token], language: 'ru', consent: CONSENT },
      randomUUID(),
    );
    await press(page.redirectUrl);
    await returned(page.redirectUrl);
    await becomes(id, 'refunded');
    const now = await charge(page.redirectUrl);
    expect([now.refunded, now.callbacks.filter((one) => one.answer === 'rejected').length <= 1]).toEqual([
      250_000,
      true,
    ]);
  });

  it('whose return is refused is returned when the provider takes it', async () => {
    const { id } = await placed();
    const page = await open(id);
    await press(page.redirectUrl);
    await becomes(id, 'paid');
    await post('/control', { paymentId: page.redirectUrl.split('/').at(-1), refuseRefunds: 2 });
    const done = await stage.call(aigul, 'POST', `/orders/${id}/returns`, { lines: [1], expectedFee: 0 });
    expect([done.status, done.body.state]).toEqual([200, 'refund-due']);
    await returned(page.redirectUrl);
    await becomes(id, 'refunded');
  });

  it('is believed only with the merchant’s signature, and only for a page that we opened', async () => {
    const { id } = await placed();
    const { attemptId } = await open(id);
    const paid = { pg_payment_id: '9', pg_amount: '2500', pg_currency: 'KZT', pg_result: '1', pg_can_reject: '1' };
    expect((await callback({ ...paid, pg_order_id: attemptId }, 'another secret')).status).toBe(400);
    expect((await callback({ ...paid, pg_order_id: randomUUID() })).status).toBe(400);
    expect((await callback({ ...paid, pg_order_id: 'not ours' })).status).toBe(400);
    expect((await seen(id)).state).toBe('awaiting-payment');
    const unsigned = await fetch(`${stage.service.url}/payments/freedompay/result`, {
      method: 'POST',
      body: 'x=1',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(unsigned.status).toBe(400);
  });
});
