import type { Entry, HolderFacts, HolderState } from './judge.js';
import type { DoorText } from './verdicts.js';

/**
 * One serial in a gate's list. It names nobody: the key is a keyed hash of the serial, and what repeats (papers, windows,
 * shares) stands once in {@link ListTables}.
 */
export interface ListEntry {
  /** {@link listKeyOf} of the serial. */
  k: string;
  /** Ticket, badge, or one code for a group. */
  t: 't' | 'b' | 'g';
  /** Live when absent. */
  s?: Exclude<HolderState, 'live' | 'unlisted'>;
  /** Row and seat. */
  r?: string;
  n?: string;
  /** The paper to be shown: its place in the table. */
  p?: number;
  /** Keys of the group's tickets, in their order. */
  m?: string[];
  /** A badge with a booking here; one whose booked seat was released. */
  b?: true;
  x?: true;
  /** The hours of a badge's function: their place in the table. */
  w?: number;
  /** The share that a badge enters from without booking: its place in the table. */
  a?: number;
  /** How many more screenings the badge may enter so today. */
  d?: number;
  /** Entered: when (ms, festival time), by which gate, whether inside now, when it left last. */
  e?: [at: number, gate: string, inside: 0 | 1] | [at: number, gate: string, inside: 0 | 1, leftAt: number];
}

export interface ListTables {
  proofs: DoorText[];
  windows: { from: string; until: string }[][];
  /** Places left for this device; null where nobody counts, -1 where the class has no share at all. */
  shares: (number | null)[];
}

/** A serial's facts as the judge wants them, with its seat. */
export interface Listed {
  kind: 'ticket' | 'badge' | 'group';
  holder: HolderFacts;
  row?: string;
  seat?: string;
  /** A group: the keys of its tickets. */
  members?: string[];
  /** A badge that enters by its function: places left in its share and entries left today. */
  alone?: { share: number | null; today?: number };
}

const NO_SHARE = -1;

/** The key of a serial in a list: 10 bytes of HMAC-SHA-256 in base64url. */
export async function listKeyOf(listKey: AdmissionListKey, serial: string): Promise<string> {
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', listKey, new TextEncoder().encode(serial)));
  return btoa(String.fromCharCode(...mac.subarray(0, 10)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

export type AdmissionListKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** The list's own key, 32 bytes in base64url as it comes with the list. */
export function importListKey(raw: string): Promise<AdmissionListKey> {
  const bytes = Uint8Array.from(atob(raw.replace(/-/g, '+').replace(/_/g, '/')), (character) =>
    character.charCodeAt(0),
  );
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** Writes entries and collects what they share. One writer makes one list. */
export class ListWriter {
  readonly tables: ListTables = { proofs: [], windows: [], shares: [] };
  private readonly places = new Map<string, number>();

  entry(k: string, { kind, holder, row, seat, members, alone }: Listed): ListEntry {
    return {
      k,
      t: kind === 'ticket' ? 't' : kind === 'badge' ? 'b' : 'g',
      ...(holder.state !== 'live' && holder.state !== 'unlisted' && { s: holder.state }),
      ...(row !== undefined && { r: row }),
      ...(seat !== undefined && { n: seat }),
      ...(holder.proof && { p: this.place('p', this.tables.proofs, holder.proof) }),
      ...(members && { m: members }),
      ...(kind === 'badge' && holder.booked && !alone && { b: true as const }),
      ...(holder.released && { x: true as const }),
      ...(holder.windows && { w: this.place('w', this.tables.windows, spelled(holder.windows)) }),
      ...(alone && { a: this.place('a', this.tables.shares, holder.allowed ? alone.share : NO_SHARE) }),
      ...(alone?.today !== undefined && { d: alone.today }),
      ...(holder.entry && { e: entered(holder.entry) }),
    };
  }

  private place<T>(table: string, rows: T[], row: T): number {
    const key = `${table}${JSON.stringify(row)}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, rows.length);
    return rows.push(row) - 1;
  }
}

/** What an entry says, as the judge wants it. */
export function readListEntry(entry: ListEntry, tables: ListTables): Listed {
  const kind = entry.t === 't' ? 'ticket' : entry.t === 'b' ? 'badge' : 'group';
  const share = entry.a === undefined ? undefined : tables.shares[entry.a];
  const alone = share === undefined ? undefined : aloneOf(share, entry.d);
  const windows = entry.w === undefined ? undefined : tables.windows[entry.w];
  const proof = entry.p === undefined ? undefined : tables.proofs[entry.p];
  return {
    kind,
    holder: {
      state: entry.s ?? 'live',
      booked: kind !== 'badge' || entry.b === true || alone !== undefined,
      ...(entry.x && { released: true }),
      allowed: share !== NO_SHARE,
      ...(alone && { shareLeft: placesLeft(alone) }),
      ...(windows && { windows: windows.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })) }),
      ...(proof && { proof }),
      ...(entry.e && {
        entry: {
          at: new Date(entry.e[0]),
          gate: entry.e[1],
          inside: entry.e[2] === 1,
          ...(entry.e[3] !== undefined && { leftAt: new Date(entry.e[3]) }),
        },
      }),
    },
    ...(entry.r !== undefined && { row: entry.r }),
    ...(entry.n !== undefined && { seat: entry.n }),
    ...(entry.m && { members: entry.m }),
    ...(alone && { alone }),
  };
}

/** How many places are left to somebody who enters by function: the share's, or those of the day. */
export function placesLeft({ share, today }: { share: number | null; today?: number }): number | null {
  if (share === null) return today ?? null;
  return today === undefined ? share : Math.min(share, today);
}

function aloneOf(share: number | null, today: number | undefined): { share: number | null; today?: number } {
  return { share: share === NO_SHARE ? null : share, ...(today !== undefined && { today }) };
}

function spelled(windows: readonly { from: Date; until: Date }[]): { from: string; until: string }[] {
  return windows.map(({ from, until }) => ({ from: from.toISOString(), until: until.toISOString() }));
}

function entered({ at, gate, inside, leftAt }: Entry): NonNullable<ListEntry['e']> {
  const now = inside ? 1 : 0;
  return leftAt ? [at.getTime(), gate, now, leftAt.getTime()] : [at.getTime(), gate, now];
}
