import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { areaBits, editionTag, writeAdmissionCode } from '#libs/admission-code';
import type { BadgeIssued, EventData, LostBadgeShown } from '#libs/contracts';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const HOUR = 3_600_000;
const KEY_ID = 21;
const pair = generateKeyPairSync('ed25519');
type Rights = EventData<typeof BadgeIssued>['rights'];

/** What the function of a badge allows beyond the edition's own rules. */
describe('the rights of a badge', () => {
  let stage: TicketsStage;
  let deviceToken: string;
  const manager = castMember('manager', ['house-manager']);

  beforeAll(async () => {
    stage = await openStage({ BADGE_KEYS: JSON.stringify({ [KEY_ID]: pair.publicKey.export({ format: 'jwk' }).x }) });
    deviceToken = (await stage.scanner(manager, { gate: '7' })).token;
  });
  afterAll(() => stage.close());

  const holder = async (
    name: string,
    rights: Rights,
    delegation?: { delegationId: string; perScreening: number; leaderId?: string },
  ) => {
    const who = castMember(name);
    const serial = randomUUID().replaceAll('-', '').slice(0, 20);
    const badge = {
      badgeId: randomUUID(),
      accreditationId: randomUUID(),
      editionId: EDITION,
      personId: who.id,
      serial,
    };
    await stage.tell({ type: 'accreditations.badge.issued.v1', topic: 'accreditations' }, badge.badgeId, 1, {
      ...badge,
      function: 'press',
      classes: ['press'],
      areas: ['A'],
      validFrom: '2019-09-13T00:00:00.000Z',
      validUntil: '2030-09-21T00:00:00.000Z',
      rights,
      ...(delegation && { delegation }),
    });
    const code = await writeAdmissionCode(
      {
        kind: 'badge',
        keyId: KEY_ID,
        editionTag: editionTag(EDITION),
        serial,
        validFrom: new Date('2019-09-13T00:00:00Z'),
        validUntil: new Date('2030-09-21T00:00:00Z'),
        scope: areaBits(['A']),
      },
      (bytes) => sign(null, bytes, pair.privateKey),
    );
    const book = (screeningId: string) => stage.call(who, 'POST', '/bookings', { screeningId }, randomUUID());
    const lost = () =>
      stage.tell({ type: 'accreditations.badge.revoked.v1', topic: 'accreditations' }, badge.badgeId, 2, {
        ...badge,
        state: 'reported_lost',
        reason: null,
      });
    return { who, badge, code, book, lost };
  };
  const screening = (startsIn: number, capacity = 20) => {
    const iso = (ms: number) => new Date(Date.now() + startsIn + ms).toISOString();
    return stage.screening({
      startsAt: iso(0),
      endsAt: iso(1.5 * HOUR),
      doorsOpenAt: iso(-HOUR),
      lateEntryUntil: iso(HOUR / 4),
      allocations: [{ id: 'press', classes: ['press'], capacity, overflow: [] }],
    });
  };
  const scan = async (screeningId: string, code: string, scanId = randomUUID()) => {
    const answer = await fetch(`${stage.service.url}/door/scans`, {
      method: 'POST',
      headers: { 'X-Device-Token': deviceToken, 'Content-Type': 'application/json' },
      body: JSON.stringify({ scanId, screeningId, code, at: new Date().toISOString() }),
    });
    return ((await answer.json()) as { verdict: string }).verdict;
  };

  it('hold a daily quota of their own', async () => {
    const { book } = await holder('one-a-day', { dailyQuota: 1 });
    // In the middle of a day at the venue, whatever hour it is now: a quota is a day's.
    const day = 24 * HOUR;
    const at = (Math.floor(Date.now() / day) + 30) * day + 6 * HOUR - Date.now();
    expect((await book(await screening(at))).status).toBe(201);
    const second = await book(await screening(at + 2 * HOUR));
    expect([second.body.code, second.body.facts.quota]).toEqual(['daily-quota-used', 1]);
  });

  it('let a function book two screenings at once, and no other', async () => {
    const both = [await screening(40 * 24 * HOUR), await screening(40 * 24 * HOUR)] as const;
    const programmer = await holder('three-halls', { overlap: true });
    for (const one of both) expect((await programmer.book(one)).status).toBe(201);
    const critic = await holder('one-hall', {});
    expect((await critic.book(both[0])).status).toBe(201);
    expect((await critic.book(both[1])).body.code).toBe('booking-overlaps');
  });

  it('count the bookings of a delegation by its own quota, however many book at once', async () => {
    const id = await screening(50 * 24 * HOUR);
    const delegation = { delegationId: randomUUID(), perScreening: 3 };
    const members = await Promise.all(Array.from({ length: 8 }, (_, i) => holder(`delegate-${i}`, {}, delegation)));
    const answers = await Promise.all(members.map(({ book }) => book(id)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['delegation-full']),
    );
    const [limit] = await stage.db.database.query<{ used: number; capacity: number }>(
      'SELECT used, capacity FROM usage_limit WHERE id = $1',
      [`delegation:${delegation.delegationId}:${id}`],
    );
    expect(limit).toEqual({ used: 3, capacity: 3 });
    // A place that is given back is the delegation's again.
    const gone = answers.findIndex(({ status }) => status === 201);
    await stage.call(members[gone]!.who, 'DELETE', `/bookings/${answers[gone]!.body.id}`);
    const next = answers.findIndex(({ status }) => status !== 201);
    expect((await members[next]!.book(id)).status).toBe(201);
  });

  it('let the leader of a delegation book for its members, and nobody else', async () => {
    const leader = castMember('leader');
    const stranger = castMember('stranger');
    const delegation = { delegationId: randomUUID(), perScreening: 2, leaderId: leader.id };
    const member = await holder('member', {}, delegation);
    const body = { screeningId: await screening(70 * 24 * HOUR), holder: member.who.id };
    expect((await stage.call(stranger, 'POST', '/bookings', body, randomUUID())).body.code).toBe('badge-not-live');
    const made = await stage.call(leader, 'POST', '/bookings', body, randomUUID());
    expect([made.status, made.body.state]).toEqual([201, 'booked']);
    expect((await stage.call(member.who, 'GET', '/bookings')).body.map(({ id }: { id: string }) => id)).toEqual([
      made.body.id,
    ]);
    expect((await stage.call(stranger, 'DELETE', `/bookings/${made.body.id}`)).status).toBe(404);
    expect((await stage.call(leader, 'DELETE', `/bookings/${made.body.id}`)).body.state).toBe('cancelled');
  });

  it('open doors within their windows only', async () => {
    const id = await screening(HOUR / 2);
    const hour = (n: number) => new Date(Date.now() + n * HOUR).toISOString();
    const now = await holder('in-window', { windows: [{ from: hour(-1), until: hour(1) }] });
    const later = await holder('before-window', { windows: [{ from: hour(2), until: hour(3) }] });
    const over = await holder('after-window', { windows: [{ from: hour(-3), until: hour(-2) }] });
    const verdicts = [];
    for (const each of [now, later, over]) {
      expect((await each.book(id)).status).toBe(201);
      verdicts.push(await scan(id, each.code));
    }
    expect(verdicts).toEqual(['ok', 'not_yet_valid', 'expired']);
  });

  it('tell once that a lost badge was shown', async () => {
    const id = await screening(HOUR / 2);
    const { badge, code, lost } = await holder('loser', {});
    await lost();
    const scanId = randomUUID();
    expect(await scan(id, code, scanId)).toBe('reported_lost');
    expect(await scan(id, code, scanId)).toBe('reported_lost');
    const told = await stage.db.database.query<{ data: EventData<typeof LostBadgeShown> }>(
      `SELECT data FROM outbox WHERE type = 'tickets.badge.lost-shown.v1' AND aggregate_id = $1`,
      [scanId],
    );
    expect(told.map(({ data }) => ({ ...data, at: '' }))).toEqual([
      {
        badgeId: badge.badgeId,
        editionId: EDITION,
        screeningId: id,
        gate: '7',
        scanId,
        at: '',
        verdict: 'reported_lost',
      },
    ]);
  });

  it('warn and block after no-shows as the function says', async () => {
    const strict = await holder('strict', { warnings: 0, blockHours: 5 });
    const id = await screening(2 * HOUR);
    expect((await strict.book(id)).status).toBe(201);
    const step = (ms: number, version: number) =>
      stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, version, {
        editionId: EDITION,
        offsetMs: ms,
      });
    await step(5 * HOUR, 900);
    await eventually(async () => {
      const answer = await strict.book(await screening(60 * 24 * HOUR));
      expect(answer.body.code).toBe('booking-blocked');
      const hours = (new Date(answer.body.facts.until).getTime() - Date.now()) / HOUR;
      expect(hours).toBeGreaterThan(9.5);
      expect(hours).toBeLessThan(10.5);
    });
    await step(0, 901);
  });
});
