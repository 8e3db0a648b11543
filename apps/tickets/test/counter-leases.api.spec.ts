import { randomUUID } from 'node:crypto';
import { type CounterLease, ScreeningRecorded } from '#libs/contracts';
import { castMember, EDITION, eventually } from '#libs/testing';
import { atTheCounter, type CounterStage, claimsOf, drawerOf } from './counter-stage.js';
import { type DoorStage, openDoor, type TestGate } from './door-stage.js';
import { NO_VIOLATIONS, violations } from './inventory-cast.js';
import type { TicketsStage } from './tickets-stage.js';

const ROW_A = 250_000;

describe('seats that a counter has leased', () => {
  let door: DoorStage;
  let stage: TicketsStage;
  let till: CounterStage;
  let gate: TestGate;
  let screening: string;
  const clerk = castMember('clerk', ['box-office']);
  const other = castMember('other', ['box-office']);
  const manager = castMember('manager', ['house-manager']);
  const visitor = castMember('aigul');

  beforeAll(async () => {
    door = await openDoor();
    stage = door.stage;
    till = await atTheCounter(stage, clerk, '1');
    gate = await door.gate();
  });
  beforeEach(async () => {
    screening = await door.screening(20);
  });
  afterEach(async () => expect(await violations(stage.db.database)).toEqual(NO_VIOLATIONS));
  afterAll(() => stage.close());

  const leased = async (seats: string[], at: CounterStage = till): Promise<CounterLease> => {
    const answer = await at.post('/leases', { shiftId: at.shift, hold: await at.hold(screening, seats) });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const sold = (lines: number[], more: object = {}) => ({
    lines: lines.map((line) => ({ line, kind: 'full' })),
    total: lines.length * ROW_A,
    tendered: 1_000_000,
    soldAt: new Date().toISOString(),
    language: 'ru',
    ...more,
  });
  const report = (lease: CounterLease, body: object, key = randomUUID()) =>
    till.post(`/leases/${lease.id}/sales`, body, key);
  const owners = async () => Object.fromEntries((await claimsOf(stage, screening)).map((one) => [one.seat, one.owner]));
  const hold = (seat: string) =>
    stage.call(visitor, 'POST', '/holds', { screeningId: screening, seats: [seat] }, randomUUID());
  const conflicts = async () =>
    (await stage.call(manager, 'GET', `/counter/lease-conflicts?editionId=${EDITION}`)).body as {
      id: string;
      screeningId: string;
      reason: string;
    }[];
  /** As if so many seconds had passed since the end of the lease. */
  const overFor = (lease: CounterLease, seconds: number) =>
    stage.db.database.query(
      `UPDATE counter_lease SET ends_at = clock_timestamp() - make_interval(secs => $2) WHERE id = $1`,
      [lease.id, seconds],
    );
  const state = async (lease: CounterLease) =>
    ((await stage.call(manager, 'GET', `/counter/leases?editionId=${EDITION}`)).body as CounterLease[]).find(
      ({ id }) => id === lease.id,
    )?.state;
  const revoked = async (lease: CounterLease) => {
    await overFor(lease, 121);
    await eventually(async () => expect(await state(lease)).toBe('revoked'));
  };

  it('are nobody else’s, and come with signed tickets and the prices of every kind', async () => {
    const lease = await leased(['A-1', 'A-2']);
    expect(lease).toMatchObject({ state: 'open', cashStep: 5, screeningId: screening });
    expect(lease.sellForSeconds).toBeGreaterThan(57 * 60);
    expect(lease.sellForSeconds).toBeLessThanOrEqual(58 * 60);
    expect(lease.seats.map(({ row, seat, soldAs }) => [row, seat, soldAs])).toEqual([
      ['A', '1', null],
      ['A', '2', null],
    ]);
    expect(lease.seats[0]!.kinds[0]).toMatchObject({ kind: 'full', price: { amount: ROW_A } });
    expect(new Set(lease.seats.map(({ code }) => code)).size).toBe(2);
    expect((await hold('A-1')).body.code).toBe('seats-taken');
    expect(await owners()).toEqual({ 'A-1': 'lease', 'A-2': 'lease' });
  });

  it('are leased once by one key, and never from a hold of somebody else', async () => {
    const body = { shiftId: till.shift, hold: await till.hold(screening, ['A-1']) };
    const key = randomUUID();
    const [first, second] = [await till.post('/leases', body, key), await till.post('/leases', body, key)];
    expect(second.body.id).toBe(first.body.id);
    const theirs = (await hold('A-2')).body.token;
    expect((await till.post('/leases', { shiftId: till.shift, hold: theirs })).body.code).toBe('hold-unknown');
    expect((await till.post('/leases', body)).body.code).toBe('seats-taken');
  });

  it('are shown with their tickets to their own clerk alone', async () => {
    const lease = await leased(['A-1']);
    expect((await till.get(`/leases/${lease.id}`)).body.seats[0].code).toBe(lease.seats[0]!.code);
    const asked = await stage.call(other, 'GET', `/counter/leases/${lease.id}`);
    expect([asked.status, JSON.stringify(asked.body)]).toEqual([404, expect.not.stringContaining('code":"0')]);
    const seen = await stage.call(manager, 'GET', `/counter/leases?editionId=${EDITION}`);
    expect(JSON.stringify(seen.body)).not.toContain(lease.seats[0]!.code);
    expect((await stage.call(manager, 'GET', `/counter/leases/${lease.id}`)).status).toBe(403);
  });

  describe('and sold without a line', () => {
    it('become an order with the very tickets that were handed out, and cash in the drawer', async () => {
      const before = await drawerOf(stage, till.shift);
      const lease = await leased(['A-1', 'A-2', 'A-3']);
      const { status, body } = await report(lease, sold([2, 3]));
      expect([status, body.outcome, body.sale.state, body.sale.change.amount]).toEqual([200, 'sold', 'done', 500_000]);
      expect(body.sale.tickets.map((ticket: { shortCode: string }) => ticket.shortCode)).toEqual(
        lease.seats.slice(1).map(({ shortCode }) => shortCode),
      );
      expect((await drawerOf(stage, till.shift)) - before).toBe(2 * ROW_A);
      expect(await owners()).toEqual({ 'A-1': 'lease', 'A-2': 'order', 'A-3': 'order' });
      const { body: now } = await till.get(`/leases/${lease.id}`);
      expect(now.seats.map(({ soldAs }: { soldAs: string | null }) => soldAs)).toEqual([
        null,
        body.sale.id,
        body.sale.id,
      ]);
    });

    it('are one sale, reported twice and three times at once', async () => {
      const before = await drawerOf(stage, till.shift);
      const lease = await leased(['A-1', 'A-2']);
      const key = randomUUID();
      const body = sold([1]);
      const answers = await Promise.all([1, 2, 3].map(() => report(lease, body, key)));
      for (const { status } of answers) expect([200, 409]).toContain(status);
      const again = await report(lease, body, key);
      expect([again.body.outcome, again.body.sale.tickets.length]).toEqual(['sold', 1]);
      expect((await drawerOf(stage, till.shift)) - before).toBe(ROW_A);
      expect((await report(lease, sold([2]), key)).body.code).toBe('idempotency-key-reused');
    });

    it('are admitted before the sale is reported, and once in all', async () => {
      const lease = await leased(['A-1', 'A-2']);
      const [one, two] = lease.seats.map(({ code }) => code) as [string, string];
      expect(await gate.scan(screening, one)).toMatchObject({ verdict: 'ok', row: 'A', seat: '1' });
      expect((await report(lease, sold([1, 2]))).body.outcome).toBe('sold');
      expect((await gate.scan(screening, one)).verdict).toBe('already_used');
      expect((await gate.scan(screening, two)).verdict).toBe('ok');
    });

    it('are on the lists of gates, so that a gate without a line admits them too', async () => {
      const serials = async () => (await gate.list(screening)).entries.length;
      const before = await serials();
      await leased(['A-1', 'A-2']);
      expect(await serials()).toBe(before + 2);
    });

    it('are booked though the screening is closed or paused by then', async () => {
      const lease = await leased(['A-1']);
      await stage.db.database.query('UPDATE inventory SET on_sale = false WHERE screening_id = $1', [screening]);
      expect((await report(lease, sold([1]))).body.outcome).toBe('sold');
    });

    it('cost what they cost when they were leased, whatever the price is now', async () => {
      const lease = await leased(['A-1']);
      await stage.db.database.query(
        `UPDATE screening_copy SET data = jsonb_set(data, '{prices,0,amount}', '999900') WHERE screening_id = $1`,
        [screening],
      );
      expect((await report(lease, sold([1]))).body.sale.total.amount).toBe(ROW_A);
    });

    it('of a line or a kind that the lease has not are refused, and nothing is taken', async () => {
      const lease = await leased(['A-1']);
      expect((await report(lease, sold([7]))).body.code).toBe('leased-seat-unknown');
      const kind = sold([1], { lines: [{ line: 1, kind: 'pensioner' }] });
      expect((await report(lease, kind)).body.code).toBe('leased-seat-unknown');
      expect(await owners()).toEqual({ 'A-1': 'lease' });
    });
  });

  describe('when their time is over', () => {
    it('are no good at a gate two minutes later, kept from sale, and sold all the same once the counter is back', async () => {
      const lease = await leased(['A-1', 'A-2']);
      await overFor(lease, 100);
      expect((await gate.scan(screening, lease.seats[0]!.code)).verdict).toBe('ok');
      await revoked(lease);
      expect((await gate.scan(screening, lease.seats[1]!.code)).verdict).toBe('cancelled');
      expect((await hold('A-2')).body.code).toBe('seats-taken');
      expect((await till.post(`/leases/${lease.id}/renew`)).body.code).toBe('lease-over');
      expect((await report(lease, sold([1, 2]))).body.outcome).toBe('sold');
      expect((await gate.scan(screening, lease.seats[1]!.code)).verdict).toBe('ok');
    });

    it('are put on sale by a house manager only after that, and what is reported then is a conflict', async () => {
      const before = await drawerOf(stage, till.shift);
      const lease = await leased(['A-1', 'A-2']);
      const release = () => stage.call(manager, 'POST', `/counter/leases/${lease.id}/release`, {});
      expect((await release()).body.code).toBe('lease-runs');
      expect((await stage.call(clerk, 'POST', `/counter/leases/${lease.id}/release`, {})).status).toBe(403);
      await revoked(lease);
      expect((await release()).body).toMatchObject({ state: 'released', seats: 2, sold: 0 });
      expect(await owners()).toEqual({});
      expect((await hold('A-1')).status).toBe(201);
      const key = randomUUID();
      const body = sold([1]);
      const { status, body: told } = await report(lease, body, key);
      expect([status, told.outcome, told.sale]).toEqual([200, 'conflict', null]);
      expect(told.conflict).toMatchObject({ reason: 'released', inDrawer: true, total: { amount: ROW_A } });
      expect((await report(lease, body, key)).body.conflict.id).toBe(told.conflict.id);
      expect((await drawerOf(stage, till.shift)) - before).toBe(ROW_A);
      expect((await gate.scan(screening, lease.seats[0]!.code)).verdict).toBe('cancelled');
      const settle = (note: string) =>
        stage.call(manager, 'POST', `/counter/lease-conflicts/${told.conflict.id}/settle`, { note });
      expect((await settle('Деньги возвращены')).body).toMatchObject({
        note: 'Деньги возвращены',
        settledBy: manager.id,
      });
      expect((await settle('Ещё раз')).body.note).toBe('Деньги возвращены');
    });

    it('go on when the counter asks for more in time', async () => {
      const lease = await leased(['A-1']);
      await stage.db.database.query(
        `UPDATE counter_lease SET ends_at = clock_timestamp() + interval '1 second' WHERE id = $1`,
        [lease.id],
      );
      const { body } = await till.post(`/leases/${lease.id}/renew`);
      expect(body.sellForSeconds).toBeGreaterThan(57 * 60);
    });
  });

  it('are free again when the counter gives them back, and a report after that is a conflict', async () => {
    const lease = await leased(['A-1', 'A-2']);
    expect((await report(lease, sold([1]))).body.outcome).toBe('sold');
    expect((await till.post(`/leases/${lease.id}/return`)).body.state).toBe('returned');
    expect((await till.post(`/leases/${lease.id}/return`)).body.state).toBe('returned');
    expect(await owners()).toEqual({ 'A-1': 'order' });
    expect((await report(lease, sold([2]))).body.conflict.reason).toBe('returned');
  });

  it('to which somebody was admitted are never sold to another, and are listed', async () => {
    const lease = await leased(['A-1', 'A-2']);
    expect((await gate.scan(screening, lease.seats[0]!.code)).verdict).toBe('ok');
    await till.post(`/leases/${lease.id}/return`);
    expect(await owners()).toEqual({ 'A-1': 'block' });
    expect((await conflicts()).filter((one) => one.screeningId === screening)).toMatchObject([
      { reason: 'entered-unsold', seats: [{ row: 'A', seat: '1' }], settledBy: null },
    ]);
  });

  it('of other money than they cost, or reported with a seat that another report sold, are conflicts', async () => {
    const lease = await leased(['A-1', 'A-2']);
    expect((await report(lease, sold([1], { total: 100_000 }))).body.conflict.reason).toBe('total-differs');
    expect((await report(lease, sold([2]))).body.outcome).toBe('sold');
    expect((await report(lease, sold([1, 2]))).body.conflict.reason).toBe('seat-sold');
    expect(await owners()).toEqual({ 'A-1': 'lease', 'A-2': 'order' });
  });

  it('of a cancelled screening end with it, and what was sold of them is a conflict', async () => {
    const lease = await leased(['A-1']);
    const [row] = await stage.db.database.query<{ data: Record<string, unknown>; version: number }>(
      'SELECT data, version::int AS version FROM screening_copy WHERE screening_id = $1',
      [screening],
    );
    const data = { ...row!.data, state: 'cancelled' };
    await stage.tell(ScreeningRecorded, screening, row!.version + 1, data);
    expect((await report(lease, sold([1]))).body.conflict.reason).toBe('screening-cancelled');
    await eventually(async () => expect(await state(lease)).toBe('cancelled'));
  });

  it('keep their shift from being closed unseen, and count in the shares', async () => {
    const second = await atTheCounter(stage, other, '2');
    const lease = await leased(['A-1'], second);
    const close = (more: object = {}) =>
      stage.call(other, 'POST', `/counter/shifts/${second.shift}/close`, { counted: 1_000_000, ...more });
    expect((await close()).body.code).toBe('leases-run');
    expect((await close({ withUnresolved: true })).status).toBe(200);
    const told = await stage.call(other, 'POST', `/counter/leases/${lease.id}/sales`, sold([1]), randomUUID());
    expect(told.body.conflict).toMatchObject({ reason: 'shift-closed', inDrawer: false });
  });
});
