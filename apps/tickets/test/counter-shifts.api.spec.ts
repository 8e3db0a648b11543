import { randomUUID } from 'node:crypto';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION, eventually } from '#libs/testing';
import { ForgetCallers } from '../src/counter/counter-sales/forget-callers.job.js';
import { atTheCounter, type CounterStage } from './counter-stage.js';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const HOUR = 3_600_000;

describe('the box office', () => {
  let stage: TicketsStage;
  const manager = castMember('manager', ['house-manager']);
  const finance = castMember('finance', ['finance']);
  const admin = castMember('admin', ['admin']);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  describe('a shift', () => {
    const clerk = castMember('shift-clerk', ['box-office']);
    let till: CounterStage;
    let screening: string;

    beforeAll(async () => {
      screening = await stage.screening();
      till = await atTheCounter(stage, clerk, '1', 2_000_000);
    });

    const open = (who: Caller, name: string, key = randomUUID()) =>
      stage.call(who, 'POST', '/counter/shifts', { editionId: EDITION, till: name, openingFloat: 0 }, key);

    it('is one per till and one per clerk', async () => {
      expect((await open(castMember('second', ['box-office']), '1')).body.code).toBe('till-taken');
      expect((await open(clerk, '2')).body.code).toBe('clerk-has-shift');
      expect((await open(castMember('third', ['box-office']), 'Cellar')).body.code).toBe('till-unknown');
      const tills = await till.get(`/tills?editionId=${EDITION}`);
      expect(tills.body[0]).toMatchObject({ name: '1', shift: { id: till.shift, mine: true } });
      expect((await till.get(`/shifts/mine?editionId=${EDITION}`)).body.shift.id).toBe(till.shift);
    });

    it('opened twice with one key is one shift, also when both calls come at once', async () => {
      const other = castMember('fourth', ['box-office']);
      const key = randomUUID();
      const answers = await Promise.all([1, 2, 3].map(() => open(other, '3', key)));
      expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
      const again = await open(other, '3', key);
      expect(again.status).toBe(201);
      expect((await stage.call(other, 'GET', `/counter/shifts/${again.body.id}`)).body.movements).toHaveLength(1);
    });

    it('moves cash with a reason: in the drawer once per key, in the books and in the audit log', async () => {
      const key = randomUUID();
      const body = { kind: 'pay-out', amount: 500_000, reason: 'Инкассация' };
      for (const _ of [1, 2]) expect((await till.post(`/shifts/${till.shift}/movements`, body, key)).status).toBe(200);
      await till.post(`/shifts/${till.shift}/movements`, { kind: 'pay-in', amount: 20_000, reason: 'Размен' });
      const { body: shift } = await till.get(`/shifts/${till.shift}`);
      expect(
        shift.movements.map((one: { kind: string; amount: { amount: number } }) => [one.kind, one.amount.amount]),
      ).toEqual([
        ['float', 2_000_000],
        ['pay-out', -500_000],
        ['pay-in', 20_000],
      ]);
      const log = await stage.call(admin, 'GET', `/audit?action=drawer.&subject=${till.shift}`);
      expect(log.body.entries).toHaveLength(3);
      const [booked] = await stage.db.database.query<{ sum: number }>(
        `SELECT sum(amount)::int AS sum FROM ledger_entry WHERE order_id = $1 AND account = 'drawer'`,
        [till.shift],
      );
      expect(booked!.sum).toBe(1_520_000);
    });

    it('does not tell its clerk what the drawer should hold before the count', async () => {
      const sold = await till.sell([await till.hold(screening, ['A-1', 'A-2'])], { by: 'cash', tendered: 500_000 });
      await till.sell([await till.hold(screening, ['A-3'])], { by: 'terminal' });
      const mine = await till.get(`/shifts/${till.shift}/x-report`);
      expect(mine.body.figures).toMatchObject({ sales: 2, tickets: 3, cash: null, terminal: { sales: 1 } });
      const { body: shift } = await till.get(`/shifts/${till.shift}`);
      expect(shift.movements.at(-1)).toMatchObject({ kind: 'sale', amount: null, orderNumber: sold.body.number });
      const theirs = await stage.call(manager, 'GET', `/counter/shifts/${till.shift}/x-report`);
      expect(theirs.body.figures.cash).toMatchObject({ taken: { amount: 500_000 }, expected: { amount: 2_020_000 } });
      const stranger = castMember('stranger', ['box-office']);
      expect((await stage.call(stranger, 'GET', `/counter/shifts/${till.shift}/x-report`)).status).toBe(404);
    });

    it('is nobody else’s to sell in', async () => {
      const stranger = castMember('stranger', ['box-office']);
      const held = await stage.call(
        stranger,
        'POST',
        '/holds',
        { screeningId: screening, seats: ['B-9'] },
        randomUUID(),
      );
      const body = till.body([held.body.token], { by: 'terminal' });
      expect((await stage.call(stranger, 'POST', '/counter/sales', body, randomUUID())).status).toBe(404);
      const elsewhere: Caller = { ...clerk, roles: ['box-office@another-2020'] };
      expect((await stage.call(elsewhere, 'POST', '/counter/sales', body, randomUUID())).status).toBe(403);
    });

    it('is closed by a count, once, and its report tells the difference', async () => {
      const close = (sent: object) => till.post(`/shifts/${till.shift}/close`, sent);
      const wrong = await close({ counted: 2_000_000, denominations: { '20000': 1, '200': 2 } });
      expect([wrong.status, wrong.body.code]).toEqual([422, 'count-differs']);
      const closed = await close({ counted: 2_000_000, denominations: { '10000': 2 } });
      expect(closed.body).toMatchObject({
        number: 1,
        counted: { amount: 2_000_000 },
        difference: { amount: -20_000 },
        denominations: { '10000': 2 },
        signed: null,
        figures: { cash: { expected: { amount: 2_020_000 }, sales: 1 }, terminal: { taken: { amount: 250_000 } } },
      });
      expect((await close({ counted: 2_020_000 })).body).toEqual(closed.body);
      expect((await till.get(`/shifts/${till.shift}/z-report`)).body).toEqual(closed.body);
      const late = await till.sell([await till.hold(screening, ['B-1'])], { by: 'cash', tendered: 100_000 });
      expect([late.status, late.body.code]).toEqual([409, 'shift-closed']);
      const moved = await till.post(`/shifts/${till.shift}/movements`, { kind: 'pay-in', amount: 100, reason: 'Ещё' });
      expect(moved.body.code).toBe('shift-closed');
    });

    it('is signed by a manager, never by its clerk, even one with both roles', async () => {
      const sign = (who: Caller) =>
        stage.call(who, 'POST', `/counter/shifts/${till.shift}/sign`, { note: 'Пересчитано' });
      const both: Caller = { ...clerk, roles: ['box-office', 'house-manager'] };
      expect((await sign(both)).body.code).toBe('signed-by-clerk');
      const signed = await sign(finance);
      expect(signed.body.signed).toMatchObject({ by: finance.id, note: 'Пересчитано' });
      expect((await sign(manager)).body.signed.by).toBe(finance.id);
      const day = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Almaty' });
      const listed = await stage.call(finance, 'GET', `/counter/shifts?editionId=${EDITION}&day=${day}`);
      expect(listed.body.find(({ id }: { id: string }) => id === till.shift)).toMatchObject({
        state: 'signed',
        zNumber: 1,
        sales: 2,
        difference: { amount: -20_000 },
      });
      const elsewhere = await stage.call(finance, 'GET', `/counter/shifts?editionId=${EDITION}&day=2019-09-14`);
      expect(elsewhere.body).toEqual([]);
    });

    it('stands in the cash report of finance', async () => {
      const { body } = await stage.call(finance, 'GET', `/editions/${EDITION}/reports/cash`);
      const [row, ...others] = body.rows as unknown[][];
      const figures = [20_000, 500_000, 500_000, 0, 0, 2_020_000, 2_000_000, -20_000];
      expect([row![2], ...row!.slice(4, 14), others]).toEqual(['1', 1, 2_000_000, ...figures, []]);
      expect((await stage.call(clerk, 'GET', `/editions/${EDITION}/reports/cash`)).status).toBe(403);
    });

    it('that closes while it sells counts exactly what it sold', async () => {
      const racer = castMember('racer', ['box-office']);
      const busy = await atTheCounter(stage, racer, '4', 0);
      const show = await stage.screening();
      // A clerk's holds of one screening replace each other: each sale here has a screening of its own.
      const shows = [show, ...(await Promise.all([1, 2, 3, 4, 5].map(() => stage.screening())))];
      // Every other one costs nothing.
      const tokens = await Promise.all(shows.map((id, index) => busy.hold(id, [index % 2 ? 'C-1' : 'B-1'])));
      const sales = tokens.map((token) => busy.sell([token], { by: 'cash', tendered: 100_000 }));
      await Promise.race(sales);
      const closed = await busy.post(`/shifts/${busy.shift}/close`, { counted: 0 });
      const answers = await Promise.all(sales);
      const sold = answers.filter(({ body }) => body.state === 'done').map(({ body }) => body.total.amount);
      const [done, sum] = [sold.length, sold.reduce((all, one) => all + one, 0)];
      expect(done).toBeGreaterThan(0);
      expect(
        answers.filter(({ body }) => body.state !== 'done').every(({ body }) => body.code === 'shift-closed'),
      ).toBe(true);
      expect(closed.body.figures).toMatchObject({ sales: done, cash: { expected: { amount: sum } } });
      expect(closed.body.difference.amount).toBe(sum === 0 ? 0 : -sum);
    });

    it('numbers its reports without gaps when several close at once', async () => {
      const clerks = ['one', 'two', 'four'].map((name) => castMember(`z-${name}`, ['box-office']));
      const tills = await Promise.all(clerks.map((who, index) => atTheCounter(stage, who, ['1', '2', '4'][index]!, 0)));
      const reports = await Promise.all(tills.map((one) => one.post(`/shifts/${one.shift}/close`, { counted: 0 })));
      expect(reports.map(({ body }) => body.number).sort()).toEqual([3, 4, 5]);
    });
  });

  describe('a reservation by phone', () => {
    const clerk = castMember('phone-clerk', ['box-office']);
    let till: CounterStage;
    const who = { name: 'Әсел Нұрланқызы', phone: '+7 701 234 56 78' };
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const limited = {
      allocations: [{ id: 'public', capacity: 3, classes: ['public'], overflow: [] }],
    };

    beforeAll(async () => {
      till = await atTheCounter(stage, clerk, '1', 0);
    });

    const reserve = (screening: string, seats: string[], more: object = {}, key = randomUUID()) =>
      till.post('/reservations', { screeningId: screening, seats, ...who, ...more }, key);
    const used = async (screening: string) => {
      const [row] = await stage.db.database.query<{ used: number }>('SELECT used FROM usage_limit WHERE id = $1', [
        `${screening}:public`,
      ]);
      return row?.used;
    };

    it('keeps its seats, is found by name or the end of the number, and counts in the share', async () => {
      const screening = await stage.screening(limited);
      const key = randomUUID();
      const made = await reserve(screening, ['A-1', 'A-2'], {}, key);
      expect(made.status).toBe(201);
      expect((await reserve(screening, ['A-1', 'A-2'], {}, key)).body.id).toBe(made.body.id);
      expect(await used(screening)).toBe(2);
      for (const text of ['нұрлан', '56 78', '5678']) {
        const found = await till.get(`/reservations?editionId=${EDITION}&text=${encodeURIComponent(text)}`);
        expect(found.body.map(({ id }: { id: string }) => id)).toContain(made.body.id);
      }
      expect((await reserve(screening, ['A-2'])).body.code).toBe('seats-taken');
      expect((await reserve(screening, ['A-5', 'A-6'])).body.code).toBe('allocation-full');
      const released = await till.post(`/reservations/${made.body.id}/release`);
      expect(released.body.state).toBe('released');
      expect(await used(screening)).toBe(0);
    });

    it('is sold whole, once, and what was counted is not counted again', async () => {
      const screening = await stage.screening(limited);
      const made = await reserve(screening, ['A-1', 'A-2']);
      const taken = await till.post(`/reservations/${made.body.id}/sell`);
      expect(taken.body.seats).toHaveLength(2);
      const payment = { by: 'cash', tendered: 500_000 };
      const key = randomUUID();
      const sold = await till.sell([taken.body.token], payment, key);
      expect([sold.body.state, sold.body.tickets.length, await used(screening)]).toEqual(['done', 2, 2]);
      expect((await till.sell([taken.body.token], payment, key)).body.id).toBe(sold.body.id);
      expect((await till.sell([taken.body.token], payment)).body.code).toBe('reservation-over');
      expect((await till.post(`/reservations/${made.body.id}/release`)).body.code).toBe('reservation-over');
      const back = { shiftId: till.shift, lines: [1, 2], keptFee: 0, reason: 'Не приедут' };
      await till.post(`/orders/${sold.body.id}/returns`, back);
      expect(await used(screening)).toBe(0);
    });

    it('is refused when its hour has passed, and lapses by itself an hour before the start', async () => {
      const soon = await stage.screening({ startsAt: at(HOUR / 2), endsAt: at(2 * HOUR) });
      expect((await reserve(soon, ['A-1'])).body.code).toBe('reservation-too-late');
      const screening = await stage.screening({ startsAt: at(HOUR + 1_500), endsAt: at(3 * HOUR) });
      const beyond = await reserve(screening, ['A-1'], { until: at(HOUR) });
      expect(beyond.body.code).toBe('reservation-too-late');
      const made = await reserve(screening, ['A-1']);
      expect(made.body.state).toBe('kept');
      await eventually(async () => {
        const listed = await till.get(`/reservations?editionId=${EDITION}&screeningId=${screening}`);
        expect(listed.body[0].state).toBe('released');
      });
      expect((await till.post(`/reservations/${made.body.id}/sell`)).body.code).toBe('reservation-over');
      expect(await till.hold(screening, ['A-1'])).toBeTruthy();
    });

    it('forgets name and phone a day after its end', async () => {
      const screening = await stage.screening();
      const made = await reserve(screening, ['A-1']);
      await till.post(`/reservations/${made.body.id}/release`);
      await stage.db.database.query(`UPDATE block SET released_at = released_at - interval '25 hours' WHERE id = $1`, [
        made.body.id,
      ]);
      await stage.service.app.get(ForgetCallers, { strict: false }).look();
      const listed = await till.get(`/reservations?editionId=${EDITION}&screeningId=${screening}`);
      expect(listed.body[0]).toMatchObject({ name: '', phone: '' });
    });
  });
});
