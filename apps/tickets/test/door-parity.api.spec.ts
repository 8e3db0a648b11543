import { randomUUID } from 'node:crypto';
import {
  type AdmissionKeys,
  type DoorFacts,
  importAdmissionKey,
  importListKey,
  judgeOffline,
  listKeyOf,
  lotOf,
  type OfflineJudgement,
  type OwnScan,
  readAdmissionCode,
  readDoor,
  type Shown,
  VERDICTS,
} from '#libs/admission-code';
import type { DoorList, DoorRules, DoorScreenings, ScanVerdict } from '#libs/contracts';
import { EDITION } from '#libs/testing';
import { PLAIN_RULES } from '../src/sale/pricing/price.rules.js';
import { type DoorStage, openDoor, type TestGate } from './door-stage.js';

/** Minutes to its start: before doors, doors open, after late entry. */
const TIMES = { early: 90, open: 20, late: -20 } as const;
const POLICIES: Record<string, DoorRules> = {
  strict: {},
  sameDay: { reentry: 'same-day' },
  always: { reentry: 'always' },
  photo: { photo: { kind: 'required' } },
  lot: { photo: { kind: 'random', percent: 50 } },
  full: { capacity: 0 },
};

interface Actor {
  name: string;
  code: string;
  /** How it was moved before it is judged: in, out, in again. */
  before?: ('in' | 'out')[];
  answers?: object;
  admit?: number;
  direction?: 'in' | 'out';
}

