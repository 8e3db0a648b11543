import { randomUUID } from 'node:crypto';
import type { AccreditationFeePaid, EventData } from '#libs/contracts';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const BODY = { language: 'en', consent: { terms: true, version: '2019-09' } };
const NAME = { kk: 'Аккредитация', ru: 'Аккредитация', en: 'Accreditation' };
const service = { kind: 'service', id: 'accreditations', roles: [] } as const;

describe('the fee of an accreditation', () => {
  let stage: TicketsStage;
  const asel = castMember('asel');

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const demanded = async (changes: object = {}) => {
    const applicationId = randomUUID();
    const fee = {
      applicationId,
      round: 1,
      personId: asel.id,
      editionId: EDITION,
      name: NAME,
      amount: 500_000,
      currency: 'KZT',
      payUntil: new Date(Date.now() + 86_400_000).toISOString(),
      ...changes,
    };
    const demand = (more: object = {}) =>
      stage.call({ ...service, roles: [] }, 'POST', '/internal/accreditation-fees', { ...fee, ...more });
    expect((await demand()).body).toEqual({ state: 'due' });
    return { applicationId, demand };
  };
  const withdraw = async (id: string, round = 2) =>
    (await stage.call({ ...service, roles: [] }, 'DELETE', `/internal/accreditation-fees/${id}?round=${round}`)).body
      .state;
  const order = (id: string, key = randomUUID(), who = asel) =>
    stage.call(who, 'POST', `/accreditation-fees/${id}/order`, BODY, key);
  const page = async (id: string) =>
    (await stage.call(asel, 'POST', `/orders/${id}/payments`, { provider: 'freedompay' })).body.redirectUrl as string;
  const pay = (redirectUrl: string) =>
    fetch(redirectUrl, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
  const fee = async (id: string) => (await stage.call(asel, 'GET', `/accreditation-fees/${id}`)).body;

  it('is paid by one order, told once, and balances in the books', async () => {
    const { applicationId, demand } = await demanded();
    const key = randomUUID();
    const placed = await order(applicationId, key);
    expect([placed.status, placed.body.state, placed.body.total.amount]).toEqual([201, 'awaiting-payment', 500_000]);
    expect((await order(applicationId, key)).body.id).toBe(placed.body.id);
    const second = await order(applicationId);
    expect([second.status, second.body.code, second.body.facts.orderId]).toEqual([
      409,
      'fee-order-open',
      placed.body.id,
    ]);
    await pay(await page(placed.body.id));
    await eventually(async () => expect((await fee(applicationId)).state).toBe('paid'));
    expect((await order(applicationId)).body.code).toBe('fee-not-due');
    expect((await demand()).body).toEqual({ state: 'paid' });
    expect(await withdraw(applicationId)).toBe('paid');
    const told = await stage.db.database.query<{ data: EventData<typeof AccreditationFeePaid> }>(
      `SELECT data FROM outbox WHERE type = 'tickets.accreditation-fee.paid.v1' AND aggregate_id = $1`,
      [applicationId],
    );
    expect(told.map(({ data }) => data)).toEqual([
      {
        applicationId,
        orderId: placed.body.id,
        editionId: EDITION,
        personId: asel.id,
        total: { amount: 500_000, currency: 'KZT' },
      },
    ]);
    const [sum] = await stage.db.database.query<{ sum: string; fees: string }>(
      `SELECT sum(amount), sum(amount) FILTER (WHERE account = 'fees') AS fees FROM ledger_entry WHERE order_id = $1`,
      [placed.body.id],
    );
    expect(sum).toEqual({ sum: '0', fees: '-500000' });
    const documents = await stage.call(
      { ...service, roles: [] },
      'GET',
      `/internal/orders/${placed.body.id}/documents`,
    );
    expect(documents.status).toBe(200);
  });

  it('goes back whole when it was paid although its application had ended, once', async () => {
    const { applicationId } = await demanded();
    const placed = (await order(applicationId)).body;
    await pay(await page(placed.id));
    await eventually(async () => expect((await fee(applicationId)).state).toBe('paid'));
    const back = async () =>
      (
        await stage.call(
          { ...service, roles: [] },
          'DELETE',
          `/internal/accreditation-fees/${applicationId}?round=2&paid=return`,
        )
      ).body.state;
    expect(await Promise.all([back(), back(), back()])).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    await eventually(async () =>
      expect((await stage.call(asel, 'GET', `/orders/${placed.id}`)).body.state).toBe('refunded'),
    );
    const [books] = await stage.db.database.query<{ sum: string; kept: string; returns: string }>(
      `SELECT sum(amount), sum(amount) FILTER (WHERE account LIKE 'provider:%') AS kept,
              (SELECT count(*) FROM refund WHERE order_id = $1) AS returns FROM ledger_entry WHERE order_id = $1`,
      [placed.id],
    );
    expect(books).toEqual({ sum: '0', kept: '0', returns: '1' });
    expect((await order(applicationId)).body.code).toBe('fee-not-due');
  });

  it('opens one order when asked ten times at once', async () => {
    const { applicationId } = await demanded();
    const answers = await Promise.all(Array.from({ length: 10 }, () => order(applicationId)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });

  it('is withdrawn with its open order, and what its page still takes goes back', async () => {
    const { applicationId } = await demanded();
    const placed = (await order(applicationId)).body;
    const redirectUrl = await page(placed.id);
    // The acquirer's fence would refuse a dead order; a provider without it takes the money all the same.
    await fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ paymentId: redirectUrl.split('/').at(-1), checkUrlSkip: true }),
    });
    expect(await withdraw(applicationId)).toBe('withdrawn');
    expect(await withdraw(applicationId)).toBe('withdrawn');
    expect((await order(applicationId)).body.code).toBe('fee-not-due');
    await pay(redirectUrl);
    await eventually(async () => {
      const seen = (await stage.call(asel, 'GET', `/orders/${placed.id}`)).body.state;
      expect(['cancelled', 'refund-due', 'refunded']).toContain(seen);
      const [books] = await stage.db.database.query<{ kept: string }>(
        `SELECT coalesce(sum(amount) FILTER (WHERE account LIKE 'provider:%'), 0) AS kept FROM ledger_entry WHERE order_id = $1`,
        [placed.id],
      );
      expect(books?.kept).toBe('0');
    });
    expect((await fee(applicationId)).state).toBe('withdrawn');
  });

  it('is due again with what is asked for now when a higher round demands it, whatever comes late or twice', async () => {
    const { applicationId, demand } = await demanded();
    const first = (await order(applicationId)).body;
    const oldPage = await page(first.id);
    expect(await withdraw(applicationId)).toBe('withdrawn');
    for (const amount of [500_000, 700_000]) expect((await demand({ amount })).body).toEqual({ state: 'withdrawn' });
    expect((await order(applicationId)).body.code).toBe('fee-not-due');
    const payUntil = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const again = () => demand({ round: 3, amount: 700_000, payUntil });
    expect((await Promise.all([again(), again()])).map(({ body }) => body.state)).toEqual(['due', 'due']);
    expect(await withdraw(applicationId, 2)).toBe('due');
    expect((await demand()).body).toEqual({ state: 'due' });
    expect(await fee(applicationId)).toMatchObject({
      state: 'due',
      price: { amount: 700_000 },
      payUntil,
      orderId: null,
    });
    // Money for the order of the first round is not for this one.
    await fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ paymentId: oldPage.split('/').at(-1), checkUrlSkip: true }),
    });
    await pay(oldPage);
    const placed = (await order(applicationId)).body;
    expect([placed.state, placed.total.amount]).toEqual(['awaiting-payment', 700_000]);
    await pay(await page(placed.id));
    await eventually(async () => expect(await fee(applicationId)).toMatchObject({ state: 'paid', orderId: placed.id }));
    expect((await demand({ round: 4 })).body).toEqual({ state: 'paid' });
    await eventually(async () =>
      expect((await stage.call(asel, 'GET', `/orders/${first.id}`)).body.state).not.toBe('paid'),
    );
  });

  it('is of the last round also where the withdrawal between them was never told', async () => {
    const { applicationId, demand } = await demanded();
    const first = (await order(applicationId)).body;
    expect((await demand({ round: 3, amount: 700_000 })).body).toEqual({ state: 'due' });
    expect((await stage.call(asel, 'GET', `/orders/${first.id}`)).body.state).toBe('cancelled');
    expect(await fee(applicationId)).toMatchObject({ price: { amount: 700_000 }, orderId: null });
    expect((await order(applicationId)).body.total.amount).toBe(700_000);
  });

  it('that went back can be demanded again', async () => {
    const { applicationId, demand } = await demanded();
    await pay(await page((await order(applicationId)).body.id));
    await eventually(async () => expect((await fee(applicationId)).state).toBe('paid'));
    const back = await stage.call(
      { ...service, roles: [] },
      'DELETE',
      `/internal/accreditation-fees/${applicationId}?round=2&paid=return`,
    );
    expect(back.body.state).toBe('withdrawn');
    expect((await demand({ round: 3 })).body).toEqual({ state: 'due' });
    const placed = (await order(applicationId)).body;
    await pay(await page(placed.id));
    await eventually(async () => expect(await fee(applicationId)).toMatchObject({ state: 'paid', orderId: placed.id }));
  });

  it('stands in what its owner is shown of everything, where nothing of a person is left that must be forgotten', async () => {
    const { applicationId } = await demanded();
    const ask = (what: string) => stage.call({ ...service, roles: [] }, 'GET', `/internal/people/${asel.id}/${what}`);
    const { body } = await ask('export');
    expect(body.fees).toContainEqual({ application: applicationId, amount: 500_000, currency: 'KZT', state: 'due' });
    expect(Object.keys(body).sort()).toEqual(['bookings', 'fees', 'invitations', 'orders', 'passes', 'waitlist']);
    expect((await ask('traces')).body).toEqual({ left: [] });
  });

  it('is its owner’s alone, and not paid after its date', async () => {
    const { applicationId } = await demanded({ payUntil: new Date(Date.now() - 1_000).toISOString() });
    expect((await order(applicationId)).body.code).toBe('fee-overdue');
    expect((await order(applicationId, randomUUID(), castMember('other'))).body.code).toBe('fee-unknown');
    const other = castMember('other');
    expect((await stage.call(other, 'GET', `/accreditation-fees/${applicationId}`)).status).toBe(404);
    expect((await order(randomUUID())).body.code).toBe('fee-unknown');
  });
});
