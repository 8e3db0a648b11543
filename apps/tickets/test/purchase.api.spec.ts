import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };

describe('a purchase', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const dias = castMember('dias');
  const admin = castMember('admin', ['admin']);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const hold = (who: typeof aigul, screeningId: string, seats: string[], key = randomUUID()) =>
    stage.call(who, 'POST', '/holds', { screeningId, seats }, key);
  const order = (who: typeof aigul, holds: string[], key = randomUUID()) =>
    stage.call(who, 'POST', '/orders', { holds, language: 'kk', consent: CONSENT }, key);
  const states = async (screening: string) =>
    (await stage.call(aigul, 'GET', `/screenings/${screening}/seats`)).body.states as string;
  const pay = async (redirectUrl: string, choice = 'pay') => {
    const id = new URL(redirectUrl).pathname.split('/').at(-1);
    await fetch(redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ choice, action: choice }),
      redirect: 'manual',
    });
    return id;
  };
  const invariants = async () => {
    const [row] = await stage.db.database.query<Record<string, string>>(`SELECT
      (SELECT count(*) FROM ticket t WHERE state = 'live' AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = t.order_id AND c.line_no = t.line_no)) AS tickets_without_claim,
      (SELECT count(*) FROM (SELECT posting FROM ledger_entry GROUP BY posting HAVING sum(amount) <> 0) x) AS unbalanced,
      (SELECT count(*) FROM usage_limit l WHERE used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0) OR used > capacity) AS limits_off`);
    return row;
  };

  it('holds all the seats or none, and says which are gone', async () => {
    const screening = await stage.screening();
    const key = randomUUID();
    const first = await hold(aigul, screening, ['A-1', 'A-2'], key);
    expect([first.status, first.body.seats.map((s: { id: string }) => s.id)]).toEqual([201, ['A-1', 'A-2']]);
    expect((await hold(aigul, screening, ['A-1', 'A-2'], key)).body.holdId).toBe(first.body.holdId);
    const second = await hold(dias, screening, ['A-2', 'A-3']);
    expect([second.status, second.body.code, second.body.facts.seats.map((s: { seat: string }) => s.seat)]).toEqual([
      409,
      'seats-taken',
      ['A-2'],
    ]);
    expect((await states(screening)).slice(0, 3)).toBe('hhf');
  });

  it('replaces the buyer’s own hold by a new one', async () => {
    const screening = await stage.screening();
    await hold(aigul, screening, ['A-1', 'A-2']);
    expect((await hold(aigul, screening, ['A-2', 'A-3'])).status).toBe(201);
    expect((await hold(dias, screening, ['A-1'])).status).toBe(201);
  });

  it.each([
    [{ seats: ['Z-1'] }, 'seat-unknown'],
    [{ seats: Array.from({ length: 11 }, (_, i) => `${i < 10 ? 'A' : 'B'}-${(i % 10) + 1}`) }, 'too-many-seats'],
    [{ seats: ['A-1'], price: 5 }, 'body-invalid'],
    [{ seats: 'A-1' }, 'body-invalid'],
    [{}, 'seats-or-best'],
  ])('refuses %j with a stable code', async (body, code) => {
    const screening = await stage.screening();
    const answer = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, ...body }, randomUUID());
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(await states(screening)).toMatch(/^f{30}$/);
  });

  it('picks the best seats beside each other', async () => {
    const screening = await stage.screening();
    const best = await stage.call(
      aigul,
      'POST',
      '/holds',
      { screeningId: screening, best: { count: 3 } },
      randomUUID(),
    );
    const numbers = best.body.seats.map((s: { number: string }) => Number(s.number));
    expect(numbers).toEqual([numbers[0], numbers[0] + 1, numbers[0] + 2]);
  });

  it('sells: one order, one charge though the bank calls twice, tickets with codes, a balanced ledger', async () => {
    const screening = await stage.screening();
    const held = await hold(aigul, screening, ['A-1', 'B-1']);
    const key = randomUUID();
    const placed = await order(aigul, [held.body.token], key);
    expect([placed.status, placed.body.state, placed.body.total.amount]).toEqual([201, 'awaiting-payment', 350_000]);
    expect((await order(aigul, [held.body.token], key)).body.id).toBe(placed.body.id);
    expect(await states(screening)).toMatch(/^sf{9}sf/);
    await fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ next: { duplicateCallbacks: 1 } }),
    });
    const page = await stage.call(aigul, 'POST', `/orders/${placed.body.id}/payments`, {});
    expect(page.status).toBe(201);
    await pay(page.body.redirectUrl);
    await eventually(async () => {
      await stage.call(aigul, 'POST', `/orders/${placed.body.id}/payments/returned`);
      const now = await stage.call(aigul, 'GET', `/orders/${placed.body.id}`);
      expect([now.body.state, now.body.tickets.length]).toEqual(['paid', 2]);
      expect(now.body.tickets[0].admissionCode).toHaveLength(138);
    });
    expect(await invariants()).toEqual({ tickets_without_claim: '0', unbalanced: '0', limits_off: '0' });
    const pdf = await fetch(`${stage.service.url}/orders/${placed.body.id}/tickets.pdf?key=${placed.body.key}`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await stage.call(dias, 'GET', `/orders/${placed.body.id}`)).status).toBe(404);
  });

  it('ends an unpaid order and gives its seats to somebody else; a late payment is honoured while they are free', async () => {
    const screening = await stage.screening();
    const held = await hold(aigul, screening, ['A-5']);
    const placed = await order(aigul, [held.body.token]);
    const page = await stage.call(aigul, 'POST', `/orders/${placed.body.id}/payments`, {});
    await stage.call(admin, 'POST', `/dev/orders/${placed.body.id}/age`);
    await eventually(async () =>
      expect((await stage.call(aigul, 'GET', `/orders/${placed.body.id}`)).body.state).toBe('expired'),
    );
    expect((await states(screening))[4]).toBe('f');
    await fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        paymentId: new URL(page.body.redirectUrl).pathname.split('/').at(-1),
        checkUrlSkip: true,
      }),
    });
    await pay(page.body.redirectUrl);
    await eventually(async () => {
      await stage.call(aigul, 'POST', `/orders/${placed.body.id}/payments/returned`);
      const now = (await stage.call(aigul, 'GET', `/orders/${placed.body.id}`)).body;
      expect([now.state, now.paidLate]).toEqual(['paid', true]);
    });
  });

  it('takes a free screening without any provider', async () => {
    const screening = await stage.screening();
    const held = await hold(aigul, screening, ['C-1']);
    const placed = await order(aigul, [held.body.token]);
    expect(placed.body.state).toBe('paid');
    expect((await stage.call(aigul, 'GET', `/orders/${placed.body.id}`)).body.tickets).toHaveLength(1);
  });

  it('claims each seat once when 40 buyers check out the same seats at once', async () => {
    const screening = await stage.screening();
    const seats = ['A-1', 'A-2', 'A-3'];
    const wins: number[] = [];
    // Every buyer has a token for the same seats: Redis is emptied after each hold, as if it had forgotten.
    const buyers = Array.from({ length: 40 }, (_, i) => castMember(`storm-${i}`));
    const tokens: string[] = [];
    for (const buyer of buyers) {
      const held = await hold(buyer, screening, seats);
      tokens.push(held.body.token);
      await stage.redis.flush();
    }
    await Promise.all(
      buyers.map(async (buyer, i) => {
        const answer = await order(buyer, [tokens[i]!]);
        if (answer.status === 201) wins.push(i);
        else expect(answer.body.code).toBe('seats-taken');
      }),
    );
    expect(wins).toHaveLength(1);
    expect(await invariants()).toEqual({ tickets_without_claim: '0', unbalanced: '0', limits_off: '0' });
  });

  it('never sells more than an allocation has, nor starves it', async () => {
    const screening = await stage.screening({
      allocations: [
        { id: 'public', classes: ['public'], capacity: 5, overflow: ['rest'] },
        { id: 'rest', classes: ['box-office'], capacity: 2, overflow: [] },
        { id: 'press', classes: ['press'], capacity: 23, overflow: [] },
      ],
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const buyer = castMember(`alloc-${i}`);
        const held = await hold(buyer, screening, [`C-${(i % 10) + 1}`]);
        if (held.status !== 201) return held.body.code;
        const placed = await order(buyer, [held.body.token]);
        return placed.status === 201 ? 'sold' : placed.body.code;
      }),
    );
    expect(answers.filter((a) => a === 'sold')).toHaveLength(7);
    expect(new Set(answers)).toEqual(new Set(['sold', 'allocation-full', 'seats-taken']));
    expect(await invariants()).toEqual({ tickets_without_claim: '0', unbalanced: '0', limits_off: '0' });
  });
});
