import { randomUUID } from 'node:crypto';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const MINUTES = 60_000;
const PRESS = { allocations: [{ id: 'press', classes: ['press'], capacity: 20, overflow: [] }] };

describe('bookings on a badge', () => {
  let stage: TicketsStage;
  let steps = 100;
  const manager = castMember('manager', ['programmer']);

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  /** Somebody with a live press badge. */
  const journalist = async (name: string) => {
    const who = castMember(name);
    const badge = {
      badgeId: randomUUID(),
      accreditationId: randomUUID(),
      editionId: EDITION,
      personId: who.id,
      serial: randomUUID().replaceAll('-', '').slice(0, 20),
    };
    const live = (version: number) =>
      stage.tell({ type: 'accreditations.badge.issued.v1', topic: 'accreditations' }, badge.badgeId, version, {
        ...badge,
        function: 'press',
        classes: ['press'],
        areas: ['A'],
        validFrom: '2019-09-13T00:00:00.000Z',
        validUntil: '2030-09-21T00:00:00.000Z',
      });
    const end = (version: number, state: string) =>
      stage.tell({ type: 'accreditations.badge.revoked.v1', topic: 'accreditations' }, badge.badgeId, version, {
        ...badge,
        state,
        reason: null,
      });
    await live(1);
    const book = (screeningId: string, seat?: string, key = randomUUID()) =>
      stage.call(who, 'POST', '/bookings', { screeningId, ...(seat && { seat }) }, key);
    const mine = async () => (await stage.call(who, 'GET', '/bookings')).body as { id: string; state: string }[];
    return { who, badge, live, end, book, mine };
  };
  /** Hours from now, each screening 90 minutes long. */
  const screening = (hours: number, changes = {}) => {
    const start = Date.now() + hours * 60 * MINUTES;
    const iso = (minutes: number) => new Date(start + minutes * MINUTES).toISOString();
    return stage.screening({
      startsAt: iso(0),
      endsAt: iso(90),
      doorsOpenAt: iso(-30),
      lateEntryUntil: iso(15),
      ...PRESS,
      ...changes,
    });
  };
  const stepFestival = (hours: number) =>
    stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, ++steps, {
      editionId: EDITION,
      offsetMs: Math.round(hours * 60 * MINUTES),
    });
  const rules = (body: object) => stage.call(manager, 'PUT', `/editions/${EDITION}/booking-rules`, body);
  afterEach(async () => {
    await stepFestival(0);
    await rules({});
    const [row] = await stage.db.database.query<{ off: string; bad: string }>(`SELECT
      (SELECT count(*) FROM usage_limit l WHERE used > capacity
          OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)) AS off,
      (SELECT count(*) FROM booking b WHERE (state = 'booked') <> EXISTS (SELECT 1 FROM seat_claim c WHERE c.owner_id = b.id)
          AND state IN ('booked', 'cancelled', 'released')) AS bad`);
    expect(row).toEqual({ off: '0', bad: '0' });
  });

  it('open at the hour of one’s class and are refused before it, with the hour', async () => {
    const { book } = await journalist('early');
    const id = await screening(72);
    await rules({ opening: [{ class: 'press', daysBefore: 1, at: '00:00' }] });
    const refused = await book(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'booking-not-yet-open']);
    expect(new Date(refused.body.facts.opensAt).getTime()).toBeGreaterThan(Date.now());
    await stepFestival(49);
    await eventually(async () => expect((await book(id)).status).toBe(201));
  });

  it('are the way in only where the entry mode says so', async () => {
    const { book } = await journalist('modes');
    const id = await screening(24);
    const mode = (name: string) =>
      stage.call(manager, 'PUT', `/screenings/${id}/entry-modes`, { modes: [{ class: 'press', mode: name }] });
    await mode('ticket');
    expect((await book(id)).body.code).toBe('booking-not-offered');
    await mode('badge-alone');
    expect((await book(id)).body.code).toBe('booking-not-needed');
    await mode('badge-booking');
    expect((await book(id)).status).toBe(201);
  });

  it('are refused by the rule of the allocation that is named, and once more than an allocation has', async () => {
    const { book } = await journalist('shares');
    const later = new Date(Date.now() + 60 * MINUTES).toISOString();
    const closed = await screening(20, {
      allocations: [{ id: 'press', classes: ['press'], capacity: 1, opensAt: later, overflow: [] }],
    });
    expect((await book(closed)).body).toMatchObject({
      code: 'allocation-not-yet-open',
      facts: { allocation: 'press' },
    });
    const public_ = await screening(22, {
      allocations: [{ id: 'public', classes: ['public'], capacity: 30, overflow: [] }],
    });
    expect((await book(public_)).body.code).toBe('no-allocation');
    const one = await screening(24, { allocations: [{ id: 'press', classes: ['press'], capacity: 1, overflow: [] }] });
    expect((await book(one)).status).toBe(201);
    const second = await journalist('shares-too');
    expect((await second.book(one)).body.code).toBe('allocation-full');
  });

  it('keep to the edition’s quota a day, also when six are asked for at once', async () => {
    const { book } = await journalist('quota');
    await rules({ dailyQuota: 2 });
    // Two hours apart on one day of the venue, at least a day ahead.
    const noon = Math.ceil((Date.now() + 24 * 60 * MINUTES) / (24 * 60 * MINUTES)) * 24 - Date.now() / 3_600_000;
    const ids: string[] = [];
    for (const hour of [1, 3, 5, 7, 9, 11]) ids.push(await screening(noon + hour));
    const codes = (await Promise.all(ids.map((id) => book(id)))).map(({ status, body }) => body.code ?? status);
    expect(codes.filter((code) => code === 201)).toHaveLength(2);
    expect(codes.filter((code) => code === 'daily-quota-used')).toHaveLength(4);
  });

  it('that nobody takes are a warning once, and block for a day the second time', async () => {
    const { who, book, mine } = await journalist('absent');
    const [first, second] = [await screening(2), await screening(5)];
    expect([(await book(first)).status, (await book(second)).status]).toEqual([201, 201]);
    await stepFestival(4.1);
    await eventually(async () => expect((await mine()).filter((b) => b.state === 'missed')).toHaveLength(1));
    expect((await book(await screening(30))).status).toBe(201);
    await stepFestival(7.1);
    await eventually(async () => expect((await mine()).filter((b) => b.state === 'missed')).toHaveLength(2));
    const blocked = await book(await screening(28));
    expect([blocked.status, blocked.body.code]).toEqual([403, 'booking-blocked']);
    await stepFestival(31.5);
    await eventually(async () => expect((await book(await screening(50))).status).toBe(201));
    const told = await stage.db.database.query<{ data: { missed: number; blockedUntil: string | null } }>(
      `SELECT data FROM outbox WHERE type = 'tickets.booking.missed.v1' AND data->>'personId' = $1 ORDER BY seq`,
      [who.id],
    );
    expect(told.slice(0, 2).map(({ data }) => [data.missed, data.blockedUntil === null])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('are not missed before the grace after the end is over, which is the edition’s rule', async () => {
    const { book, mine } = await journalist('graced');
    const id = await screening(2);
    await book(id);
    await rules({ graceMinutes: 60 });
    await stepFestival(4.4);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await mine())[0]?.state).toBe('booked');
    await rules({});
    await eventually(async () => expect((await mine())[0]?.state).toBe('missed'));
  });

  it('that were used at a gate whose scans came late are no no-shows: their warning and their block are taken back', async () => {
    const { badge, book, mine } = await journalist('late');
    const ids = [await screening(2), await screening(5), await screening(8)];
    for (const id of ids.slice(0, 2)) await book(id);
    await stepFestival(4.1);
    await eventually(async () => expect((await mine()).filter((b) => b.state === 'missed')).toHaveLength(1));
    await stepFestival(7.1);
    await eventually(async () => expect((await mine()).filter((b) => b.state === 'missed')).toHaveLength(2));
    const [, , third] = ids;
    expect((await book(third!)).body.code).toBe('booking-blocked');
    const device = randomUUID();
    await stage.db.database.query(
      `INSERT INTO device (id, edition_id, name, gate, state) VALUES ($1, $2, 'd', '1', 'paired')`,
      [device, EDITION],
    );
    const scan = (id: string, at: string) =>
      stage.db.database.query<{ stored: { outcome: string } }>('SELECT store_scan($1) AS stored', [
        JSON.stringify({
          id,
          device,
          screening: at,
          gate: '1',
          serial: badge.serial,
          verdict: 'ok',
          answer: {},
          deviceAt: '2019-09-16T13:00:00Z',
          festivalAt: '2019-09-16T13:00:00Z',
        }),
      ]);
    const [one, other] = [randomUUID(), randomUUID()];
    const sent = await Promise.all([scan(one, ids[0]!), scan(one, ids[0]!), scan(other, ids[0]!)]);
    expect(sent.filter(([row]) => row!.stored.outcome === 'stored')).toHaveLength(1);
    const left = await stage.db.database.query(
      `SELECT state, missed_no AS "missedNo", blocked_until AS "blockedUntil" FROM booking
        WHERE accreditation_id = $1 ORDER BY made_at`,
      [badge.accreditationId],
    );
    // The second one was a block; with the first taken back it is a warning.
    expect(left).toEqual([
      { state: 'used', missedNo: null, blockedUntil: null },
      { state: 'missed', missedNo: 1, blockedUntil: null },
    ]);
    expect((await book(third!)).status).toBe(201);
    // An entry that is known when no-shows are counted is none, whichever way it came.
    await stage.db.database.query(
      `INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
       VALUES ($1, $2, $3, '1', $4, 'ok', now(), now(), '{}')`,
      [randomUUID(), device, third, badge.serial],
    );
    await stepFestival(10.1);
    await eventually(async () => expect((await mine()).filter((b) => b.state === 'used')).toHaveLength(2));
  });

  it('of a suspended badge are kept until T-10, then released, and restored when it lives again', async () => {
    const { end, live, book, mine } = await journalist('suspended');
    const id = await screening(2);
    expect((await book(id, 'A-1')).status).toBe(201);
    await end(2, 'suspended');
    await stepFestival(1.5);
    expect((await mine())[0]?.state).toBe('booked');
    await stepFestival(1.9);
    await eventually(async () => expect((await mine())[0]?.state).toBe('released'));
    await live(3);
    expect((await mine())[0]?.state).toBe('booked');
    await live(3);
    const told = await stage.db.database.query<{ type: string }>(
      `SELECT type FROM outbox WHERE data->>'screeningId' = $1 ORDER BY seq`,
      [id],
    );
    expect(told.map(({ type }) => type)).toEqual([
      'tickets.booking.made.v1',
      'tickets.booking.released.v1',
      'tickets.booking.made.v1',
    ]);
  });

  it('of a suspended badge stay released when somebody else has the seat by then', async () => {
    const { end, live, book, mine } = await journalist('too-late');
    const other = await journalist('faster');
    const id = await screening(2);
    await book(id, 'A-1');
    await end(2, 'suspended');
    await stepFestival(1.9);
    await eventually(async () => expect((await mine())[0]?.state).toBe('released'));
    expect((await other.book(id, 'A-1')).status).toBe(201);
    await live(3);
    expect((await mine())[0]?.state).toBe('released');
  });

  it('of a revoked badge end at once, but not those of screenings that are over', async () => {
    const { end, book, mine } = await journalist('revoked');
    const [one, two] = [await screening(30), await screening(33)];
    await book(one);
    await book(two);
    await Promise.all([end(2, 'revoked'), end(2, 'revoked')]);
    expect((await mine()).map((b) => b.state)).toEqual(['cancelled', 'cancelled']);
    expect((await book(await screening(40))).body.code).toBe('badge-not-live');
  });

  it('can be cancelled until 30 minutes before the start, and again by whoever asks twice', async () => {
    const { who, book } = await journalist('cancels');
    const id = await screening(1);
    const { body } = await book(id);
    const cancel = () => stage.call(who, 'DELETE', `/bookings/${body.id}`);
    await stepFestival(0.6);
    await eventually(async () => expect((await cancel()).body.code).toBe('too-late-to-cancel'));
    await stepFestival(0.4);
    await eventually(async () => expect((await cancel()).body.state).toBe('cancelled'));
    expect((await cancel()).body.state).toBe('cancelled');
  });
});
