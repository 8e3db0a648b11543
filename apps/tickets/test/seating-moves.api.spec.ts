import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { UndoSeating } from '../src/afterwards/seating-moves/undo-seating.js';
import { INVENTORY, type InventoryPort } from '../src/inventory/seats/inventory.port.js';
import { attemptOf, due, NO_VIOLATIONS, violations } from './inventory-cast.js';
import { FullHouse, SCREENINGS, sittings } from './moving-cast.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const programmer = castMember('Madina', ['programmer']);
const MOVED = 'tickets.visit.moved.v1';
const LARGER = { rows: 40, places: 14, pairs: 4, minutes: 60 };

describe('a screening with 300 people moves', () => {
  let stage: TicketsStage;
  const one = async <T extends object>(sql: string, values: unknown[] = []) =>
    (await stage.db.database.query<T>(sql, values))[0]!;
  const ticketCodes = (screening: string) =>
    stage.db.database.query('SELECT id, serial, state FROM ticket WHERE screening_id = $1 ORDER BY id', [screening]);
  const right = (screening: string) =>
    stage.db.database.query<{ order_id: string; until: Date; reason: string }>(
      'SELECT order_id, until, reason FROM refund_right WHERE screening_id = $1 ORDER BY order_id, reason',
      [screening],
    );

  beforeAll(async () => {
    // Without jobs: the waitlist's would empty a pool that nobody waits for while the seats are counted.
    stage = await openStage({ TICKETS_ROLES: 'sell,door' });
  }, 120_000);
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  it.each([
    ['a larger hall', LARGER],
    ['an equal hall', { rows: 28, places: 12, pairs: 3, minutes: 60 }],
    ['a smaller hall', { rows: 22, places: 12, pairs: 1, minutes: 60 }],
  ])(
    'to %s: nobody is lost, nobody sits on another, and the undo restores everything',
    async (_, to) => {
      const house = await FullHouse.open(stage);
      const before = await sittings(stage, house.screening);
      expect(before).toHaveLength(300);
      const codes = await ticketCodes(house.screening);
      const { moveId, asked } = await house.ask(to);
      expect([asked.status, Object.values(asked.body.claims as object).reduce((a, b) => a + b, 0)]).toEqual([200, 300]);
      expect(
        (await one<{ paused: boolean }>('SELECT paused FROM inventory WHERE screening_id = $1', [house.screening]))
          .paused,
      ).toBe(true);
      expect(await sittings(stage, house.screening)).toEqual(before);
      const list = (await stage.call(programmer, 'GET', `/seating-moves/${moveId}/seats`)).body as {
        to: { id: string } | null;
      }[];
      const given = list.flatMap((one) => one.to?.id ?? []);
      expect([list.length, new Set(given).size]).toEqual([300, given.length]);
      const seated = await house.command(moveId, 'confirm', { tag: asked.body.tag });
      expect(seated.body).toMatchObject({ state: 'seated', moved: 300 });
      expect((await house.command(moveId, 'confirm', { tag: asked.body.tag })).body).toEqual(seated.body);

      const after = await sittings(stage, house.screening);
      expect(after).toHaveLength(300);
      const owners = (list: string[]) => list.map((row) => row.split(' ').slice(1, 4).join(' ')).sort();
      expect(owners(after)).toEqual(owners(before));
      const aside = after.filter((row) => row.startsWith('~'));
      expect(aside).toHaveLength(seated.body.unseated);
      expect(aside.length > 0).toBe(to.rows < 28);
      expect(after.filter((row) => !row.startsWith('~') && !row.startsWith('n'))).toEqual([]);
      expect(await ticketCodes(house.screening)).toEqual(codes);
      const map = await stage.call(programmer, 'GET', `/screenings/${house.screening}/seats`);
      expect([map.body.planId, map.body.onSale]).toEqual([(await house.facts()).planId, false]);
      expect(map.body.states.split('').filter((state: string) => state === 's')).toHaveLength(300 - aside.length);

      const undone = await house.command(moveId, 'undo');
      expect(undone.body.state).toBe('undone');
      expect(await sittings(stage, house.screening)).toEqual(before);
      expect((await house.command(moveId, 'undo')).body.state).toBe('undone');
      expect((await house.facts()).planId).toBe('full');
      expect((await stage.call(programmer, 'GET', `/screenings/${house.screening}/seats`)).body).toMatchObject({
        planId: 'full',
        onSale: true,
      });
      expect([await house.visits(MOVED), await right(house.screening)]).toEqual([[], []]);
      expect((await house.command(moveId, 'settle')).body.code).toBe('seating-move-over');
    },
    60_000,
  );

  it('tells each holder once, when the undo has ended, and opens refunds until the old start', async () => {
    const house = await FullHouse.open(stage);
    const start = (await house.facts()).startsAt;
    const { moveId, asked } = await house.ask(LARGER);
    expect((await house.command(moveId, 'settle')).body.code).toBe('seating-move-over');
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    expect(await house.visits(MOVED)).toEqual([]);
    expect((await house.command(moveId, 'settle')).body.state).toBe('settled');
    expect((await house.command(moveId, 'settle')).body.state).toBe('settled');
    const told = await house.visits(MOVED);
    const persons = told.map((visit) => visit.personId);
    expect(new Set(persons).size).toBe(persons.length);
    expect(persons.filter((person) => person.startsWith('guest-'))).toHaveLength(24);
    expect(told.find((visit) => visit.personId === 'buyer-3')).toMatchObject({
      refundUntil: start,
      unseated: 0,
      from: { startsAt: start },
      seats: expect.arrayContaining([
        expect.objectContaining({ row: expect.stringMatching(/^n/), fromRow: expect.stringMatching(/^\d/) }),
      ]),
    });
    expect(told.find((visit) => visit.personId === 'guest-3')).toMatchObject({ refundUntil: null });
    const rights = await right(house.screening);
    expect(rights).toHaveLength(house.orders.length);
    expect(rights.every((row) => row.until.toISOString() === start && row.reason === 'screening-moved')).toBe(true);
    expect((await house.command(moveId, 'undo')).body.code).toBe('seating-move-over');
    const { onSale } = (await stage.call(programmer, 'GET', `/screenings/${house.screening}/seats`)).body;
    expect(onSale).toBe(true);
  }, 60_000);

  it('opens no refund for a quarter of an hour, and one for another venue', async () => {
    const settle = async (to: Parameters<FullHouse['ask']>[0]) => {
      const house = await FullHouse.open(stage);
      const { moveId, asked } = await house.ask(to);
      await house.command(moveId, 'confirm', { tag: asked.body.tag });
      await house.command(moveId, 'settle');
      return (await right(house.screening)).length > 0;
    };
    expect(await settle({ ...LARGER, minutes: 15 })).toBe(false);
    expect(await settle({ ...LARGER, minutes: 0, venue: 'elsewhere' })).toBe(true);
  }, 60_000);

  it('in time alone keeps every seat and tells everybody', async () => {
    const house = await FullHouse.open(stage);
    const before = await sittings(stage, house.screening);
    const { moveId, asked } = await house.askHere({ minutes: 30 });
    expect(asked.body).toMatchObject({ unchanged: 300, split: [], unseated: [] });
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    await house.command(moveId, 'settle');
    expect(await sittings(stage, house.screening)).toEqual(before);
    const told = await house.visits(MOVED);
    expect(told.length).toBe(house.orders.length + house.bookings.length);
    expect((await stage.call(programmer, 'GET', `/screenings/${house.screening}/seats`)).body).toMatchObject({
      planId: 'full',
      onSale: true,
    });
  }, 60_000);

  it('to a newer drawing moves those alone whose seats are gone, and tells nobody else', async () => {
    const house = await FullHouse.open(stage);
    const lost = new Set(['1-1', '1-2', '1-3']);
    const drawing = { version: 2, seats: house.seats.filter((seat) => !lost.has(seat.id)) };
    const held = (await sittings(stage, house.screening)).filter((row) => lost.has(row.split(' ')[0]!));
    const { moveId, asked } = await house.askHere({ drawing });
    expect(asked.body.unseated).toEqual([]);
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    await house.command(moveId, 'settle');
    const owners = new Set(held.map((row) => row.split(' ')[2]));
    const told = await house.visits('tickets.visit.reseated.v1');
    expect(told.length).toBe(owners.size);
    expect(await house.visits(MOVED)).toEqual([]);
    const now = await sittings(stage, house.screening);
    expect(now.some((row) => lost.has(row.split(' ')[0]!))).toBe(false);
    const own = now.filter((row) => owners.has(row.split(' ')[2]!));
    expect(own.every((row) => !row.startsWith('~'))).toBe(true);
    expect(await right(house.screening)).toEqual([]);
  }, 60_000);

  it('is asked for once: the same move gets the same answer, another one waits, an abandoned one leaves no trace', async () => {
    const house = await FullHouse.open(stage);
    const before = await sittings(stage, house.screening);
    const first = await house.ask(LARGER);
    expect((await house.ask(LARGER, first.moveId)).asked.body).toEqual(first.asked.body);
    expect((await house.ask(LARGER)).asked.body.code).toBe('seating-move-open');
    expect((await house.command(first.moveId, 'abandon')).body.state).toBe('abandoned');
    expect((await house.command(first.moveId, 'abandon')).body.state).toBe('abandoned');
    expect((await house.command(first.moveId, 'confirm', { tag: first.asked.body.tag })).body.code).toBe(
      'seating-move-over',
    );
    expect((await house.command(randomUUID(), 'confirm', { tag: 'x' })).body.code).toBe('seating-move-unknown');
    expect(await sittings(stage, house.screening)).toEqual(before);
    const { onSale } = (await stage.call(programmer, 'GET', `/screenings/${house.screening}/seats`)).body;
    expect(onSale).toBe(true);
    expect((await house.ask(LARGER)).asked.status).toBe(200);
  }, 60_000);

  it('stops no sale by a request that comes after it was given up, nor for a move that nobody remembers', async () => {
    const house = await FullHouse.open(stage);
    const onSale = async () =>
      (await stage.call(programmer, 'GET', `/screenings/${house.screening}/seats`)).body.onSale;
    const late = randomUUID();
    expect((await house.command(late, 'abandon')).body.state).toBe('abandoned');
    expect((await house.ask(LARGER, late)).asked.body.code).toBe('seating-move-over');
    expect(await onSale()).toBe(true);

    const { moveId } = await house.ask(LARGER);
    const seating = stage.service.app.get(UndoSeating, { strict: false });
    expect([await seating.giveUpForgotten(), await onSale()]).toEqual([0, false]);
    await stage.db.database.query(
      "UPDATE seating_move SET asked_at = clock_timestamp() - interval '21 minutes' WHERE id = $1",
      [moveId],
    );
    expect([await seating.giveUpForgotten(), await onSale()]).toEqual([1, true]);
  }, 60_000);

  it('moves nobody by a preview that is no longer true', async () => {
    const house = await FullHouse.open(stage);
    const { moveId, asked } = await house.ask(LARGER);
    await house.keep('block', [house.seats.filter((seat) => seat.kind === 'seat')[295]!.id]);
    const stale = await house.command(moveId, 'confirm', { tag: asked.body.tag });
    expect(stale.body).toMatchObject({ state: 'previewed', moved: 0, preview: { claims: { block: 21 } } });
    expect((await house.command(moveId, 'confirm', { tag: asked.body.tag })).body.state).toBe('previewed');
    expect((await house.command(moveId, 'confirm', { tag: stale.body.preview.tag })).body).toMatchObject({
      state: 'seated',
      moved: 301,
    });
  }, 60_000);

  it('is confirmed once, and undone once, however many ask at the same instant', async () => {
    const house = await FullHouse.open(stage);
    const before = await sittings(stage, house.screening);
    const { moveId, asked } = await house.ask(LARGER);
    const confirmed = await Promise.all(
      Array.from({ length: 6 }, () => house.command(moveId, 'confirm', { tag: asked.body.tag })),
    );
    expect(new Set(confirmed.map((answer) => answer.body.state))).toEqual(new Set(['seated']));
    const ends = await Promise.all(['undo', 'settle', 'undo', 'settle'].map((what) => house.command(moveId, what)));
    const states = new Set(ends.filter((answer) => answer.status === 200).map((answer) => answer.body.state));
    expect(states.size).toBe(1);
    const now = await sittings(stage, house.screening);
    expect(states.has('undone') ? now : now.length).toEqual(states.has('undone') ? before : 300);
  }, 60_000);

  it('sells nothing while it moves, and gives no old seat to a payment that comes late', async () => {
    const house = await FullHouse.open(stage);
    const spare = house.seats.filter((seat) => seat.kind === 'seat').slice(296, 299);
    const unpaid = await house.order([spare[0]!.id], 'late', 100_000);
    const attempt = await attemptOf(stage.db.database, unpaid);
    const inventory = stage.service.app.get<InventoryPort>(INVENTORY, { strict: false });
    await due(stage.db.database, unpaid);
    await inventory.expireOrder(unpaid, {});
    const { moveId, asked } = await house.ask(LARGER);
    await expect(house.order([spare[1]!.id], 'too-late')).rejects.toMatchObject({ code: 'not-on-sale' });
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    await house.command(moveId, 'settle');
    // The new plan has the same version number, and perhaps a seat of that name.
    await expect(house.order([spare[1]!.id], 'of-the-old-hall')).rejects.toMatchObject({ code: 'plan-changed' });
    await stage.db.database.query("UPDATE payment_attempt SET state = 'open' WHERE id = $1", [attempt]);
    const late = await inventory.confirmPayment(attempt, 100_000, 'KZT', {});
    expect(late).toMatchObject({ outcome: 'refund-due', reason: 'seats-gone' });
  }, 60_000);

  it('lets a payment under way end in the new seat', async () => {
    const house = await FullHouse.open(stage);
    const spare = house.seats.filter((seat) => seat.kind === 'seat')[297]!;
    const order = await house.order([spare.id], 'paying', 100_000);
    const attempt = await attemptOf(stage.db.database, order);
    const { moveId, asked } = await house.ask(LARGER);
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    const inventory = stage.service.app.get<InventoryPort>(INVENTORY, { strict: false });
    expect(await inventory.confirmPayment(attempt, 100_000, 'KZT', {})).toMatchObject({ outcome: 'paid' });
    const line = await one<{ row_label: string }>('SELECT row_label FROM order_line WHERE order_id = $1', [order]);
    expect(line.row_label).toMatch(/^n/);
    await house.command(moveId, 'undo');
    expect(
      (await one<{ row_label: string }>('SELECT row_label FROM order_line WHERE order_id = $1', [order])).row_label,
    ).toBe(spare.row);
  }, 60_000);

  it('lists who has no seat; a manager seats one, returns another’s money, and the list ends', async () => {
    const house = await FullHouse.open(stage);
    const { moveId, asked } = await house.ask({ rows: 22, places: 12, pairs: 1, minutes: 60 });
    const paying = asked.body.unseated.filter((owner: { ownerKind: string }) => owner.ownerKind === 'order');
    expect(paying.length).toBeGreaterThan(0);
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    await house.command(moveId, 'settle');
    const list = await stage.call(programmer, 'GET', `/seating-moves/${moveId}/unseated`);
    expect(list.body.map((owner: { ownerId: string }) => owner.ownerId).sort()).toEqual(
      asked.body.unseated.map((owner: { ownerId: string }) => owner.ownerId).sort(),
    );
    const chair = list.body.find((owner: { ownerKind: string }) => owner.ownerKind === 'order');
    expect((await right(house.screening)).filter((row) => row.reason === 'seat-lost').length).toBe(paying.length);
    const refund = await stage.call(
      programmer,
      'POST',
      `/seating-moves/${moveId}/unseated/${chair.ownerId}/refund`,
      undefined,
      randomUUID(),
    );
    expect(refund.body.find((owner: { ownerId: string }) => owner.ownerId === chair.ownerId).state).toBe('refunded');
    await stage.call(
      programmer,
      'POST',
      `/seating-moves/${moveId}/unseated/${chair.ownerId}/refund`,
      undefined,
      randomUUID(),
    );
    const tickets = await stage.db.database.query<{ state: string; ended_as: string }>(
      'SELECT state, ended_as FROM ticket WHERE order_id = $1',
      [chair.ownerId],
    );
    expect(new Set(tickets.map((ticket) => `${ticket.state} ${ticket.ended_as}`))).toEqual(new Set(['ended refunded']));

    const kept = list.body.find(
      (owner: { ownerKind: string }) =>
        owner.ownerKind === 'block' || owner.ownerKind === 'pool' || owner.ownerKind === 'lease',
    );
    const place = (
      await stage.db.database.query<{ id: string }>(
        `SELECT s->>'id' AS id FROM plan_copy, jsonb_array_elements(seats) s WHERE plan_id = $1 AND s->>'kind' = 'seat'
          AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = $2 AND c.seat_id = s->>'id') LIMIT 1`,
        [(await house.facts()).planId, house.screening],
      )
    )[0];
    if (place) {
      const seats = [{ line: kept.seats[0].line, seat: place.id }];
      const seated = await stage.call(programmer, 'POST', `/seating-moves/${moveId}/unseated/${kept.ownerId}/seats`, {
        seats,
      });
      expect(seated.status).toBe(200);
      const again = await stage.call(programmer, 'POST', `/seating-moves/${moveId}/unseated/${kept.ownerId}/seats`, {
        seats,
      });
      expect(again.status).toBe(again.body.code === 'seat-not-free' ? 409 : 404);
    }
    expect(await stage.call(castMember('Nobody'), 'GET', `/seating-moves/${moveId}/unseated`)).toMatchObject({
      status: 403,
    });
  }, 60_000);

  it('marks bookings that clash at the new time, and their holder may cancel them at any time', async () => {
    const house = await FullHouse.open(stage);
    const other = await FullHouse.open(stage, {
      startsAt: new Date(Date.now() + 86_400_000 + 6_600_000).toISOString(),
      endsAt: new Date(Date.now() + 86_400_000 + 9_000_000).toISOString(),
    });
    const guest = castMember('Clashing guest');
    const accreditation = randomUUID();
    const seat = (of: FullHouse) => of.seats.filter((one) => one.kind === 'seat')[298]!.id;
    const mine = await house.book(seat(house), guest.id, accreditation);
    const theirs = await other.book(seat(other), guest.id, accreditation);
    expect((await stage.call(guest, 'GET', '/my/clashes')).body).toEqual([]);
    const { moveId, asked } = await house.ask({ ...LARGER, minutes: 90 });
    expect(asked.body.clashes).toBe(1);
    await house.command(moveId, 'confirm', { tag: asked.body.tag });
    await house.command(moveId, 'settle');
    const clashes = await stage.call(guest, 'GET', '/my/clashes');
    expect(clashes.body.map((clash: { bookingId: string }) => clash.bookingId).sort()).toEqual([mine, theirs].sort());
    expect((await house.visits(MOVED)).find((visit) => visit.personId === guest.id)).toMatchObject({
      clashes: [{ screeningId: other.screening }],
    });
    expect((await stage.call(castMember('Another'), 'GET', '/my/clashes')).body).toEqual([]);
    // Festival time is machine time here: minutes before the start nobody may cancel, but for a clash.
    await stage.db.database.query(
      `UPDATE screening_copy SET data = data || jsonb_build_object('startsAt', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
              version = version + 1 WHERE screening_id = $1`,
      [other.screening],
    );
    await eventually(async () =>
      expect(
        (await stage.call(guest, 'GET', '/bookings')).body.find((one: { id: string }) => one.id === theirs)
          .cancelUntil < new Date().toISOString(),
      ).toBe(true),
    );
    expect((await stage.call(guest, 'DELETE', `/bookings/${theirs}`)).body).toMatchObject({ state: 'cancelled' });
  }, 60_000);

  it('keeps the UID of a calendar entry and raises its SEQUENCE', async () => {
    const house = await FullHouse.open(stage);
    const path = `/internal/visits/${house.screening}/buyer-2/calendar?language=kk`;
    const { ics } = (await stage.call(SCREENINGS, 'GET', path)).body;
    expect(ics).toMatch(/UID:[^\r]+@seans/);
    expect((await stage.call(programmer, 'GET', path)).status).toBe(403);
    const [version] = [/SEQUENCE:(\d+)/.exec(ics)![1]];
    await stage.tell(
      { type: 'screenings.screening.recorded.v1', topic: 'screenings' },
      house.screening,
      900,
      await house.facts(),
    );
    const later = (await stage.call(SCREENINGS, 'GET', path)).body.ics as string;
    const uid = (text: string) => /UID:([^\r]+)/.exec(text)![1];
    expect([uid(later), Number(/SEQUENCE:(\d+)/.exec(later)![1]) > Number(version)]).toEqual([uid(ics), true]);
  }, 60_000);
});
