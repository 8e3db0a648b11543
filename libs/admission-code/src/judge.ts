import { areaBits, editionTag, type ReadCode, screeningTag } from './admission-code.js';
import { type DoorText, VERDICTS, type Verdict } from './verdicts.js';

export type Direction = 'in' | 'out';

/** Who may come back after leaving: nobody, whoever left today, whoever left. */
export type ReentryPolicy = 'none' | 'same-day' | 'always';

/** How often a badge is compared with its photo at the door. */
export type PhotoRule = { kind: 'none' } | { kind: 'random'; percent: number } | { kind: 'required' };

/** Where another screening is, for whoever stands at the wrong door. */
export interface Elsewhere {
  screeningId: string;
  title: DoorText;
  hall: DoorText;
  startsAt: string;
  timezone: string;
  /** It was to be here, or at another hour, and was moved. */
  moved: boolean;
}

/** The screening at whose door the code is shown; instants in festival time. */
export interface DoorFacts {
  screeningId: string;
  editionId: string;
  doorsOpenAt: Date;
  lateEntryUntil: Date;
  endsAt: Date;
  /** When the festival's day of `at` began at the venue: what "same day" of re-entry means. */
  dayFrom: Date;
  reentry: ReentryPolicy;
  photo: PhotoRule;
  /** Access areas behind this gate; a badge needs one of them. Empty: the gate asks for none. */
  areas: readonly string[];
  /** Absent: nobody counts. */
  capacity?: { of: number; inside: number };
  /** Other screenings by {@link screeningTag}. */
  elsewhere: ReadonlyMap<bigint, Elsewhere>;
  /** Offline: how old the list is. Absent online. */
  list?: { ageMs: number; staleAfterMs: number };
}

/** Who went in with a serial, and whether they are in now. */
export interface Entry {
  at: Date;
  gate: string;
  inside: boolean;
  leftAt?: Date;
}

export type HolderState =
  | 'live'
  | 'ended'
  | 'released'
  | 'unpaid'
  | 'not_approved'
  | 'revoked'
  | 'suspended'
  | 'replaced'
  | 'reported_lost'
  /** Genuine, but nobody knows it. */
  | 'unlisted';

/** What is known of the serial: on the server its row, offline the device's lists. */
export interface HolderFacts {
  state: HolderState;
  /** A badge: whether a seat at this screening is booked on it, or its function enters without. */
  booked: boolean;
  /** A badge: whether its booked seat was given to the rush line because nobody had come. */
  released?: boolean;
  /** A badge: whether its classes may enter this screening at all. */
  allowed: boolean;
  /** A badge without booking that enters by its function: how many places its share has left; null where nobody counts. */
  shareLeft?: number | null;
  entry?: Entry;
  /** A badge: when its function opens doors at all; always when absent. Festival time, `until` excluded. */
  windows?: readonly { from: Date; until: Date }[];
  /** A ticket: the paper that its concession needs at the door. */
  proof?: DoorText;
}

/** What staff said to a question, or a house manager against a refusal; the PIN was checked by the caller. */
export interface Answers {
  photo?: 'matches' | 'differs';
  proof?: 'shown' | 'missing';
  override?: boolean;
}

export interface Shown {
  /** Festival time. */
  at: Date;
  direction: Direction;
  /** Decides by lot whether a photo is asked for; the same on both sides. */
  scanId: string;
  answers?: Answers;
}

export interface Judgement {
  verdict: Verdict;
  admitted: 'yes' | 'no' | 'ask';
  /** The person goes in against the verdict, by a house manager's word. */
  overridden: boolean;
}

/** Later than its list a genuine ticket may have been sold: from this age a missing serial is a question, not a no. */
export const LIST_LACKS_AFTER_MS = 60_000;

const ENDED: Partial<Record<HolderState, Verdict>> = {
  ended: 'cancelled',
  released: 'seat_released',
  unpaid: 'unpaid',
  not_approved: 'not_approved',
  revoked: 'revoked',
  suspended: 'suspended',
  replaced: 'replaced',
  reported_lost: 'reported_lost',
};

/** A number from 0 to 99 that everybody draws alike from a scan's id. */
export function lotOf(scanId: string): number {
  return editionTag(scanId.toLowerCase()) % 100;
}

/**
 * One verdict for one code at one door: the same function on the server and on an offline scanner.
 * The order is the law: what is wrong with the code comes before what is wrong with the hour, and questions come last.
 */
