import { randomUUID } from 'node:crypto';
import { isNobody, nobodyOf } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION } from '#libs/testing';
import { TakePayment } from '../src/counter/counter-sales/take-payment.js';
import { atTheCounter, type CounterStage, claimsOf, drawerOf } from './counter-stage.js';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { peopleDouble } from './people-double.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const HOUR = 3_600_000;

describe('a sale over the counter', () => {
  let people: Awaited<ReturnType<typeof peopleDouble>>;
  let stage: TicketsStage;
  let till: CounterStage;
  let screening: string;
  const clerk = castMember('clerk', ['box-office']);
  const other = castMember('other', ['box-office']);
  const manager = castMember('manager', ['house-manager']);
  const admin = castMember('admin', ['admin']);

  beforeAll(async () => {
    people = await peopleDouble();
    stage = await openStage({ GATEWAY_URL: people.url });
    till = await atTheCounter(stage, clerk, '1');
  });
  beforeEach(async () => {
    screening = await stage.screening();
    stage.sandbox.terminal.faults = {};
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(async () => {
    await stage.close();
    people.server.close();
  });

  const claims = () => claimsOf(stage, screening);
  const drawer = () => drawerOf(stage, till.shift);
  const cash = { by: 'cash', tendered: 1_000_000 };
  const card = { by: 'terminal' };

  describe('in cash', () => {
    it('is done at once, with change, tickets nobody has printed and money in the drawer', async () => {
      const before = await drawer();
      const sold = await till.sell([await till.hold(screening, ['A-1', 'A-2'])], cash);
      expect([sold.status, sold.body.state, sold.body.orderState]).toEqual([201, 'done', 'paid']);
      expect(sold.body).toMatchObject({
        total: { amount: 500_000 },
        change: { amount: 500_000 },
        roundedBy: { amount: 0 },
      });
      expect(sold.body.tickets.map(({ seat, printed }) => [seat, printed])).toEqual([
        ['1', false],
        ['2', false],
      ]);
      expect((await drawer()) - before).toBe(500_000);
    });

    it('is rounded to five tenge by a line of its own in the order and in the books, and voided whole', async () => {
      const odd = await stage.screening({
        prices: [
          { category: 'A', name: { kk: 'A', ru: 'A', en: 'A' }, amount: 123_300, currency: 'KZT' },
          { category: 'B', name: { kk: 'B', ru: 'B', en: 'B' }, amount: 100_000, currency: 'KZT' },
          { category: 'C', name: { kk: 'C', ru: 'C', en: 'C' }, amount: 0, currency: 'KZT' },
        ],
      });
      const before = await drawer();
      const token = await till.hold(odd, ['A-1', 'A-2']);
      const quote = await till.post('/price', { shiftId: till.shift, holds: [token] });
      expect(quote.body).toMatchObject({
        total: { amount: 246_600 },
        cash: { total: { amount: 246_500 }, roundedBy: { amount: -100 } },
      });
      const sold = await till.sell([token], { by: 'cash', tendered: 250_000 });
      expect(sold.body).toMatchObject({
        total: { amount: 246_500 },
        roundedBy: { amount: -100 },
        change: { amount: 3_500 },
      });
      const legs = await stage.db.database.query(
        `SELECT account, amount::int AS amount FROM ledger_entry WHERE order_id = $1 ORDER BY account`,
        [sold.body.id],
      );
      expect(legs).toEqual([
        { account: 'provider:cash', amount: 246_500 },
        { account: 'rounding', amount: 100 },
        { account: 'sales', amount: -246_600 },
      ]);
      const voided = await till.post(`/sales/${sold.body.id}/void`, { reason: 'Передумали' });
      expect(voided.body).toMatchObject({ state: 'voided', orderState: 'refunded', tickets: [] });
      expect(await drawer()).toBe(before);
    });

    it('belongs to the person of an address where one was given, and else to nobody', async () => {
      const owner = async (buyer: object, seat: string) => {
        const sold = await till.sell([await till.hold(screening, [seat])], cash, randomUUID(), { buyer });
        const [order] = await stage.db.database.query<{ person: string; name: string | null; phone: string | null }>(
          `SELECT o.person_id AS person, s.buyer_name AS name, s.buyer_phone AS phone
             FROM orders o JOIN counter_sale s ON s.order_id = o.id WHERE o.id = $1`,
          [sold.body.id],
        );
        return { ...order!, id: sold.body.id };
      };
      const known = await owner({ name: 'Дана', email: 'dana@example.kz' }, 'B-1');
      expect([isNobody(known.person), known.name]).toEqual([false, null]);
      const unknown = await owner({ name: 'Дана', phone: '+7 701 000 00 00' }, 'B-2');
      expect(unknown).toMatchObject({ person: nobodyOf(unknown.id), name: 'Дана', phone: '+7 701 000 00 00' });
    });

    it('is refused before anything is taken when too little was handed over', async () => {
      const refused = await till.sell([await till.hold(screening, ['A-1'])], { by: 'cash', tendered: 200_000 });
      expect([refused.status, refused.body.code]).toEqual([422, 'tendered-too-little']);
      expect(await claims()).toEqual([]);
    });

    it('sent twice, and three times at once, is one sale and one movement', async () => {
      const before = await drawer();
      const token = await till.hold(screening, ['B-1']);
      const key = randomUUID();
      const answers = await Promise.all([1, 2, 3].map(() => till.sell([token], cash, key)));
      expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
      for (const { status, body } of answers)
        expect([201, 409]).toContain(status === 409 && body.code !== 'request-in-flight' ? `${body.code}` : status);
      const again = await till.sell([token], cash, key);
      expect([again.status, again.body.state]).toEqual([201, 'done']);
      expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))).toEqual(
        new Set([again.body.id]),
      );
      expect((await drawer()) - before).toBe(100_000);
      const changed = await till.sell([token], { by: 'cash', tendered: 2_000_000 }, key);
      expect([changed.status, changed.body.code]).toEqual([422, 'idempotency-key-reused']);
    });

    it('is found again by its key after a crash between order and money', async () => {
      const token = await till.hold(screening, ['A-1']);
      const key = randomUUID();
      const crash = jest
        .spyOn(stage.service.app.get(TakePayment, { strict: false }), 'cash')
        .mockRejectedValueOnce(new Error('crash'));
      expect((await till.sell([token], cash, key)).status).toBe(500);
      crash.mockRestore();
      expect(await claims()).toEqual([{ seat: 'A-1', owner: 'order' }]);
      const again = await till.sell([token], cash, key);
      expect([again.body.state, again.body.tickets.length]).toEqual(['done', 1]);
    });

    it('of one seat by two clerks is one clerk’s', async () => {
      const second = await atTheCounter(stage, other, '2');
      const [a, b] = await Promise.all([
        stage.call(clerk, 'POST', '/holds', { screeningId: screening, seats: ['A-1'] }, randomUUID()),
        stage.call(other, 'POST', '/holds', { screeningId: screening, seats: ['A-1'] }, randomUUID()),
      ]);
      expect([a.status, b.status].sort()).toEqual([201, 409]);
      const [winner, token] = a.status === 201 ? [till, a.body.token] : [second, b.body.token];
      const loser = winner === till ? second : till;
      expect((await loser.sell([token], cash)).body.code).toBe('hold-unknown');
      expect((await winner.sell([token], cash)).body.state).toBe('done');
    });
  });

  describe('for nothing', () => {
    const free = (more: object = {}) => ({ by: 'complimentary', reason: 'Гости фестиваля', ...more });

    it('is a clerk’s own decision up to the limit, a house manager’s above it, once per approval', async () => {
      const seats = (row: string, n: number) => Array.from({ length: n }, (_, i) => `${row}-${i + 1}`);
      const own = await till.sell([await till.hold(screening, seats('A', 4))], free());
      expect(own.body).toMatchObject({ state: 'done', total: { amount: 0 }, reason: 'Гости фестиваля' });
      const token = await till.hold(screening, seats('B', 2));
      const above = await till.sell([token], free());
      expect([above.status, above.body.code, above.body.facts]).toEqual([
        403,
        'approval-needed',
        { limit: 4, given: 4 },
      ]);
      const asked = await till.post('/approvals', { shiftId: till.shift, seats: 2, reason: 'Делегация' });
      expect((await till.sell([token], free({ approval: asked.body.id }))).body.code).toBe('approval-needed');
      const waiting = await stage.call(manager, 'GET', `/counter/approvals?editionId=${EDITION}`);
      expect(waiting.body).toMatchObject([{ id: asked.body.id, till: '1', seats: 2 }]);
      const decision = `/counter/approvals/${asked.body.id}/decision`;
      expect((await stage.call(clerk, 'POST', decision, { approve: true })).status).toBe(403);
      expect((await stage.call(manager, 'POST', decision, { approve: true })).body.state).toBe('approved');
      const key = randomUUID();
      const given = await till.sell([token], free({ approval: asked.body.id }), key);
      expect([given.body.state, given.body.tickets.length]).toEqual(['done', 2]);
      expect((await till.sell([token], free({ approval: asked.body.id }), key)).body.id).toBe(given.body.id);
      const third = await till.sell([await till.hold(screening, ['C-1'])], free({ approval: asked.body.id }));
      expect(third.body.code).toBe('approval-needed');
      const log = await stage.call(admin, 'GET', '/audit?action=complimentary.');
      expect(log.body.entries.map((entry: { action: string }) => entry.action)).toEqual([
        'complimentary.given',
        'complimentary.approved',
        'complimentary.given',
      ]);
    });
  });

  describe('afterwards', () => {
    it('is voided only while it is the last one and nobody has entered', async () => {
      const first = await till.sell([await till.hold(screening, ['A-1'])], cash);
      const second = await till.sell([await till.hold(screening, ['A-2'])], cash);
      const refused = await till.post(`/sales/${first.body.id}/void`, { reason: 'Ошибка' });
      expect([refused.status, refused.body.code]).toEqual([409, 'void-not-last']);
      expect([first.body.voidUntil !== null, second.body.voidUntil !== null]).toEqual([true, true]);
      const before = await drawer();
      for (const _ of [1, 2]) {
        const voided = await till.post(`/sales/${second.body.id}/void`, { reason: 'Ошибка' });
        expect([voided.status, voided.body.state]).toEqual([200, 'voided']);
      }
      expect(before - (await drawer())).toBe(250_000);
      expect((await till.post(`/sales/${first.body.id}/void`, { reason: 'Ошибка' })).body.state).toBe('voided');
    });

    it('is printed on both papers, and stays unprinted until the clerk says so', async () => {
      const sold = await till.sell([await till.hold(screening, ['A-1', 'A-2'])], cash);
      const path = `/counter/orders/${sold.body.id}`;
      for (const format of ['80mm', 'a6']) {
        const answer = await fetch(`${stage.service.url}${path}/papers?format=${format}`, {
          headers: { Authorization: `Bearer ${await stage.token(clerk)}` },
        });
        const bytes = Buffer.from(await answer.arrayBuffer());
        expect([answer.status, bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
        // Two tickets and the receipt.
        expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(3);
      }
      const [one, two] = sold.body.tickets;
      const said = await till.post(`/orders/${sold.body.id}/printed`, { shiftId: till.shift, tickets: [one!.id] });
      expect(said.body.tickets.map(({ printed }: { printed: boolean }) => printed)).toEqual([true, false]);
      const listed = await till.get(`/sales?shiftId=${till.shift}`);
      expect(listed.body.sales[0].id).toBe(sold.body.id);
      await till.post(`/orders/${sold.body.id}/printed`, { shiftId: till.shift, tickets: [one!.id, two!.id] });
      const after = (await till.get(`/orders/${sold.body.id}`)).body;
      expect(after.tickets.every(({ printed }: { printed: boolean }) => printed)).toBe(true);
    });

    it('is found by number, code and name, to be handed out', async () => {
      const buyer = { name: 'Ерлан Қасымов', phone: '+7 777 123 45 67' };
      const sold = await till.sell([await till.hold(screening, ['A-1'])], cash, randomUUID(), { buyer });
      const found = async (text: string) => {
        const { body } = await till.get(`/orders?editionId=${EDITION}&text=${encodeURIComponent(text)}`);
        return body.filter(({ orderId }: { orderId: string }) => orderId === sold.body.id);
      };
      const [ticket] = sold.body.tickets;
      for (const text of [sold.body.number, sold.body.number.slice(0, 4).toLowerCase(), ticket!.shortCode, 'қасым'])
        expect(await found(text)).toMatchObject([{ buyerName: buyer.name, tickets: 1, unprinted: 1 }]);
      expect(await found('45 67')).toEqual([]);
      expect(await found('%%')).toEqual([]);
      const elsewhere = await till.get('/orders?editionId=another-2020&text=45');
      expect(elsewhere.status).toBe(200);
      expect(elsewhere.body).toEqual([]);
    });

    it('gets a new code for a lost ticket, and the old one is dead', async () => {
      const sold = await till.sell([await till.hold(screening, ['A-1'])], cash);
      const [ticket] = sold.body.tickets;
      const key = randomUUID();
      const body = { shiftId: till.shift, reason: 'Принтер зажевал' };
      const again = await till.post(`/tickets/${ticket!.id}/reprint`, body, key);
      expect(again.body.tickets).toHaveLength(1);
      expect(again.body.tickets[0]).toMatchObject({ printed: false, seat: '1' });
      expect(again.body.tickets[0].shortCode).not.toBe(ticket!.shortCode);
      expect((await till.post(`/tickets/${ticket!.id}/reprint`, body, key)).body).toEqual(again.body);
      const [old] = await stage.db.database.query('SELECT state, ended_as FROM ticket WHERE id = $1', [ticket!.id]);
      expect(old).toEqual({ state: 'ended', ended_as: 'reprinted' });
    });

    it('lets nobody in with the old code of a reprinted ticket', async () => {
      const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
      const now = await stage.screening({
        startsAt: iso(HOUR),
        endsAt: iso(3 * HOUR),
        doorsOpenAt: iso(-HOUR),
        lateEntryUntil: iso(2 * HOUR),
      });
      const sold = await till.sell([await till.hold(now, ['A-1'])], cash);
      // In whose name the shift's orders are placed: only there can a spec read the codes that printers get.
      const shift: Caller = { kind: 'visitor', id: `counter:${till.shift}`, roles: [] };
      const codes = async () =>
        (await stage.call(shift, 'GET', `/orders/${sold.body.id}`)).body.tickets.map(
          ({ admissionCode }: { admissionCode: string }) => admissionCode,
        ) as string[];
      const [old] = await codes();
      const reason = 'Порвался';
      await till.post(`/tickets/${sold.body.tickets[0]!.id}/reprint`, { shiftId: till.shift, reason });
      const made = (await codes()).find((code) => code !== old);
      const gate = await stage.scanner(manager);
      const scan = async (code: string) => {
        const body = { scanId: randomUUID(), screeningId: now, code, at: new Date().toISOString() };
        const answer = await fetch(`${stage.service.url}/door/scans`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-Device-Token': gate.token },
          body: JSON.stringify(body),
        });
        return ((await answer.json()) as { verdict: string }).verdict;
      };
      expect([await scan(old!), await scan(made!)]).toEqual(['cancelled', 'ok']);
      const used = await till.post(`/sales/${sold.body.id}/void`, { reason: 'Ошибка' });
      expect(used.body.code).toBe('ticket-used-or-ended');
    });

    it('comes back in part: cash leaves the drawer, a card’s money goes its own way', async () => {
      const sold = await till.sell([await till.hold(screening, ['A-1', 'A-2'])], cash);
      const before = await drawer();
      const body = { shiftId: till.shift, lines: [1], keptFee: 0, reason: 'Заболели' };
      const key = randomUUID();
      for (const _ of [1, 2]) {
        const back = await till.post(`/orders/${sold.body.id}/returns`, body, key);
        expect(back.body).toMatchObject({ cashBack: { amount: 250_000 }, otherwise: { amount: 0 } });
      }
      expect(before - (await drawer())).toBe(250_000);
      const byCard = await till.sell([await till.hold(screening, ['B-1'])], card);
      const other = await till.post(`/orders/${byCard.body.id}/returns`, { ...body, lines: [1] });
      expect(other.body).toMatchObject({ cashBack: { amount: 0 }, otherwise: { amount: 100_000 } });
    });
  });
});
