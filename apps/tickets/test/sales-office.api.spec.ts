import { randomUUID } from 'node:crypto';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION, eventually } from '#libs/testing';
import { PLAIN_RULES } from '../src/sale/pricing/price.rules.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };

describe('the sales office', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const desk = castMember('desk', ['box-office']);
  const finance = castMember('finance', ['finance']);
  const manager = castMember('manager', ['house-manager']);
  const admin = castMember('admin', ['admin']);
  let screening: string;
  let order: { id: string; number: string };

  async function bought(seats: string[]): Promise<{ id: string; number: string }> {
    const held = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats }, randomUUID());
    const body = { holds: [held.body.token], language: 'ru', consent: CONSENT };
    const placed = (await stage.call(aigul, 'POST', '/orders', body, randomUUID())).body;
    const page = (await stage.call(aigul, 'POST', `/orders/${placed.id}/payments`, {})).body.redirectUrl;
    await fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
    await eventually(async () =>
      expect((await stage.call(aigul, 'GET', `/orders/${placed.id}`)).body.state).toBe('paid'),
    );
    return placed;
  }
  const atDesk = (who: Caller = desk) => stage.call(who, 'GET', `/orders/${order.id}/desk`);

  beforeAll(async () => {
    stage = await openStage();
    screening = await stage.screening();
    order = await bought(['A-1', 'A-2']);
  });
  afterAll(() => stage.close());

  it('sees how the edition and one screening sell', async () => {
    const { body } = await stage.call(manager, 'GET', `/editions/${EDITION}/sales`);
    expect(body.totals).toMatchObject({ sold: 2, revenue: 500_000, orders: 1, refunded: 0 });
    expect(body.days).toEqual([{ day: expect.any(String), sold: 2, returned: 0, revenue: 500_000 }]);
    const one = await stage.call(manager, 'GET', `/screenings/${screening}/sales`);
    expect(one.body.occupancy).toMatchObject({ seats: 30, sold: 2, free: 28, kept: 0, revenue: 500_000 });
    expect(one.body.taken).toEqual([
      { seatId: 'A-1', owner: 'order' },
      { seatId: 'A-2', owner: 'order' },
    ]);
    expect(one.body.curve).toEqual([{ at: expect.any(String), sold: 2 }]);
  });

  it('is not for buyers, nor for staff of another edition', async () => {
    const elsewhere: Caller = { ...castMember('elsewhere'), roles: ['finance@another-2020'] };
    for (const path of [`/editions/${EDITION}/sales`, `/editions/${EDITION}/orders`, `/orders/${order.id}/desk`]) {
      expect((await stage.call(aigul, 'GET', path)).status).toBe(403);
      expect((await stage.call(elsewhere, 'GET', path)).status).toBe(403);
    }
    expect((await stage.call(manager, 'POST', `/orders/${order.id}/desk-returns`, {})).status).toBe(403);
  });

  it('finds an order by number, by the end of a code, by its person and by screening', async () => {
    const shortCode = (await atDesk()).body.lines[0].shortCode;
    const found = async (query: string) => {
      const { body } = await stage.call(desk, 'GET', `/editions/${EDITION}/orders?${query}`);
      return body.orders.map((one: { id: string }) => one.id);
    };
    expect(await found(`text=${order.number.toLowerCase()}`)).toEqual([order.id]);
    expect(await found(`text=${shortCode}`)).toEqual([order.id]);
    expect(await found(`people=${aigul.id}`)).toEqual([order.id]);
    expect(await found(`screening=${screening}&state=paid`)).toEqual([order.id]);
    expect(await found('people=nobody')).toEqual([]);
    expect(await found('state=refunded')).toEqual([]);
  });

  it('shows an order without anything that opens a door', async () => {
    const { body } = await atDesk();
    expect(body).toMatchObject({ number: order.number, state: 'paid', notes: [], refunds: [] });
    expect(body.lines).toHaveLength(2);
    expect(body.payments).toMatchObject([{ state: 'paid', captured: { amount: 500_000 } }]);
    expect(JSON.stringify(body)).not.toMatch(/admissionCode|"key"/);
  });

  it('keeps notes, and the same call writes one', async () => {
    const key = randomUUID();
    const note = { text: 'Просила перезвонить' };
    await stage.call(desk, 'POST', `/orders/${order.id}/notes`, note, key);
    const { body } = await stage.call(desk, 'POST', `/orders/${order.id}/notes`, note, key);
    expect(body.notes).toMatchObject([{ by: desk.id, text: note.text }]);
  });

  it('gives tickets back once, with a reason that stays', async () => {
    const body = { lines: [1], keptFee: 0, reason: 'Болезнь, справка показана' };
    const first = await stage.call(finance, 'POST', `/orders/${order.id}/desk-returns`, body);
    const again = await stage.call(finance, 'POST', `/orders/${order.id}/desk-returns`, body);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body.refunded.amount).toBe(250_000);
    expect(again.body.refunds).toHaveLength(1);
    expect(again.body.notes.at(-1)).toMatchObject({ by: finance.id, text: body.reason });
    const log = await stage.call(admin, 'GET', '/audit?action=tickets.');
    expect(log.body.entries).toMatchObject([
      { actor: finance.id, action: 'tickets.returned-at-desk', subject: order.id, facts: { lines: [1], keptFee: 0 } },
    ]);
  });

  it('refuses to keep more than was paid, and lines that are not there', async () => {
    const ask = (lines: number[], keptFee: number) =>
      stage.call(finance, 'POST', `/orders/${order.id}/desk-returns`, { lines, keptFee, reason: 'Проверка' });
    expect((await ask([2], 250_001)).body.code).toBe('fee-changed');
    expect((await ask([9], 0)).body.code).toBe('order-line-unknown');
  });

  it('tries prices that nobody saved', async () => {
    const child = {
      id: 'child',
      name: { kk: 'Бала', ru: 'Ребёнок', en: 'Child' },
      discount: { percent: 50 },
    };
    const seats = [
      { screeningId: screening, category: 'A', kind: 'child', place: 'seat' },
      { screeningId: screening, category: 'B', kind: 'full', place: 'seat' },
      { screeningId: screening, category: 'B', kind: 'senior', place: 'seat' },
    ];
    const rules = { ...PLAIN_RULES, concessions: [child] };
    const body = { rules, channel: 'online', promo: 'NOBODY', seats };
    const tried = await stage.call(finance, 'POST', `/editions/${EDITION}/price-rules/trial`, body);
    expect(tried.body).toMatchObject({ total: { amount: 325_000 }, promoTrouble: 'unknown', fees: [] });
    expect(tried.body.lines.map((line: { trouble: string | null }) => line.trouble)).toEqual([null, null, 'unknown']);
    const saved = await stage.call(finance, 'GET', `/editions/${EDITION}/price-rules/all`);
    expect(saved.body.rules.concessions).toEqual([]);
  });

  it('lists its devices to the house manager', async () => {
    const device = { editionId: EDITION, name: 'Вход 1', gate: 'A' };
    await stage.call(manager, 'POST', '/door/devices', device, randomUUID());
    const { body } = await stage.call(manager, 'GET', `/door/devices?edition=${EDITION}`);
    expect(body.devices).toMatchObject([{ name: 'Вход 1', gate: 'A', state: 'registered', seenAt: null, scans: 0 }]);
    expect((await stage.call(desk, 'GET', `/door/devices?edition=${EDITION}`)).status).toBe(403);
  });

  it('shows an admin what could not be heard, replays it and gives it up', async () => {
    await stage.db.database.query(`
      INSERT INTO parked_key (consumer, topic, key) VALUES ('tickets', 'screenings', 's1');
      INSERT INTO dead_letter (consumer, topic, "partition", "offset", key, fact, type, event, reason, attempts)
      SELECT 'tickets', 'screenings', 0, n, 's1', 'f' || n, 'screenings.nobody-hears.v1', '{"version":1}', 'Error: broken', 3
        FROM generate_series(900001, 900002) n`);
    const { body } = await stage.call(admin, 'GET', '/dead-letters');
    expect(body.letters).toMatchObject([{ state: 'open', reason: 'Error: broken' }, { state: 'open' }]);
    const [first, second] = body.letters as { id: string }[];
    const dropped = await stage.call(admin, 'POST', `/dead-letters/${first!.id}/drop`);
    expect(dropped.body.letters.map((one: { id: string }) => one.id)).toEqual([second!.id]);
    expect((await stage.call(admin, 'POST', `/dead-letters/${first!.id}/replay`)).body.code).toBe(
      'dead-letter-not-waiting',
    );
    await stage.call(admin, 'POST', `/dead-letters/${second!.id}/drop`);
    expect((await stage.call(finance, 'GET', '/dead-letters')).status).toBe(403);
  });
});
