import fc from 'fast-check';
import {
  type AdmissionCode,
  type DoorFacts,
  editionTag,
  type HolderFacts,
  judgeOffline,
  type Listed,
  ListWriter,
  type OwnScan,
  readListEntry,
  screeningTag,
} from './index.js';

const at = (minute: number) => new Date(Date.UTC(2019, 8, 14, 12, minute));
const ticket: AdmissionCode = {
  kind: 'ticket',
  keyId: 7,
  editionTag: editionTag('almaty-2019'),
  serial: '0123456789abcdef0123',
  validFrom: at(-600),
  validUntil: at(6_000),
  scope: screeningTag('opening'),
};
const door: DoorFacts = {
  screeningId: 'opening',
  editionId: 'almaty-2019',
  doorsOpenAt: at(0),
  lateEntryUntil: at(45),
  endsAt: at(120),
  dayFrom: at(-700),
  reentry: 'always',
  photo: { kind: 'none' },
  areas: [],
  capacity: { of: 3, inside: 0 },
  elsewhere: new Map(),
  list: { ageMs: 0, staleAfterMs: 60_000 },
};
const live: HolderFacts = { state: 'live', booked: true, allowed: true };
const listOf = (listed: Record<string, Listed>) => {
  const writer = new ListWriter();
  const entries = new Map(Object.entries(listed).map(([key, one]) => [key, writer.entry(key, one)]));
  return { entries, tables: writer.tables, at: at(1) };
};
const judged = (list: ReturnType<typeof listOf>, key: string, log: OwnScan[] = [], more: object = {}, wanted = 1) =>
  judgeOffline(
    { outcome: 'ok', code: ticket },
    key,
    list,
    log,
    { ...door, ...more },
    { at: at(10), direction: 'in', scanId: 'scan' },
    wanted,
  );
const went = (key: string, minute: number, more: Partial<OwnScan> = {}): OwnScan => ({
  key,
  at: at(minute),
  gate: '1',
  direction: 'in',
  admitted: true,
  ...more,
});

describe('a list', () => {
  it('says what was written into it', () => {
    const instant = fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms));
    const words = fc.record({ kk: fc.string(), ru: fc.string(), en: fc.string() });
    const holder = fc.record(
      {
        state: fc.constantFrom('live' as const, 'ended' as const, 'released' as const, 'suspended' as const),
        proof: words,
        windows: fc.array(fc.record({ from: instant, until: instant }), { maxLength: 3 }),
        entry: fc.record({ at: instant, gate: fc.string(), inside: fc.boolean(), leftAt: instant }),
      },
      { requiredKeys: ['state'] },
    );
    fc.assert(
      fc.property(fc.array(holder, { maxLength: 12 }), (holders) => {
        const written = holders.map(
          (one): Listed => ({
            kind: 'badge',
            holder: { ...one, booked: true, allowed: true },
            row: 'A',
            seat: '1',
          }),
        );
        const writer = new ListWriter();
        const entries = written.map((one, i) => writer.entry(`${i}`, one));
        const travelled = JSON.parse(JSON.stringify({ entries, tables: writer.tables })) as {
          entries: typeof entries;
          tables: typeof writer.tables;
        };
        expect(travelled.entries.map((entry) => readListEntry(entry, travelled.tables))).toEqual(written);
      }),
    );
  });
});

describe('a device by itself', () => {
  const seat = (holder: Partial<HolderFacts> = {}): Listed => ({
    kind: 'ticket',
    holder: { ...live, ...holder },
    row: 'A',
    seat: '1',
  });

  it('remembers whom it let in, and forgets what was taken back', () => {
    const list = listOf({ one: seat() });
    expect(judged(list, 'one')).toMatchObject({ verdict: 'ok', people: ['one'], row: 'A', seat: '1' });
    expect(judged(list, 'one', [went('one', 5)])).toMatchObject({
      verdict: 'already_used',
      earlier: { at: at(5), gate: '1' },
    });
    expect(judged(list, 'one', [went('one', 5, { undone: true })]).verdict).toBe('ok');
    expect(judged(list, 'one', [went('one', 5), went('one', 7, { direction: 'out' })]).verdict).toBe('ok_reentry');
  });
  it('puts its own log after what the list knows of other gates', () => {
    const list = listOf({ one: seat({ entry: { at: at(2), gate: '2', inside: false, leftAt: at(8) } }) });
    expect(judged(list, 'one', [went('one', 5)]).verdict).toBe('ok_reentry');
    expect(judged(list, 'one', [went('one', 9)])).toMatchObject({ verdict: 'already_used', earlier: { gate: '2' } });
  });
  it('counts the hall on from the list: what the list had counted, not twice', () => {
    const list = listOf({ one: seat() });
    const others = [went('a', 3), went('b', 4), went('c', 5)];
    expect(judged(list, 'one', others).verdict).toBe('room_full');
    const counted = others.map((one) => ({ ...one, storedAt: at(0) }));
    expect(judged(list, 'one', counted).verdict).toBe('ok');
    expect(judged(list, 'one', [...others, went('c', 6, { direction: 'out' })]).verdict).toBe('ok');
  });
  it('gives out no more of a share than the list leaves it', () => {
    const badge: Listed = { kind: 'badge', holder: { ...live }, alone: { share: 1 } };
    const list = listOf({ one: badge, two: badge });
    const code = { ...ticket, kind: 'badge' as const };
    const ask = (log: OwnScan[]) =>
      judgeOffline({ outcome: 'ok', code }, 'one', list, log, door, { at: at(10), direction: 'in', scanId: 'x' });
    expect(ask([])).toMatchObject({ verdict: 'ok', alone: true });
    expect(ask([went('two', 5, { alone: true })]).verdict).toBe('quota_exhausted');
  });
  it('lets a group in part by part', () => {
    const members = ['m1', 'm2', 'm3'];
    const list = listOf({
      group: { kind: 'group', holder: live, members },
      ...Object.fromEntries(members.map((key) => [key, seat()])),
    });
    const first = judged(list, 'group', [], {}, 2);
    expect(first).toMatchObject({ verdict: 'ok', people: ['m1', 'm2'], groupLeft: 1 });
    const log = first.people.map((key) => went(key, 5));
    expect(judged(list, 'group', log, {}, 2)).toMatchObject({ verdict: 'ok', people: ['m3'], groupLeft: 0 });
    const all = [...log, went('m3', 6)];
    expect(judged(list, 'group', all, { capacity: undefined })).toMatchObject({ verdict: 'already_used', people: [] });
  });
});