/** Each row is lived through at the real service, and judged by the list that was fetched just before. */
describe('the same verdict with and without a network', () => {
  let door: DoorStage;
  let gate: TestGate;
  let keys: AdmissionKeys;
  const seen = new Set<string>();

  beforeAll(async () => {
    door = await openDoor();
    gate = await door.gate({ areas: ['A'] });
    await door.stage.db.database.query(
      `INSERT INTO price_rules (edition_id, version, rules, changed_by) VALUES ($1, 1, $2, 'spec')`,
      [EDITION, PRICES],
    );
  });
  afterAll(() => door.stage.close());

  const actorsAt = async (id: string): Promise<Actor[]> => {
    const seat = seats();
    const ticket = async (name: string, more: Partial<Actor> = {}, made = {}) => ({
      name,
      code: (await door.ticket(id, seat(), made)).code,
      ...more,
    });
    const badge = async (name: string, more: Partial<Actor> = {}, made = {}) => ({
      name,
      code: (await door.badge(made)).code,
      ...more,
    });
    const group = await door.group(id, [seat(), seat(), seat()]);
    const own = await ticket('forged');
    const [other, moved] = [await door.screening(200), await door.screening(220)];
    await door.moved(moved);
    return [
      await ticket('a live ticket'),
      await ticket('a ticket that is in', { before: ['in'] }),
      await ticket('a ticket that left', { before: ['in', 'out'] }),
      await ticket('a ticket that came back', { before: ['in', 'out', 'in'] }),
      await ticket('a ticket on its way out', { before: ['in'], direction: 'out' }),
      await ticket('a refunded ticket', {}, { state: 'ended', endedAs: 'refunded' }),
      await ticket('an exchanged ticket', {}, { state: 'ended', endedAs: 'exchanged' }),
      await ticket('a released ticket', {}, { state: 'ended', endedAs: 'released' }),
      await ticket('a charged-back ticket', {}, { state: 'ended', endedAs: 'charged-back' }),
      await ticket('a concession', {}, { kind: 'student' }),
      await ticket('a concession with its paper', { answers: { proof: 'shown' } }, { kind: 'student' }),
      await ticket('a concession without', { answers: { proof: 'missing' } }, { kind: 'student' }),
      { name: 'a ticket for elsewhere', code: (await door.ticket(other, 'A-1')).code },
      { name: 'a ticket for one that was moved', code: (await door.ticket(moved, 'A-1')).code },
      await badge('a badge of another edition', {}, { edition: 'almaty-2018' }),
      await badge('a badge of an unknown key', {}, { keyId: 99 }),
      { name: 'nobody’s code', code: 'HELLO' },
      { name: 'a forged code', code: own.code.slice(0, 30) + (own.code[30] === 'A' ? 'B' : 'A') + own.code.slice(31) },
      { name: 'a group', code: group.code },
      { name: 'a group of which one came', code: (await door.group(id, [seat(), seat()])).code, before: ['in'] },
      { name: 'a group in part', code: (await door.group(id, [seat(), seat(), seat()])).code, admit: 2 },
      { name: 'a group that is in', code: (await door.group(id, [seat()])).code, before: ['in'] },
      await badge('a badge without booking'),
      await badge('a badge with its booking', {}, { booking: { screening: id, seat: 'C-9', state: 'used' } }),
      await badge(
        'a badge whose seat was released',
        {},
        { booking: { screening: id, seat: 'C-10', state: 'released' } },
      ),
      await badge('a badge that enters alone', {}, { classes: ['jury'] }),
      await badge('a badge alone with no share', {}, { classes: ['guest'] }),
      await badge('a badge alone whose share is full', {}, { classes: ['sponsor'] }),
      await badge('a badge alone whose face fits', { answers: { photo: 'matches' } }, { classes: ['jury'] }),
      await badge('a badge alone whose face differs', { answers: { photo: 'differs' } }, { classes: ['jury'] }),
      await badge('a badge for another area', {}, { classes: ['jury'], areas: ['B'] }),
      await badge('a badge before its hours', {}, { classes: ['jury'], rights: hours(300, 400) }),
      await badge('a badge after its hours', {}, { classes: ['jury'], rights: hours(-400, -300) }),
      await badge('a badge in its hours', {}, { classes: ['jury'], rights: hours(-400, 400) }),
      await badge('a badge with no entry left today', {}, { classes: ['jury'], rights: { dailyQuota: 0 } }),
      await badge('a badge whose application was taken back', {}, { classes: ['jury'], unapproved: true }),
      await badge('a suspended badge', {}, { state: 'suspended' }),
      await badge('a revoked badge', {}, { state: 'revoked' }),
      await badge('a replaced badge', {}, { state: 'replaced' }),
      await badge('a lost badge', {}, { state: 'reported_lost' }),
    ];
  };
  const hours = (from: number, until: number) => ({
    windows: [{ from: minutes(from), until: minutes(until) }],
  });

  const ALLOCATIONS = [
    { id: 'jury', classes: ['jury'], capacity: 500, overflow: [] },
    { id: 'sponsor', classes: ['sponsor'], capacity: 0, overflow: [] },
  ];
  const MODES = ['jury', 'guest', 'sponsor'].map((name) => ({ class: name, mode: 'badge-alone' }));

  const setUp = async (time: keyof typeof TIMES) => {
    const id = await door.screening(TIMES[time], { allocations: ALLOCATIONS });
    expect((await door.stage.call(door.manager, 'PUT', `/screenings/${id}/entry-modes`, { modes: MODES })).status).toBe(
      200,
    );
    return id;
  };
  const setRules = async (id: string, rules: DoorRules) => {
    const answer = await door.stage.call(door.manager, 'PUT', `/door/house/${id}/rules`, rules);
    expect(answer.status).toBe(200);
  };

  it.each(Object.keys(TIMES).flatMap((time) => Object.keys(POLICIES).map((policy) => [time, policy] as const)))(
    'doors %s, policy %s',
    async (time, policy) => {
      const id = await setUp(time as keyof typeof TIMES);
      const actors = await actorsAt(id);
      await setRules(id, { reentry: 'always' });
      for (const actor of actors) for (const direction of actor.before ?? []) await movedAt(id, actor.code, direction);
      await setRules(id, POLICIES[policy]!);
      const { body: where } = await gate.get<DoorScreenings>('/screenings');
      for (const actor of actors) {
        const list = await gate.list(id);
        keys ??= new Map(
          await Promise.all(list.keys.map(async (key) => [key.id, await importAdmissionKey(key.publicKey)] as const)),
        );
        const scanId = randomUUID();
        const offline = await byItself(list, where, actor, scanId);
        const online = await gate.scan(id, actor.code, {
          scanId,
          ...(actor.direction && { direction: actor.direction }),
          ...(actor.answers && { answers: actor.answers }),
          ...(actor.admit && { admit: actor.admit }),
        });
        const row = `${actor.name}, doors ${time}, ${policy}${policy === 'lot' ? ` (${lotOf(scanId)})` : ''}`;
        expect(`${row}: ${shown(offline)}`).toBe(`${row}: ${shown(asOffline(online))}`);
        seen.add(online.verdict);
      }
    },
    60_000,
  );

  it('has lived through every verdict that a fresh list can give', () => {
    const missing = Object.keys(VERDICTS).filter((code) => !seen.has(code));
    // A fresh list is never stale: that one is lived through below.
    expect(missing).toEqual(['list_stale']);
  });

  it('opens an area to badges alone, by their letters, in and out', async () => {
    const lounge = await door.gate({ gate: '7', areas: ['P'], screenings: [] });
    const { body: where } = await lounge.get<DoorScreenings>('/screenings');
    expect(where.screenings.map(({ area }) => area)).toEqual(expect.arrayContaining(['P']));
    const { id } = where.screenings[0]!;
    expect((await gate.get<{ code: string }>(`/screenings/${id}/list`)).body.code).toBe('device-not-here');
    const tonight = await setUp('open');
    expect((await lounge.get<{ code: string }>(`/screenings/${tonight}/list`)).body.code).toBe('device-not-here');
    const ticket = await door.ticket(tonight, 'A-1');
    const actors: [string, string, ('in' | 'out')[], 'in' | 'out', string][] = [
      ['a badge of the area', (await door.badge({ areas: ['A', 'P'] })).code, [], 'in', 'ok'],
      ['one that is in', (await door.badge({ areas: ['P'] })).code, ['in'], 'in', 'already_used'],
      ['one that goes', (await door.badge({ areas: ['P'] })).code, ['in'], 'out', 'ok_exit'],
      ['one that comes back', (await door.badge({ areas: ['P'] })).code, ['in', 'out'], 'in', 'ok_reentry'],
      ['a badge of another area', (await door.badge({ areas: ['A'] })).code, [], 'in', 'wrong_area'],
      [
        'a badge out of its hours',
        (await door.badge({ areas: ['P'], rights: hours(-400, -300) })).code,
        [],
        'in',
        'expired',
      ],
      ['a suspended badge', (await door.badge({ areas: ['P'], state: 'suspended' })).code, [], 'in', 'suspended'],
      ['a badge taken back', (await door.badge({ areas: ['P'], unapproved: true })).code, [], 'in', 'not_approved'],
      ['a ticket', ticket.code, [], 'in', 'wrong_screening'],
    ];
    for (const [name, code, before, direction, verdict] of actors) {
      for (const way of before) expect((await lounge.scan(id, code, { direction: way })).admitted).toBe('yes');
      const scanId = randomUUID();
      const offline = await byItself(await lounge.list(id), where, { name, code, direction }, scanId);
      const online = await lounge.scan(id, code, { scanId, direction });
      expect(`${name}: ${shown(offline)}`).toBe(`${name}: ${shown(asOffline(online))}`);
      expect(`${name}: ${online.verdict}`).toBe(`${name}: ${verdict}`);
    }
    const page = (await door.stage.call(door.manager, 'GET', `/door/house/${id}`)).body;
    expect(page.screening).toMatchObject({ area: 'P', reentry: 'always', capacity: { inside: 3 } });
    expect(page.conflicts).toEqual([]);
    const listed = (await door.stage.call(door.manager, 'GET', `/door/house?edition=${EDITION}`)).body.screenings;
    expect(listed.map((one: { id: string }) => one.id)).toContain(id);
    await setRules(id, { capacity: 3 });
    expect((await lounge.scan(id, (await door.badge({ areas: ['P'] })).code)).verdict).toBe('room_full');
    expect((await door.stage.call(door.manager, 'POST', `/door/house/${id}/sales`, { paused: true })).status).toBe(404);
  });

  it('asks the house manager when the list is old, and takes nothing for unknown that is newer than it', async () => {
    const id = await setUp('open');
    const known = await door.ticket(id, 'A-1');
    const list = await gate.list(id);
    const later = await door.ticket(id, 'A-2');
    const { body: where } = await gate.get<DoorScreenings>('/screenings');
    const old = { ageMs: 7 * 3_600_000, staleAfterMs: 6 * 3_600_000 };
    const young = { ageMs: 120_000, staleAfterMs: 6 * 3_600_000 };
    const verdict = async (code: string, age: DoorFacts['list']) =>
      (await byItself(list, where, { name: '', code }, randomUUID(), age)).verdict;
    expect(await verdict(known.code, old)).toBe('list_stale');
    expect(await verdict(known.code, young)).toBe('ok');
    expect(await verdict(later.code, young)).toBe('list_stale');
    const next = await gate.list(id, list.version);
    expect(next.full).toBe(false);
    expect(next.entries).toHaveLength(1);
    expect(next.removed).toEqual([]);
  });

  it('names nobody in a list: no serial, no person', async () => {
    const id = await setUp('open');
    const ticket = await door.ticket(id, 'A-1');
    const badge = await door.badge({ classes: ['jury'] });
    const text = JSON.stringify(await gate.list(id));
    for (const secret of [ticket.serial, badge.serial, badge.badgeId, badge.who.id]) expect(text).not.toContain(secret);
  });

  async function movedAt(id: string, code: string, direction: 'in' | 'out'): Promise<void> {
    // Straight into the books: the doors may be shut at this hour.
    const body = { scanId: randomUUID(), screeningId: id, code, at: new Date().toISOString(), direction };
    const sent = { ...body, verdict: direction === 'in' ? 'ok' : 'ok_exit', admitted: true };
    const { status } = await gate.post('/uploads', { scans: [sent] });
    expect(status).toBe(200);
  }

  async function byItself(
    list: DoorList,
    where: DoorScreenings,
    { code, answers, admit, direction = 'in' }: Actor,
    scanId: string,
    age: DoorFacts['list'] = { ageMs: 0, staleAfterMs: 6 * 3_600_000 },
  ): Promise<OfflineJudgement> {
    const read = await readAdmissionCode(code, keys);
    const key = read.outcome === 'ok' ? await listKeyOf(await importListKey(list.listKey), read.code.serial) : '';
    const kept = {
      entries: new Map(list.entries.map((entry) => [entry.k, entry])),
      tables: { proofs: list.proofs, windows: list.windows, shares: list.shares },
      at: new Date(list.festivalTime),
    };
    const facts = readDoor(list.screening, EDITION, where.elsewhere, age);
    const log: OwnScan[] = [];
    const how: Shown = { at: new Date(list.festivalTime), direction, scanId, ...(answers && { answers }) };
    return judgeOffline(read, key, kept, log, facts, how, admit);
  }
});

