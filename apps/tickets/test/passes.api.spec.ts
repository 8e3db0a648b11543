import { randomUUID } from 'node:crypto';
import type { Pass } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };
const MINUTE = 60_000;
const NAME = { kk: 'Абонемент', ru: 'Абонемент', en: 'Pass' };
const VENUES = {
  arman: { id: 'arman', name: NAME, address: '' },
  mega: { id: 'mega', name: NAME, address: '' },
};

describe('a film pass', () => {
  let stage: TicketsStage;
  let people = 0;
  const admin = castMember('admin', ['admin']);
  const money = castMember('money', ['finance']);
  const somebody = () => castMember(`passes-${++people}`);
  const kind = (id: string, scope: object, more = {}) => ({
    id,
    name: NAME,
    scope,
    price: { amount: 900_000, currency: 'KZT' },
    onSale: true,
    ...more,
  });
  /** Noon at the venue, two days from now. */
  const noon = new Date(`${new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)}T07:00:00Z`).getTime();
  const day = new Date(noon).toISOString().slice(0, 10);
  const screening = (minutes: number, changes = {}) => {
    const iso = (more: number) => new Date(noon + (minutes + more) * MINUTE).toISOString();
    return stage.screening({
      startsAt: iso(0),
      endsAt: iso(90),
      doorsOpenAt: iso(-30),
      lateEntryUntil: iso(15),
      ...changes,
    });
  };

  beforeAll(async () => {
    stage = await openStage();
    const set = await stage.call(money, 'PUT', `/editions/${EDITION}/pass-kinds`, {
      kinds: [
        kind('three-films', { kind: 'films', films: 3 }),
        kind('day', { kind: 'day', day }, { aDay: 2 }),
        kind('section', { kind: 'section', sections: ['competition'] }),
        kind('all', { kind: 'everything' }),
        kind('old', { kind: 'everything' }, { onSale: false }),
      ],
      travel: { minutes: 45, between: [{ from: 'arman', to: 'mega', minutes: 30 }] },
    });
    expect(set.status).toBe(200);
  });
  afterAll(() => stage.close());
  afterEach(async () => {
    expect(
      await stage.db.database.query(`SELECT id FROM usage_limit l WHERE used > capacity
          OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)`),
    ).toEqual([]);
  });

  const give = async (who: Caller, kindId: string): Promise<Pass> => {
    const body = { editionId: EDITION, kindId, personId: who.id, language: 'en', reason: 'a friend of the festival' };
    const given = await stage.call(admin, 'POST', '/passes', body, randomUUID());
    expect(given.status).toBe(201);
    return given.body;
  };
  const mine = async (who: Caller): Promise<Pass[]> => (await stage.call(who, 'GET', '/my/passes')).body;
  const use = async (who: Caller, code: string, screenings: string[], seats = ['A-1']) => {
    const holds: string[] = [];
    for (const screeningId of screenings) {
      const held = await stage.call(who, 'POST', '/holds', { screeningId, seats }, randomUUID());
      expect(held.status).toBe(201);
      holds.push(held.body.token);
    }
    return stage.call(
      who,
      'POST',
      '/orders',
      { holds, passes: [code], language: 'en', consent: CONSENT },
      randomUUID(),
    );
  };

  it('is bought like a ticket, and its holder finds it with its code', async () => {
    const who = somebody();
    const body = { holds: [], buyPasses: ['three-films'], editionId: EDITION, language: 'en', consent: CONSENT };
    const placed = await stage.call(who, 'POST', '/orders', body, randomUUID());
    expect([placed.status, placed.body.total.amount]).toEqual([201, 900_000]);
    expect(await mine(who)).toEqual([]);
    const page = await stage.call(who, 'POST', `/orders/${placed.body.id}/payments`, {});
    await fetch(page.body.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    await eventually(async () => {
      await stage.call(who, 'POST', `/orders/${placed.body.id}/payments/returned`);
      expect((await mine(who)).map(({ kindId, left, state }) => [kindId, left, state])).toEqual([
        ['three-films', 3, 'live'],
      ]);
    });
    expect((await mine(who))[0]?.code).toMatch(/^[0-9A-F]{20}$/);
    await stage.call(who, 'POST', `/orders/${placed.body.id}/payments/returned`);
    expect(await mine(who)).toHaveLength(1);
    const none = await stage.call(who, 'POST', '/orders', { ...body, buyPasses: ['old'] }, randomUUID());
    expect(none.body.code).toBe('pass-kind-unknown');
  });

  it('pays for one seat of each screening; the buyer sees why it costs nothing', async () => {
    const who = somebody();
    const pass = await give(who, 'three-films');
    const id = await screening(0);
    const placed = await use(who, pass.code.toLowerCase(), [id], ['A-1', 'A-2']);
    expect([placed.status, placed.body.lines.map((l: { price: { amount: number } }) => l.price.amount).sort()]).toEqual(
      [201, [0, 250_000].sort()],
    );
    expect((await mine(who))[0]).toMatchObject({ left: 2, used: [{ screeningId: id, orderId: placed.body.id }] });
    await stage.call(admin, 'POST', `/dev/orders/${placed.body.id}/age`);
    await eventually(async () => expect((await mine(who))[0]).toMatchObject({ left: 3, used: [] }));
    expect((await use(who, pass.code, [id])).body.state).toBe('paid');
  });

  it('has one seat per slot, with the way between two venues', async () => {
    const who = somebody();
    const pass = await give(who, 'all');
    const first = await screening(0, { venue: VENUES.arman });
    expect((await use(who, pass.code, [first])).status).toBe(201);
    const codes = async (minutes: number, venue: object) =>
      (await use(who, pass.code, [await screening(minutes, { venue })])).body.code ?? 'taken';
    expect(await codes(60, VENUES.arman)).toBe('pass-slot-taken');
    expect(await codes(119, VENUES.mega)).toBe('pass-slot-taken');
    expect(await codes(-119, VENUES.mega)).toBe('pass-slot-taken');
    expect(await codes(120, VENUES.mega)).toBe('taken');
    expect(await codes(-90, VENUES.arman)).toBe('taken');
    expect((await use(who, pass.code, [first], ['B-1'])).body.code).toBe('pass-slot-taken');
    const two = [await screening(600), await screening(620)];
    expect((await use(who, pass.code, two)).body.code).toBe('pass-slot-taken');
  });

  it('opens what its scope says, as often a day as its kind says', async () => {
    const who = somebody();
    const pass = await give(who, 'day');
    expect((await use(who, pass.code, [await screening(-120), await screening(60)])).body.state).toBe('paid');
    expect((await use(who, pass.code, [await screening(240)])).body.code).toBe('pass-day-full');
    // A pass that opens nothing of the basket is not silently left out.
    const other = await use(who, pass.code, [await screening(24 * 60)]);
    expect([other.status, other.body.code]).toEqual([422, 'pass-not-usable']);
    const section = await give(who, 'section');
    expect((await use(who, section.code, [await screening(0, { sectionId: 'competition' })])).body.state).toBe('paid');
  });

  it('never gives more films than it has, though twelve orders ask at once', async () => {
    const who = somebody();
    const pass = await give(who, 'three-films');
    const ids: string[] = [];
    for (let n = 0; n < 12; n++) ids.push(await screening(n * 120));
    const answers = await Promise.all(
      ids.map(async (id) => {
        const buyer = somebody();
        return (await use(buyer, pass.code, [id])).body;
      }),
    );
    const codes = answers.map((body) => body.code ?? body.state);
    expect([codes.filter((c) => c === 'paid').length, codes.filter((c) => c === 'pass-used-up').length]).toEqual([
      3, 9,
    ]);
    expect((await mine(who))[0]).toMatchObject({ left: 0 });
  });

  it('comes back with a line that is returned', async () => {
    const who = somebody();
    const pass = await give(who, 'three-films');
    const placed = await use(who, pass.code, [await screening(0)]);
    expect((await mine(who))[0]?.left).toBe(2);
    await stage.db.database.query('SELECT return_lines($1, $2, 0, $3, $4)', [placed.body.id, [1], 'buyer', {}]);
    expect((await mine(who))[0]).toMatchObject({ left: 3, used: [] });
  });

  it('ends when its money goes back or is taken back', async () => {
    const who = somebody();
    const bought = async () => {
      const body = { holds: [], buyPasses: ['all'], editionId: EDITION, language: 'en', consent: CONSENT };
      const { body: order } = await stage.call(who, 'POST', '/orders', body, randomUUID());
      const page = await stage.call(who, 'POST', `/orders/${order.id}/payments`, {});
      const pay = new URLSearchParams({ action: 'pay' });
      await fetch(page.body.redirectUrl, { method: 'POST', body: pay, redirect: 'manual' });
      await eventually(async () => {
        await stage.call(who, 'POST', `/orders/${order.id}/payments/returned`);
        expect((await stage.call(who, 'GET', `/orders/${order.id}`)).body.state).toBe('paid');
      });
      return order.id as string;
    };
    const [disputed, item] = [await bought(), await bought()];
    await stage.db.database.query(`UPDATE orders SET state = 'charged-back' WHERE id = $1`, [disputed]);
    await stage.db.database.query(`UPDATE order_item SET ended_as = 'refunded' WHERE order_id = $1`, [item]);
    expect((await mine(who)).map(({ state }) => state)).toEqual(['ended', 'ended']);
  });

  it('is unknown under another code, and takes nothing once it has ended', async () => {
    const who = somebody();
    const pass = await give(who, 'all');
    expect((await use(who, '0'.repeat(20), [await screening(0)])).body.code).toBe('pass-unknown');
    for (let n = 0; n < 2; n++)
      expect((await stage.call(admin, 'POST', `/passes/${pass.id}/end`, {})).body.state).toBe('ended');
    expect((await use(who, pass.code, [await screening(0)])).body.code).toBe('pass-not-live');
  });
});
