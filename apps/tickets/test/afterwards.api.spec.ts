import { randomUUID } from 'node:crypto';
import { castMember, EDITION, eventually } from '#libs/testing';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { peopleDouble } from './people-double.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };
const NAME = { kk: 'Атау', ru: 'Название', en: 'Name' };
const RULES = {
  rounding: 100,
  concessions: [
    { id: 'student', name: NAME, discount: { percent: 50 }, proof: NAME },
    { id: 'child', name: NAME, discount: { percent: 50 }, notForRatings: ['16+'] },
    { id: 'friend', name: NAME, discount: { price: 70_000 }, hidden: true },
  ],
  companionPercent: 100,
  free: [],
  fees: [{ id: 'service', name: NAME, per: 'ticket', amount: 10_000, channels: ['online'] }],
  returns: {
    untilMinutes: 180,
    feePercent: 10,
    feeAmount: 0,
    exchangeUntilMinutes: 60,
    exchangeFee: 5_000,
    transferUntilMinutes: 0,
  },
};

describe('after and around a purchase', () => {
  let stage: TicketsStage;
  let people: Awaited<ReturnType<typeof peopleDouble>>;
  const aigul = castMember('aigul');
  const dias = castMember('dias');
  const finance = castMember('finance', ['finance']);

  beforeAll(async () => {
    people = await peopleDouble();
    stage = await openStage({ GATEWAY_URL: people.url });
    const put = await stage.call(finance, 'PUT', `/editions/${EDITION}/price-rules`, RULES, undefined, {
      'If-Match': '"0"',
    });
    expect([put.status, put.body.version]).toEqual([200, 1]);
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(async () => {
    await stage.close();
    people.server.close();
  });

  const hold = async (who: typeof aigul, screeningId: string, seats: string[]) =>
    (await stage.call(who, 'POST', '/holds', { screeningId, seats }, randomUUID())).body.token as string;
  const place = (who: typeof aigul, body: object, key = randomUUID()) =>
    stage.call(who, 'POST', '/orders', { language: 'ru', consent: CONSENT, ...body }, key);
  const quote = (who: typeof aigul, body: object) => stage.call(who, 'POST', '/quotes', body);
  const seen = async (who: typeof aigul, id: string) => (await stage.call(who, 'GET', `/orders/${id}`)).body;
  const becomes = (who: typeof aigul, id: string, state: string) =>
    eventually(async () => {
      const now = await seen(who, id);
      expect(now.state).toBe(state);
      return now;
    }, 15_000);
  const pay = async (who: typeof aigul, id: string) => {
    const page = await stage.call(who, 'POST', `/orders/${id}/payments`, {});
    await fetch(page.body.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    return page.body as { attemptId: string; redirectUrl: string };
  };
  const bought = async (who: typeof aigul, seats: string[], choices: object = {}) => {
    const screening = await stage.screening();
    const placed = await place(who, { holds: [await hold(who, screening, seats)], ...choices });
    expect(placed.status).toBe(201);
    const page = await pay(who, placed.body.id);
    return { screening, page, order: await becomes(who, placed.body.id, 'paid') };
  };
  const charge = async (page: { redirectUrl: string }) =>
    (
      await fetch(`${stage.sandbox.url}/control/payments/${new URL(page.redirectUrl).pathname.split('/').at(-1)}`)
    ).json() as Promise<{ captured: number; refunded: number }>;

  it('quotes what it then asks: concession, fee and reasons; another total is refused', async () => {
    const screening = await stage.screening();
    const holds = [await hold(aigul, screening, ['A-1', 'A-2', 'C-1'])];
    const kinds = [{ screeningId: screening, seatId: 'A-2', kind: 'student' }];
    const quoted = await quote(aigul, { holds, kinds });
    expect(quoted.status).toBe(200);
    expect(quoted.body.lines.map((line: { price: { amount: number } }) => line.price.amount)).toEqual([
      250_000, 125_000, 0,
    ]);
    expect(quoted.body.lines[1].reasons.map((reason: { rule: string }) => reason.rule)).toEqual([
      'category',
      'concession',
    ]);
    expect(quoted.body.kinds.map((kind: { id: string }) => kind.id)).toEqual(['student']);
    expect(quoted.body.total.amount).toBe(395_000);
    const wrong = await place(aigul, { holds, kinds, expectedTotal: 375_000 });
    expect([wrong.status, wrong.body.code, wrong.body.facts.total]).toEqual([409, 'price-changed', 395_000]);
    const placed = await place(aigul, { holds, kinds, expectedTotal: 395_000 });
    expect([placed.status, placed.body.total.amount, placed.body.items.length]).toEqual([201, 395_000, 2]);
  });

  it.each([
    ['nobody', 'unknown'],
    ['child', 'rating'],
    ['friend', 'locked'],
  ])('refuses the kind %s and says why', async (kind, why) => {
    const screening = await stage.screening();
    const holds = [await hold(aigul, screening, ['A-1'])];
    const answer = await place(aigul, { holds, kinds: [{ screeningId: screening, seatId: 'A-1', kind }] });
    expect([answer.status, answer.body.code, answer.body.facts.why]).toEqual([422, 'ticket-kind-unavailable', why]);
  });

  it('takes a promo code in any case, within its time, its seats and its number', async () => {
    const make = (code: string, data: object) =>
      stage.call(
        finance,
        'POST',
        `/editions/${EDITION}/promo-codes`,
        { code, data: { name: NAME, ...data } },
        randomUUID(),
      );
    expect((await make('Апорт', { discount: { percent: 20 }, maxUses: 1 })).status).toBe(201);
    expect((await make('АПОРТ', { discount: { percent: 20 } })).body.code).toBe('promo-code-taken');
    await make('old', { discount: { percent: 20 }, validUntil: '2019-09-14T00:00:00Z' });
    await make('other', { discount: { percent: 20 }, scope: { screenings: ['none'] } });
    await make('friends', { unlocks: ['friend'] });
    expect((await make('empty', {})).body.code).toBe('price-rules-contradict');
    const screening = await stage.screening();
    const holds = [await hold(aigul, screening, ['A-1'])];
    expect((await quote(aigul, { holds, promo: ' апорт ' })).body.total.amount).toBe(210_000);
    for (const [promo, code] of [
      ['nothing', 'promo-unknown'],
      ['OLD', 'promo-not-valid'],
      ['OTHER', 'promo-not-for-this'],
    ])
      expect((await quote(aigul, { holds, promo })).body.code).toBe(code);
    const kinds = [{ screeningId: screening, seatId: 'A-1', kind: 'friend' }];
    expect((await quote(aigul, { holds, kinds, promo: 'friends' })).body.total.amount).toBe(80_000);
    expect((await place(aigul, { holds, promo: 'апорт' })).status).toBe(201);
    const late = await place(dias, { holds: [await hold(dias, screening, ['A-2'])], promo: 'АПОРТ' });
    expect([late.status, late.body.code]).toEqual([409, 'promo-used-up']);
    const list = (await stage.call(finance, 'GET', `/editions/${EDITION}/promo-codes`)).body;
    expect(list.find((one: { code: string }) => one.code === 'АПОРТ')).toMatchObject({ used: 1, spent: 50_000 });
  });

  it('sells a basket of three screenings as one order', async () => {
    const screenings = [await stage.screening(), await stage.screening(), await stage.screening()];
    const holds = await Promise.all(screenings.map((screening) => hold(aigul, screening, ['A-1', 'B-1'])));
    const placed = await place(aigul, { holds });
    expect([placed.status, placed.body.lines.length, placed.body.total.amount]).toEqual([201, 6, 1_110_000]);
    await pay(aigul, placed.body.id);
    expect((await becomes(aigul, placed.body.id, 'paid')).tickets).toHaveLength(6);
  });

  it('takes a ticket back less the fee that was shown, and the bank returns exactly that', async () => {
    const { order, page, screening } = await bought(aigul, ['A-1', 'A-2']);
    const terms = (await stage.call(aigul, 'GET', `/orders/${order.id}/return-terms`)).body.lines;
    expect(terms[0]).toMatchObject({ line: 1, allowed: true, fee: { amount: 25_000 }, refund: { amount: 225_000 } });
    const give = (body: object, who = aigul) => stage.call(who, 'POST', `/orders/${order.id}/returns`, body);
    expect((await give({ lines: [1], expectedFee: 0 })).body.code).toBe('fee-changed');
    expect((await give({ lines: [9], expectedFee: 0 })).body.code).toBe('order-line-unknown');
    expect((await give({ lines: [1], expectedFee: 25_000 }, dias)).status).toBe(404);
    const done = await give({ lines: [1], expectedFee: 25_000 });
    expect([done.status, done.body.state, done.body.lines[0].endedAs]).toEqual([200, 'paid', 'refunded']);
    expect((await give({ lines: [1], expectedFee: 25_000 })).status).toBe(200);
    await eventually(async () => expect((await charge(page)).refunded).toBe(225_000), 15_000);
    const next = await stage.call(dias, 'POST', '/holds', { screeningId: screening, seats: ['A-1'] }, randomUUID());
    expect(next.status).toBe(201);
    const states = await stage.db.database.query('SELECT state, amount::int FROM refund WHERE order_id = $1', [
      order.id,
    ]);
    await eventually(async () =>
      expect(
        await stage.db.database.query('SELECT state, amount::int FROM refund WHERE order_id = $1', [order.id]),
      ).toEqual([{ state: 'refunded', amount: 225_000 }]),
    );
    expect(states).toHaveLength(1);
  });

  it('gives everything back after a big move, without a fee and until the old start', async () => {
    const { order, page, screening } = await bought(aigul, ['A-1']);
    await stage.db.database.query(
      `INSERT INTO refund_right (order_id, screening_id, until, reason) VALUES ($1, $2, now() + interval '1 hour', 'screening-moved')`,
      [order.id, screening],
    );
    const done = await stage.call(aigul, 'POST', `/orders/${order.id}/returns`, { lines: [1], expectedFee: 0 });
    expect([done.status, done.body.state]).toEqual([200, 'refund-due']);
    await becomes(aigul, order.id, 'refunded');
    expect((await charge(page)).refunded).toBe(250_000);
  });

  it('takes nothing back when it is too late', async () => {
    const screening = await stage.screening({ startsAt: new Date(Date.now() + 30 * 60_000).toISOString() });
    const placed = await place(aigul, { holds: [await hold(aigul, screening, ['C-1'])] });
    const answer = await stage.call(aigul, 'POST', `/orders/${placed.body.id}/returns`, { lines: [1], expectedFee: 0 });
    expect([answer.status, answer.body.code]).toEqual([409, 'change-too-late']);
  });

  it('exchanges up: the difference and the fee are paid, the old code dies', async () => {
    const { order, screening: old } = await bought(aigul, ['B-1']);
    const next = await stage.screening();
    const holds = [await hold(aigul, next, ['A-3'])];
    const key = randomUUID();
    const body = { lines: [1], holds, expectedTotal: 155_000 };
    const placed = await stage.call(aigul, 'POST', `/orders/${order.id}/exchanges`, body, key);
    expect([placed.status, placed.body.state, placed.body.total.amount]).toEqual([201, 'awaiting-payment', 155_000]);
    const again = await stage.call(aigul, 'POST', `/orders/${order.id}/exchanges`, body, key);
    expect(again.body.id).toBe(placed.body.id);
    await pay(aigul, placed.body.id);
    expect((await becomes(aigul, placed.body.id, 'paid')).tickets).toHaveLength(1);
    const before = await seen(aigul, order.id);
    expect([before.tickets[0].state, before.tickets[0].endedAs]).toEqual(['ended', 'exchanged']);
    await eventually(async () =>
      expect(
        (await stage.call(dias, 'POST', '/holds', { screeningId: old, seats: ['B-1'] }, randomUUID())).status,
      ).toBe(201),
    );
  });

  it('exchanges down: at once, and the difference goes back through the old payment', async () => {
    const { order, page } = await bought(aigul, ['A-1']);
    const holds = [await hold(aigul, await stage.screening(), ['B-1'])];
    const placed = await stage.call(
      aigul,
      'POST',
      `/orders/${order.id}/exchanges`,
      { lines: [1], holds },
      randomUUID(),
    );
    expect([placed.status, placed.body.state, placed.body.total.amount]).toEqual([201, 'paid', 0]);
    await eventually(async () => expect((await charge(page)).refunded).toBe(145_000), 15_000);
    await eventually(async () => {
      const [row] = await stage.db.database.query<{ due: string }>(
        `SELECT count(*) AS due FROM refund WHERE state = 'due'`,
      );
      expect(row?.due).toBe('0');
    });
  });

  it('exchanges ticket for seat only', async () => {
    const { order } = await bought(aigul, ['A-1', 'A-2']);
    const holds = [await hold(aigul, await stage.screening(), ['B-1', 'B-2'])];
    const uneven = await stage.call(
      aigul,
      'POST',
      `/orders/${order.id}/exchanges`,
      { lines: [1], holds },
      randomUUID(),
    );
    expect([uneven.status, uneven.body.code]).toEqual([422, 'exchange-uneven']);
  });

  it('passes a ticket on: the buyer loses the code, the new holder has another and may pass it on', async () => {
    const { order } = await bought(aigul, ['A-1', 'A-2']);
    const [mine, other] = order.tickets as { id: string; admissionCode: string }[];
    const path = `/orders/${order.id}/tickets/${mine!.id}/transfer`;
    const body = { to: { email: 'dana@example.org' }, language: 'kk' };
    expect((await stage.call(dias, 'POST', path, body, randomUUID())).status).toBe(404);
    const key = randomUUID();
    const given = await stage.call(aigul, 'POST', path, body, key);
    expect([given.status, (await stage.call(aigul, 'POST', path, body, key)).status]).toEqual([200, 200]);
    const live = given.body.tickets.filter((ticket: { state: string }) => ticket.state === 'live');
    expect(
      live.map((t: { transferred: boolean; admissionCode: string }) => [t.transferred, t.admissionCode === '']),
    ).toEqual([
      [true, true],
      [false, false],
    ]);
    const [holder] = await stage.db.database.query<{ id: string; holder: string }>(
      'SELECT id, holder_id AS holder FROM ticket WHERE order_id = $1 AND holder_id IS NOT NULL',
      [order.id],
    );
    const dana = { kind: 'person' as const, id: holder!.holder, roles: [] };
    const theirs = (await stage.call(dana, 'GET', '/my/orders')).body;
    expect([theirs.length, theirs[0].tickets.length, theirs[0].items]).toEqual([1, 1, []]);
    expect(theirs[0].tickets[0].admissionCode).toHaveLength(138);
    expect(theirs[0].tickets[0].admissionCode).not.toBe(mine!.admissionCode);
    const byLink = await fetch(`${stage.service.url}/orders/${order.id}?key=${theirs[0].key}`);
    expect(JSON.stringify(await byLink.json())).not.toContain(other!.admissionCode);
    const steal = await stage.call(dana, 'POST', `/orders/${order.id}/returns`, { lines: [1], expectedFee: 25_000 });
    expect(steal.status).toBe(404);
    const back = await stage.call(aigul, 'POST', `/orders/${order.id}/returns`, { lines: [1], expectedFee: 25_000 });
    expect(back.body.code).toBe('ticket-transferred');
    const on = await stage.call(
      dana,
      'POST',
      `/orders/${order.id}/tickets/${holder!.id}/transfer`,
      { to: { email: 'aru@example.org' }, language: 'ru' },
      randomUUID(),
    );
    expect([on.status, on.body.tickets.length, on.body.tickets[0].endedAs]).toEqual([200, 1, 'transferred']);
    const late = await stage.call(
      dana,
      'POST',
      `/orders/${order.id}/tickets/${holder!.id}/transfer`,
      body,
      randomUUID(),
    );
    expect([late.status, late.body.code]).toEqual([409, 'ticket-used-or-ended']);
  });

  it('gives an unpaid order up, and a paid one not', async () => {
    const screening = await stage.screening();
    const placed = await place(aigul, { holds: [await hold(aigul, screening, ['A-1'])] });
    const path = `/orders/${placed.body.id}/cancel`;
    expect((await stage.call(dias, 'POST', path)).status).toBe(404);
    expect((await stage.call(aigul, 'POST', path)).body.state).toBe('cancelled');
    expect((await stage.call(aigul, 'POST', path)).body.state).toBe('cancelled');
    const { order } = await bought(aigul, ['B-1']);
    expect((await stage.call(aigul, 'POST', `/orders/${order.id}/cancel`)).body.code).toBe('order-not-payable');
  });

  it('lets a person claim an order by its link, and nobody without it', async () => {
    const { order } = await bought(aigul, ['A-1']);
    expect((await stage.call(dias, 'POST', `/orders/${order.id}/claim`)).status).toBe(404);
    expect((await stage.call(dias, 'POST', `/orders/${order.id}/claim?key=${order.key}`)).status).toBe(200);
    expect((await stage.call(dias, 'GET', '/my/orders')).body.map((one: { id: string }) => one.id)).toContain(order.id);
  });

  it('suspends tickets while a payment is disputed', async () => {
    const { order, page } = await bought(aigul, ['A-1']);
    const path = `/payments/${page.attemptId}/chargebacks`;
    const told = { amount: 260_000, reference: 'case-7' };
    expect((await stage.call(aigul, 'POST', path, told)).status).toBe(403);
    const first = await stage.call(finance, 'POST', path, told);
    expect([first.status, (await stage.call(finance, 'POST', path, told)).body.id]).toEqual([200, first.body.id]);
    expect((await seen(aigul, order.id)).tickets[0].state).toBe('suspended');
    const queue = (await stage.call(finance, 'GET', '/chargebacks')).body;
    expect(queue[0]).toMatchObject({ id: first.body.id, state: 'open' });
    await stage.call(finance, 'POST', `/chargebacks/${first.body.id}/close`, { outcome: 'won' });
    expect((await seen(aigul, order.id)).tickets[0].state).toBe('live');
  });

  it('keeps the books of a day, and corrects by new entries', async () => {
    const { order } = await bought(aigul, ['A-1']);
    const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Almaty' });
    const days = (await stage.call(finance, 'GET', `/editions/${EDITION}/settlements?from=${today}&to=${today}`)).body;
    expect(days[0]).toMatchObject({ provider: 'freedompay', day: today, closedAt: null });
    const close = `/editions/${EDITION}/settlements/freedompay/${today}/close`;
    expect((await stage.call(finance, 'POST', close, undefined, randomUUID())).body.code).toBe('day-not-over');
    const correct = (body: object) =>
      stage.call(finance, 'POST', `/orders/${order.id}/ledger/corrections`, body, randomUUID());
    expect((await correct({ from: 'sales', to: 'sales', amount: 5, reason: 'typo' })).body.code).toBe(
      'correction-goes-nowhere',
    );
    expect((await correct({ from: 'sales', to: 'fees', amount: 5, reason: 'booked as sale' })).status).toBe(201);
    const entries = (await stage.call(finance, 'GET', `/orders/${order.id}/ledger`)).body;
    expect(entries.reduce((sum: number, entry: { amount: number }) => sum + entry.amount, 0)).toBe(0);
  });

  it('does not let two people overwrite each other’s price rules', async () => {
    const put = (version: number) =>
      stage.call(finance, 'PUT', `/editions/${EDITION}/price-rules`, RULES, undefined, { 'If-Match': `"${version}"` });
    const answers = await Promise.all([put(1), put(1)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
    const shown = (await stage.call(aigul, 'GET', `/editions/${EDITION}/price-rules`)).body;
    expect(shown.rules.concessions.map((one: { id: string }) => one.id)).toEqual(['student', 'child']);
  });
});
