import { randomUUID } from 'node:crypto';
import { castMember, EDITION, eventually } from '#libs/testing';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { peopleDouble } from './people-double.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const DAY = 86_400_000;
const BIN = '940140000385';

describe('an order of a group', () => {
  let stage: TicketsStage;
  let people: Awaited<ReturnType<typeof peopleDouble>>;
  const desk = castMember('desk', ['box-office']);
  const finance = castMember('finance', ['finance']);
  const manager = castMember('manager', ['house-manager']);

  beforeAll(async () => {
    people = await peopleDouble();
    stage = await openStage({ GATEWAY_URL: people.url });
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(async () => {
    await stage.close();
    people.server.close();
  });

  const day = (ms: number) => new Date(Date.now() + ms).toLocaleDateString('sv', { timeZone: 'Asia/Almaty' });
  const held = async (screening: string, count = 15) =>
    (await stage.call(desk, 'POST', '/holds', { screeningId: screening, best: { count } }, randomUUID())).body;
  const place = (holds: string[], changes: object = {}, key = randomUUID(), who = desk) =>
    stage.call(
      who,
      'POST',
      '/group-orders',
      {
        holds,
        leader: { email: 'leader@example.org' },
        language: 'kk',
        company: { name: 'ТОО «Школа»', bin: BIN },
        dueOn: day(3 * DAY),
        codes: 'each',
        consent: { terms: true, version: '2019-09' },
        ...changes,
      },
      key,
    );
  const later = {
    startsAt: new Date(Date.now() + 10 * DAY).toISOString(),
    endsAt: new Date(Date.now() + 10.1 * DAY).toISOString(),
  };
  const placed = async (changes: object = {}, screening?: string) => {
    const id = screening ?? (await stage.screening(later));
    const answer = await place([(await held(id)).token], changes);
    expect(answer.status).toBe(201);
    return { screening: id, order: answer.body };
  };
  const transfer = (order: string, amount: number, reference: string = randomUUID()) =>
    stage.call(finance, 'POST', `/orders/${order}/bank-transfers`, { amount, reference });
  const seen = async (order: { id: string; key: string }) =>
    (await fetch(`${stage.service.url}/orders/${order.id}?key=${order.key}`)).json() as Promise<{
      state: string;
      tickets: { admissionCode: string; places?: number; seat: string; row: string; state: string }[];
    }>;

  it('keeps its seats until the end of the day on which the invoice is due', async () => {
    const screening = await stage.screening(later);
    const { token } = await held(screening);
    const key = randomUUID();
    const first = await place([token], {}, key);
    expect([first.status, first.body.state, first.body.lines.length]).toEqual([201, 'awaiting-payment', 15]);
    expect((await place([token], {}, key)).body.id).toBe(first.body.id);
    const due = new Date(first.body.payUntil).toLocaleString('sv', { timeZone: 'Asia/Almaty' });
    expect(due.slice(0, 16)).toBe(`${day(3 * DAY)} 23:59`);
    const open = (await stage.call(desk, 'GET', `/editions/${EDITION}/invoices`)).body;
    expect(open.find((one: { orderId: string }) => one.orderId === first.body.id)).toMatchObject({
      places: 15,
      company: { bin: BIN },
      dueOn: day(3 * DAY),
    });
    const pdf = await fetch(`${stage.service.url}/orders/${first.body.id}/invoice.pdf?key=${first.body.key}`);
    expect([
      pdf.status,
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ]).toEqual([200, '%PDF-']);
  });

  it.each([
    [{ company: { name: 'ТОО', bin: '940140000386' } }, 'business-number-wrong'],
    [{ dueOn: '2019-09-01' }, 'due-date-wrong'],
    [{ dueOn: '2999-01-01' }, 'due-date-wrong'],
    [{ dueOn: '2019-02-31' }, 'due-date-wrong'],
    [{ company: { name: 'ТОО', bin: 'x' } }, 'body-invalid'],
  ])('is refused with %j', async (changes, code) => {
    const { token } = await held(await stage.screening(later));
    const answer = await place([token], changes);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });

  it('has from 12 to 60 places, and is placed by the desk alone', async () => {
    const screening = await stage.screening(later);
    expect((await place([(await held(screening, 4)).token])).body.code).toBe('group-size');
    expect((await place([(await held(screening)).token], {}, randomUUID(), castMember('aigul'))).status).toBe(403);
  });

  it('is paid when finance matches the transfer, once per reference', async () => {
    const { order } = await placed();
    const reference = 'MT103-7';
    const answers = await Promise.all([1, 2, 3].map(() => transfer(order.id, order.total.amount, reference)));
    expect(answers.map((answer) => answer.body.outcome).sort()).toEqual(['paid', 'repeated', 'repeated']);
    const now = await seen(order);
    expect([now.state, now.tickets.length]).toEqual(['paid', 15]);
    expect(new Set(now.tickets.map((ticket) => ticket.admissionCode)).size).toBe(15);
  });

  it('goes into review when too little came, and back by hand', async () => {
    const { order } = await placed();
    expect((await transfer(order.id, order.total.amount - 100)).body.outcome).toBe('review');
    const [attempt] = await stage.db.database.query<{ id: string }>(
      `SELECT id FROM payment_attempt WHERE order_id = $1 AND state = 'review'`,
      [order.id],
    );
    await stage.call(finance, 'POST', `/payments/${attempt!.id}/review/refund`);
    const due = (await stage.call(finance, 'GET', '/refunds')).body;
    const refund = due.find((one: { orderId: string }) => one.orderId === order.id);
    expect(refund.amount.amount).toBe(order.total.amount - 100);
    for (const _ of [1, 2]) {
      const paid = await stage.call(finance, 'POST', `/refunds/${refund.id}/paid-out`, { account: 'bank' });
      expect([paid.status, paid.body.state]).toEqual([200, 'refunded']);
    }
    await eventually(async () => expect((await seen(order)).state).toBe('refunded'));
  });

  it('asks finance to pay a returned seat out, not a provider', async () => {
    const { order } = await placed();
    await transfer(order.id, order.total.amount);
    const path = `/orders/${order.id}/returns?key=${order.key}`;
    const answer = await stage.call(castMember('leader'), 'POST', path, { lines: [1], expectedFee: 0 });
    expect([answer.status, answer.body.state]).toEqual([200, 'paid']);
    const due = (await stage.call(finance, 'GET', '/refunds')).body;
    const refund = due.find((one: { orderId: string }) => one.orderId === order.id);
    expect((await stage.call(finance, 'POST', `/refunds/${refund.id}/paid-out`, { account: 'bank' })).body.state).toBe(
      'refunded',
    );
  });

  it('enters by one code in as many parts as it comes, each person once, at two gates at once', async () => {
    const now = Date.now();
    const iso = (ms: number) => new Date(now + ms).toISOString();
    const screening = await stage.screening({
      startsAt: iso(DAY),
      endsAt: iso(DAY + 5_400_000),
      doorsOpenAt: iso(-60_000),
      lateEntryUntil: iso(DAY),
    });
    const { order } = await placed({ codes: 'one', dueOn: day(DAY) }, screening);
    await transfer(order.id, order.total.amount);
    const shown = await seen(order);
    expect(shown.tickets.map((ticket) => ticket.places)).toEqual([15]);
    const code = shown.tickets[0]!.admissionCode;
    const devices = await Promise.all(['north', 'south'].map(device));
    const scan = async (token: string) => {
      const body = { scanId: randomUUID(), screeningId: screening, code, at: new Date().toISOString() };
      const answer = await fetch(`${stage.service.url}/door/scans`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Device-Token': token },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { verdict: string; row?: string; seat?: string };
    };
    const verdicts: { verdict: string; row?: string; seat?: string }[] = [];
    for (let n = 0; n < 8; n++) verdicts.push(...(await Promise.all(devices.map(scan))));
    expect(verdicts.filter((one) => one.verdict === 'ok')).toHaveLength(15);
    expect(new Set(verdicts.filter((one) => one.verdict === 'ok').map((one) => `${one.row} ${one.seat}`)).size).toBe(
      15,
    );
    expect(verdicts.filter((one) => one.verdict === 'already_used')).toHaveLength(1);
  });

  const device = async (gate: string): Promise<string> => (await stage.scanner(manager, { name: gate, gate })).token;
});
