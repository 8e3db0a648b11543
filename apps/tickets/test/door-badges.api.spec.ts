import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { areaBits, editionTag, writeAdmissionCode } from '#libs/admission-code';
import { castMember, EDITION, eventually } from '#libs/testing';
import { FestivalClock } from '../src/copies/programme-copy/festival-clock.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const MINUTE = 60_000;
const KEY_ID = 21;
const pair = generateKeyPairSync('ed25519');

describe('a badge at the door', () => {
  let stage: TicketsStage;
  let steps = 100;
  let deviceToken: string;
  const manager = castMember('manager', ['house-manager']);

  beforeAll(async () => {
    stage = await openStage({
      BADGE_KEYS: JSON.stringify({ [KEY_ID]: pair.publicKey.export({ format: 'jwk' }).x }),
    });
    deviceToken = (await stage.scanner(manager)).token;
  });
  afterAll(() => stage.close());
  afterEach(() => stepFestival(0));

  const stepFestival = async (minutes: number) => {
    await stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, ++steps, {
      editionId: EDITION,
      offsetMs: minutes * MINUTE,
    });
    await stage.service.app.get(FestivalClock).load();
  };
  const screening = (capacity: number) => {
    const iso = (minutes: number) => new Date(Date.now() + (120 + minutes) * MINUTE).toISOString();
    return stage.screening({
      startsAt: iso(0),
      endsAt: iso(90),
      doorsOpenAt: iso(-30),
      lateEntryUntil: iso(15),
      allocations: [{ id: 'press', classes: ['press'], capacity, overflow: [] }],
    });
  };
  const badge = async (name: string) => {
    const who = castMember(name);
    const serial = randomUUID().replaceAll('-', '').slice(0, 20);
    const data = {
      badgeId: randomUUID(),
      accreditationId: randomUUID(),
      editionId: EDITION,
      personId: who.id,
      serial,
      function: 'press',
      classes: ['press'],
      areas: ['A'],
      validFrom: '2019-09-13T00:00:00.000Z',
      validUntil: '2030-09-21T00:00:00.000Z',
    };
    await stage.tell({ type: 'accreditations.badge.issued.v1', topic: 'accreditations' }, data.badgeId, 1, data);
    const suspend = () =>
      stage.tell({ type: 'accreditations.badge.revoked.v1', topic: 'accreditations' }, data.badgeId, 2, {
        badgeId: data.badgeId,
        accreditationId: data.accreditationId,
        editionId: EDITION,
        personId: who.id,
        serial,
        state: 'suspended',
        reason: null,
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
    return { who, code, suspend };
  };
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${stage.service.url}/door${path}`, {
      method: 'POST',
      headers: { 'X-Device-Token': deviceToken, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { verdict?: string; code?: string; row?: string; seat?: string };
  };
  const scan = (screeningId: string, code: string, scanId = randomUUID()) =>
    post('/scans', { scanId, screeningId, code, at: new Date().toISOString() });
  const alone = (id: string) =>
    stage.call(manager, 'PUT', `/screenings/${id}/entry-modes`, { modes: [{ class: 'press', mode: 'badge-alone' }] });
  const used = async (id: string) =>
    (await stage.db.database.query<{ used: number }>('SELECT used FROM usage_limit WHERE id = $1', [`${id}:press`]))[0]
      ?.used;

  it('needs a booking, unless the entry mode says that it is enough', async () => {
    const id = await screening(5);
    const { code } = await badge('needs');
    await stepFestival(95);
    await eventually(async () => expect((await scan(id, code)).verdict).toBe('needs_ticket_too'));
    await alone(id);
    expect((await scan(id, code)).verdict).toBe('ok');
    expect((await scan(id, code)).verdict).toBe('already_used');
    expect(await used(id)).toBe(1);
  });

  it('takes a place of its class’s share when it enters alone, once per scan, and never more than there are', async () => {
    const id = await screening(3);
    await alone(id);
    await stepFestival(95);
    const holders = await Promise.all(Array.from({ length: 6 }, (_, i) => badge(`alone-${i}`)));
    const again = randomUUID();
    const all = await Promise.all(holders.map(({ code }, i) => scan(id, code, i === 0 ? again : randomUUID())));
    const verdicts = all.map(({ verdict }) => verdict);
    expect(verdicts.filter((v) => v === 'ok')).toHaveLength(3);
    expect(verdicts.filter((v) => v === 'quota_exhausted')).toHaveLength(3);
    expect((await scan(id, holders[0]!.code, again)).verdict).toBe(verdicts[0]);
    const inside = holders[verdicts.indexOf('ok')]!;
    const twice = await Promise.all([1, 2, 3].map(() => scan(id, inside.code)));
    expect(twice.map(({ verdict }) => verdict)).toEqual(Array(3).fill('already_used'));
    expect(await used(id)).toBe(3);
  });

  it('leaves no place taken when two gates read it at once', async () => {
    const id = await screening(5);
    await alone(id);
    await stepFestival(95);
    const { code } = await badge('two-gates');
    const both = await Promise.all(Array.from({ length: 6 }, () => scan(id, code)));
    expect(both.map(({ verdict }) => verdict).sort()).toEqual([...Array(5).fill('already_used'), 'ok']);
    expect(await used(id)).toBe(1);
  });

  it('that comes after its booked seat was released is told so, and sits on any free seat', async () => {
    const id = await screening(5);
    const { who, code } = await badge('comes-late');
    const booking = { screeningId: id, seat: 'A-1' };
    expect((await stage.call(who, 'POST', '/bookings', booking, randomUUID())).status).toBe(201);
    await stepFestival(111);
    const state = async () => (await stage.call(who, 'GET', '/bookings')).body[0].state;
    await eventually(async () => expect(await state()).toBe('released'));
    expect((await scan(id, code)).verdict).toBe('seat_released');
    expect((await stage.call(who, 'POST', '/bookings', booking, randomUUID())).body.code).toBe('already-booked');
    const seated = await post(`/rush/${id}/latecomers`, { scanId: randomUUID(), code });
    expect(seated).toEqual({ row: 'A', seat: '1' });
    expect(await state()).toBe('used');
    expect((await scan(id, code)).verdict).toBe('already_used');
  });

  it('that is suspended keeps its booking and is refused', async () => {
    const id = await screening(5);
    const { who, code, suspend } = await badge('suspended-at-door');
    await stage.call(who, 'POST', '/bookings', { screeningId: id }, randomUUID());
    await suspend();
    await stepFestival(95);
    await eventually(async () => expect((await scan(id, code)).verdict).toBe('suspended'));
    expect((await stage.call(who, 'GET', '/bookings')).body[0].state).toBe('booked');
  });
});
