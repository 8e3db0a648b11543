import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };

describe('a purchase with Stripe', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const admin = castMember('admin', ['admin']);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const placed = async (seat: string) => {
    const screening = await stage.screening();
    const held = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats: [seat] }, randomUUID());
    const order = await stage.call(
      aigul,
      'POST',
      '/orders',
      { holds: [held.body.token], language: 'ru', consent: CONSENT },
      randomUUID(),
    );
    expect(order.body.state).toBe('awaiting-payment');
    return order.body;
  };
  const page = async (order: { id: string }, provider = 'stripe') =>
    (await stage.call(aigul, 'POST', `/orders/${order.id}/payments`, { provider })).body;
  const misbehave = (redirectUrl: string, faults: object) =>
    fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ paymentId: redirectUrl.split('/').at(-1), ...faults }),
    });
  const pay = (redirectUrl: string) =>
    fetch(redirectUrl, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
  const seen = async (order: { id: string }) => (await stage.call(aigul, 'GET', `/orders/${order.id}`)).body;
  const becomes = (order: { id: string }, state: string) =>
    eventually(async () => expect((await seen(order)).state).toBe(state));
  const session = (redirectUrl: string) => stage.sandbox.stripe.get(redirectUrl.split('/').at(-1)!)!;

  it('is paid on the hosted page and told by a webhook, twice, once forged: one charge, one set of tickets', async () => {
    const order = await placed('A-1');
    const { redirectUrl } = await page(order);
    expect((await page(order)).redirectUrl).toBe(redirectUrl);
    await misbehave(redirectUrl, { duplicateCallbacks: 2, forgeSignature: true });
    await pay(redirectUrl);
    await becomes(order, 'paid');
    await eventually(async () =>
      expect(session(redirectUrl).callbacks.map(({ forged, status }) => [forged, status])).toEqual([
        [true, 400],
        [false, 200],
        [false, 200],
        [false, 200],
      ]),
    );
    const [money] = await stage.db.database.query<{ n: string; sum: string }>(
      `SELECT count(*) AS n, sum(captured) AS sum FROM payment_attempt WHERE order_id = $1`,
      [order.id],
    );
    expect(money).toEqual({ n: '1', sum: '250000' });
    expect((await seen(order)).tickets).toHaveLength(1);
  });

  it('finds by asking what no webhook told', async () => {
    const order = await placed('A-2');
    const { redirectUrl } = await page(order);
    await misbehave(redirectUrl, { dropCallback: true });
    await pay(redirectUrl);
    await stage.call(aigul, 'POST', `/orders/${order.id}/payments/returned`);
    await becomes(order, 'paid');
  });

  it('puts a wrong amount aside for review', async () => {
    const order = await placed('A-3');
    const { redirectUrl } = await page(order);
    await misbehave(redirectUrl, { wrongAmount: 1 });
    await pay(redirectUrl);
    await becomes(order, 'review');
  });

  it('is closed with the order, so that no money comes for seats that went back', async () => {
    const order = await placed('A-4');
    const { redirectUrl } = await page(order);
    await stage.call(admin, 'POST', `/dev/orders/${order.id}/age`);
    await becomes(order, 'expired');
    expect((await pay(redirectUrl)).status).toBe(410);
    expect(session(redirectUrl)).toMatchObject({ status: 'expired', paid: false });
  });

  it('gives a second payment back when the order was paid with the other provider', async () => {
    const order = await placed('A-5');
    const stripe = await page(order);
    const freedom = await page(order, 'freedompay');
    expect(freedom.redirectUrl).not.toBe(stripe.redirectUrl);
    await fetch(freedom.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    await becomes(order, 'paid');
    await pay(stripe.redirectUrl);
    await eventually(async () => expect(session(stripe.redirectUrl).refunds).toMatchObject([{ amount: 250_000 }]));
    expect((await seen(order)).state).toBe('paid');
  });

  it('hears that the payer’s bank took money back: tickets are suspended, and come back when the dispute is won', async () => {
    const order = await placed('A-7');
    const { redirectUrl } = await page(order);
    await pay(redirectUrl);
    await becomes(order, 'paid');
    const states = async () => (await seen(order)).tickets.map((ticket: { state: string }) => ticket.state);
    await stage.sandbox.stripe.disputes(session(redirectUrl), {});
    await stage.sandbox.stripe.disputes(session(redirectUrl), {});
    expect(await states()).toEqual(['suspended']);
    await stage.sandbox.stripe.disputes(session(redirectUrl), { outcome: 'won' });
    await stage.sandbox.stripe.disputes(session(redirectUrl), { outcome: 'won' });
    expect(await states()).toEqual(['live']);
    expect(session(redirectUrl).callbacks.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const [row] = await stage.db.database.query<{ n: string }>(
      'SELECT count(*) AS n FROM chargeback WHERE order_id = $1',
      [order.id],
    );
    expect(row!.n).toBe('1');
  });

  it('refuses a provider that is not offered', async () => {
    const order = await placed('A-6');
    const answer = await stage.call(aigul, 'POST', `/orders/${order.id}/payments`, { provider: 'halyk' });
    expect(answer.status).toBe(422);
  });
});
