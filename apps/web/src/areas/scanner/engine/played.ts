/** A house and a device played for the scanner's spec. */
import {
  editionTag,
  importListKey,
  ListWriter,
  listKeyOf,
  screeningTag,
  writeAdmissionCode,
} from '#libs/admission-code';
import type { DoorList, DoorScreenings, OpenDeviceSession, PairedDevice, UploadScans } from '#libs/contracts';
import { HouseSaysNo, HouseSilent } from './answers';
import type { Drawer, Kept, Log, Machine } from './ports';
import type { DoorServer } from './server';

const NOW = Date.parse('2026-09-16T13:20:00Z');
const SCREENING = 's1';
const EDITION = 'almaty';

/** A disk that outlives the scanner that writes on it. */
export class Disk {
  readonly drawer = new Map<string, unknown>();
  readonly rows = new Map<number, Kept<unknown>>();
  full = false;
}

/** A device whose clock and timers are turned by hand. */
export class PlayedMachine implements Machine {
  readonly version = 'test';
  time = NOW;
  wiped = 0;
  private timers: { at: number; work: () => void }[] = [];

  constructor(readonly disk: Disk) {}

  readonly drawer: Drawer = {
    read: async <T>(name: string) => this.disk.drawer.get(name) as T | undefined,
    write: async (name, value) => void this.disk.drawer.set(name, structuredClone(value)),
    remove: async (name) => void this.disk.drawer.delete(name),
  };
  log<T>(): Log<T> {
    return {
      all: async () => [...this.disk.rows.values()] as Kept<T>[],
      write: async (entry) => {
        if (this.disk.full) throw new DOMException('no room', 'QuotaExceededError');
        this.disk.rows.set(entry.seq, structuredClone(entry));
      },
      drop: async (seqs) => {
        for (const seq of seqs) this.disk.rows.delete(seq);
      },
    };
  }
  sign = async () => 'signature';
  publicKey = async () => ({ kty: 'EC', crv: 'P-256', x: '', y: '' }) as const;
  emptyDrawer = async () => this.disk.drawer.clear();
  wipe = async () => {
    this.wiped += 1;
    this.disk.drawer.clear();
    this.disk.rows.clear();
  };
  room = async () => ({ usedBytes: 0, quotaBytes: 1e9 });
  now = () => this.time;
  monotonic = () => this.time;
  later = (work: () => void, ms: number) => {
    this.timers.push({ at: this.time + ms, work });
  };

  /** Lets time pass and whatever was put off happen. */
  async pass(ms: number): Promise<void> {
    const until = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.time = Math.max(this.time, next.at);
      next.work();
      await settled();
    }
    this.time = until;
    await settled();
  }
}

/** Cryptography that other threads are at: how long it takes is the machine's business, not the played time's. */
let ciphering = 0;

/** From now on `settled` knows what cryptography is under way; for a `beforeEach`. */
export function watchCryptography(): void {
  const { subtle } = crypto;
  const watched = new Proxy(subtle, {
    get(_, name) {
      const member: unknown = Reflect.get(subtle, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        const work: Promise<unknown> = Reflect.apply(member, subtle, given);
        ciphering += 1;
        const done = () => {
          ciphering -= 1;
        };
        work.then(done, done);
        return work;
      };
    },
  });
  jest.spyOn(crypto, 'subtle', 'get').mockReturnValue(watched);
}

/** Everything that was begun and waits for no timer has come to its end. */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 60; quiet = ciphering > 0 ? 0 : quiet + 1)
    await new Promise((resolve) => setImmediate(resolve));
}