function asOffline(online: ScanVerdict) {
  const { verdict, admitted, row, seat, earlier, people, groupLeft, proof } = online;
  return {
    verdict,
    admitted,
    row,
    seat,
    earlier: earlier && { at: new Date(earlier.at), gate: earlier.gate },
    people: groupLeft === undefined ? undefined : people,
    groupLeft,
    proof,
  };
}

function shown(of: Partial<Omit<ReturnType<typeof asOffline>, 'people'>> & { people?: number | string[] }): string {
  const { verdict, admitted, row, seat, earlier, people, groupLeft, proof } = of;
  const count = groupLeft === undefined ? undefined : Array.isArray(people) ? people.length : people;
  return JSON.stringify([verdict, admitted, row, seat, earlier, count, groupLeft, proof]);
}

function minutes(from: number): string {
  return new Date(Date.now() + from * 60_000).toISOString();
}

function seats(): () => string {
  let n = 0;
  return () => {
    const at = n++;
    return `${'ABC'[Math.floor(at / 10)]}-${(at % 10) + 1}`;
  };
}

const NAME = { kk: 'Студент', ru: 'Студент', en: 'Student' };
const PRICES = {
  ...PLAIN_RULES,
  concessions: [{ id: 'student', name: NAME, discount: { percent: 50 }, proof: NAME }],
};