export function verdictOf(read: ReadCode, holder: HolderFacts, door: DoorFacts, shown: Shown): Verdict {
  if (read.outcome !== 'ok') return read.outcome;
  const { code } = read;
  if (code.editionTag !== editionTag(door.editionId)) return 'wrong_edition';
  if (code.kind === 'ticket' && code.scope !== screeningTag(door.screeningId))
    return door.elsewhere.get(code.scope)?.moved ? 'screening_changed' : 'wrong_screening';
  if (shown.direction === 'out') return holder.state === 'unlisted' ? unlisted(door) : 'ok_exit';
  if (holder.state === 'unlisted') return unlisted(door);
  const ended = ENDED[holder.state];
  if (ended) return ended;
  if (holder.entry) return again(holder.entry, door, shown.at);
  return (
    (code.kind === 'badge' ? rightOf(code.scope, holder, door) : undefined) ??
    hourOf(code, holder, door, shown.at) ??
    roomOf(holder, door) ??
    questionOf(code.kind, holder, door, shown) ??
    'ok'
  );
}

/** The verdict, and whether the person goes in with what staff answered. */
export function judge(read: ReadCode, holder: HolderFacts, door: DoorFacts, shown: Shown): Judgement {
  const verdict = verdictOf(read, holder, door, shown);
  const row = VERDICTS[verdict];
  if (row.admitted === 'yes') return { verdict, admitted: 'yes', overridden: false };
  if (row.overridable && shown.answers?.override) return { verdict, admitted: 'yes', overridden: true };
  const answered =
    (verdict === 'photo_check_required' && shown.answers?.photo) ||
    (verdict === 'proof_required' && shown.answers?.proof);
  return { verdict, admitted: answered ? 'no' : row.admitted, overridden: false };
}

function unlisted({ list }: DoorFacts): Verdict {
  return list && list.ageMs > LIST_LACKS_AFTER_MS ? 'list_stale' : 'unknown';
}

function again(entry: Entry, door: DoorFacts, at: Date): Verdict {
  if (entry.inside || door.reentry === 'none') return 'already_used';
  if (door.reentry === 'same-day' && (!entry.leftAt || entry.leftAt < door.dayFrom)) return 'already_used';
  return at >= door.endsAt ? 'expired' : 'ok_reentry';
}

function rightOf(scope: bigint, holder: HolderFacts, door: DoorFacts): Verdict | undefined {
  if (door.areas.length > 0 && (scope & areaBits(door.areas)) === 0n) return 'wrong_area';
  if (!holder.allowed) return 'function_not_allowed';
  if (holder.booked) return undefined;
  return holder.released ? 'seat_released' : 'needs_ticket_too';
}

function hourOf(
  code: { kind: string; validFrom: Date; validUntil: Date },
  holder: HolderFacts,
  door: DoorFacts,
  at: Date,
): Verdict | undefined {
  if (at < code.validFrom || at < door.doorsOpenAt) return 'not_yet_valid';
  if (at > code.validUntil || at > door.lateEntryUntil) return 'expired';
  if (code.kind !== 'badge' || !holder.windows) return undefined;
  if (holder.windows.some(({ from, until }) => from <= at && at < until)) return undefined;
  return holder.windows.every(({ until }) => until <= at) ? 'expired' : 'not_yet_valid';
}

function roomOf(holder: HolderFacts, door: DoorFacts): Verdict | undefined {
  if (holder.shareLeft != null && holder.shareLeft <= 0) return 'quota_exhausted';
  return door.capacity && door.capacity.inside >= door.capacity.of ? 'room_full' : undefined;
}

function questionOf(
  kind: 'ticket' | 'badge',
  holder: HolderFacts,
  door: DoorFacts,
  { scanId, answers }: Shown,
): Verdict | undefined {
  if (door.list && door.list.ageMs > door.list.staleAfterMs) return 'list_stale';
  if (holder.proof && answers?.proof !== 'shown') return 'proof_required';
  if (kind === 'badge' && photoDue(door.photo, scanId) && answers?.photo !== 'matches') return 'photo_check_required';
  return undefined;
}

function photoDue(rule: PhotoRule, scanId: string): boolean {
  return rule.kind === 'required' || (rule.kind === 'random' && lotOf(scanId) < rule.percent);
}