export async function house() {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  const publicKey = text(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const listKey = text(new Uint8Array(32).fill(3));
  const serial = 'ab'.repeat(10);
  const code = await writeAdmissionCode(
    {
      kind: 'ticket',
      keyId: 1,
      editionTag: editionTag(EDITION),
      serial,
      validFrom: new Date('2026-09-14'),
      validUntil: new Date('2026-09-20'),
      scope: screeningTag(SCREENING),
    },
    async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes)),
  );
  const writer = new ListWriter();
  const entry = writer.entry(await listKeyOf(await importListKey(listKey), serial), {
    kind: 'ticket',
    holder: { state: 'live', booked: true, allowed: true },
    row: '7',
    seat: '14',
  });
  const words = { kk: '', ru: '', en: '' };
  const screening: DoorScreenings['screenings'][number] = {
    id: SCREENING,
    version: 1,
    title: words,
    startsAt: '2026-09-16T13:30:00.000Z',
    endsAt: '2026-09-16T15:30:00.000Z',
    doorsOpenAt: '2026-09-16T13:00:00.000Z',
    lateEntryUntil: '2026-09-16T13:50:00.000Z',
    dayFrom: '2026-09-15T19:00:00.000Z',
    timezone: 'Asia/Almaty',
    hallId: 'h',
    hall: words,
    venue: words,
    gates: ['1'],
    areas: [],
    reentry: 'none',
    photo: { kind: 'none' },
    capacity: { of: 100, inside: 10 },
    admitted: 10,
    expected: 90,
  };
  const device: PairedDevice = {
    deviceId: 'd',
    editionId: EDITION,
    gate: '1',
    name: 'phone',
    does: ['scan'],
    scope: {},
    until: new Date(NOW + 3_600_000).toISOString(),
    pins: [],
    offlineAfterMs: 3_000,
    listStaleAfterMs: 21_600_000,
  };
  return { code, screening, device, publicKey, listKey, entry, writer };
}

export type House = Awaited<ReturnType<typeof house>>;
type Play = 'answers' | 'silent' | 'hangs' | 'revoked';

export function played({ screening, device, publicKey, listKey, entry, writer }: House, machine: () => PlayedMachine) {
  const uploads: UploadScans[] = [];
  const quarantined: unknown[] = [];
  const asked: string[] = [];
  const sessions: OpenDeviceSession[] = [];
  const server = {
    play: 'answers' as Play,
    uploads,
    quarantined,
    asked,
    sessions,
    says: undefined as string | undefined,
  };
  const now = () => new Date(machine().time).toISOString();
  const say = async <T>(what: string, answer: () => T): Promise<T> => {
    asked.push(what);
    if (server.play === 'silent') throw new HouseSilent('silent');
    if (server.play === 'hangs') return new Promise<T>(() => undefined);
    if (server.says?.startsWith(`${what} `)) throw new HouseSaysNo(403, server.says.slice(what.length + 1), 'No');
    if (server.play === 'revoked') throw new HouseSaysNo(401, 'device-revoked', '');
    return answer();
  };
  const list = (): DoorList => ({
    version: 'v1',
    full: true,
    at: now(),
    festivalTime: now(),
    screening,
    keys: [{ id: 1, publicKey }],
    listKey,
    ...writer.tables,
    entries: [entry],
    removed: [],
  });
  const door: DoorServer = {
    pair: () => say('pair', () => device),
    challenge: () => say('challenge', () => ({ challenge: 'c', serverTime: now() })),
    openSession: (body) =>
      say('session', () => {
        sessions.push(body);
        return {
          token: 't',
          expiresAt: new Date(machine().time + 1_800_000).toISOString(),
          serverTime: now(),
          festivalTime: now(),
          festivalOffsetMs: 0,
        };
      }),
    device: () => say('device', () => device),
    screenings: () =>
      say('screenings', () => ({
        serverTime: now(),
        festivalTime: now(),
        festivalOffsetMs: 0,
        screenings: [screening],
        elsewhere: [],
      })),
    list: () => say('list', list),
    scan: (_token, { scanId }) =>
      say('scan', () => ({
        scanId,
        verdict: 'ok',
        admitted: 'yes' as const,
        colour: 'green' as const,
        text: screening.title,
        row: '7',
        seat: '14',
      })),
    undo: () => say('undo', () => undefined),
    photo: () => say('photo', () => ({ url: null, expiresAt: now() })),
    face: () => say('face', () => ({ name: '', photo: null })),
    upload: (_token, body) =>
      say('upload', () => {
        uploads.push(structuredClone(body));
        return { scans: body.scans.map(({ scanId }) => ({ scanId, outcome: 'stored' as const })), serverTime: now() };
      }),
    quarantine: async ({ body }) => {
      quarantined.push(...(JSON.parse(body) as UploadScans).scans);
      return { scans: [], serverTime: now() };
    },
    holders: () => say('holders', () => ({ holders: [], more: false })),
    report: () => say('report', () => undefined),
  };
  return { server, door };
}
