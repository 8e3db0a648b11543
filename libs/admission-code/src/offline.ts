import type { ReadCode } from './admission-code.js';
import { type ListEntry, type Listed, type ListTables, placesLeft, readListEntry } from './door-list.js';
import { type DoorFacts, type Entry, type HolderFacts, type Judgement, judge, type Shown } from './judge.js';

/** One scan of the device's own log, as far as it decides about later ones. */
export interface OwnScan {
  /** Key of the ticket or badge in the list (of the member that entered, for a group). */
  key: string;
  /** Festival time. */
  at: Date;
  gate: string;
  direction: 'in' | 'out';
  admitted: boolean;
  undone?: boolean;
  /** It took a place of the share for badges without booking. */
  alone?: boolean;
  /** When the server had stored it (festival time): a list of after then counts it already. */
  storedAt?: Date;
}

/** A list as the device keeps it. */
export interface DoorList {
  entries: ReadonlyMap<string, ListEntry>;
  tables: ListTables;
  /** Festival time at which the server made it. */
  at: Date;
}

export interface OfflineJudgement extends Judgement {
  /** Who goes in or out by it: the key itself, members of a group. Empty when nobody does. */
  people: string[];
  row?: string;
  seat?: string;
  earlier?: { at: Date; gate: string };
  /** A group: who has not come yet, after this scan. */
  groupLeft?: number;
  proof?: HolderFacts['proof'];
  alone: boolean;
}

export interface Member {
  key: string;
  holder: HolderFacts;
}

const UNLISTED: HolderFacts = { state: 'unlisted', booked: false, allowed: true };

/**
 * Whose turn it is when a group shows its one code. In: whoever has not come, then whoever left, then the one that came
 * last, who is the answer "already in". Out: whoever is in.
 */
export function turnOf(members: readonly Member[], direction: 'in' | 'out'): Member[] {
  const rank = ({ holder }: Member): number => {
    if (holder.state !== 'live') return 3;
    if (!holder.entry) return direction === 'in' ? 0 : 2;
    return holder.entry.inside === (direction === 'in') ? (direction === 'in' ? 2 : 0) : 1;
  };
  const last = ({ holder }: Member) => holder.entry?.at.getTime() ?? 0;
  return members
    .map((member, place) => ({ member, place }))
    .sort((a, b) => rank(a.member) - rank(b.member) || last(b.member) - last(a.member) || a.place - b.place)
    .map(({ member }) => member);
}

/** The keys that a group's scan of `wanted` people moves: those whose turn it is and who can go. */
export function peopleOf(members: readonly Member[], direction: 'in' | 'out', wanted: number): string[] {
  const can = turnOf(members, direction).filter(
    ({ holder }) => holder.state === 'live' && (direction === 'in' ? !holder.entry?.inside : holder.entry?.inside),
  );
  return can.slice(0, Math.max(1, wanted)).map(({ key }) => key);
}

/** Who of a group has not come yet. */
export function stillToCome(members: readonly Member[]): number {
  return members.filter(({ holder }) => holder.state === 'live' && !holder.entry).length;
}

/** The verdict of a device by itself: its list, its own log and the same judge. */
export function judgeOffline(
  read: ReadCode,
  key: string,
  list: DoorList,
  log: readonly OwnScan[],
  door: DoorFacts,
  shown: Shown,
  wanted = 1,
): OfflineJudgement {
  const counted = log.filter((scan) => scan.admitted && !scan.undone);
  const facts = (of: string) => listed(of, list, counted);
  const direct = facts(key);
  const members = direct?.kind === 'group' ? membersOf(direct, facts) : undefined;
  const whose = members ? turnOf(members, shown.direction)[0] : undefined;
  const one = whose ? facts(whose.key) : direct;
  const judgement = judge(read, one?.holder ?? UNLISTED, withOwnCount(door, list, counted), shown);
  const goes = judgement.admitted === 'yes';
  const people = goes ? goingPeople(key, members, whose?.key, shown.direction, wanted) : [];
  return {
    ...judgement,
    people,
    ...(goes && one?.row !== undefined && { row: one.row }),
    ...(goes && one?.seat !== undefined && { seat: one.seat }),
    ...(judgement.verdict === 'already_used' &&
      one?.holder.entry && { earlier: { at: one.holder.entry.at, gate: one.holder.entry.gate } }),
    ...(members && { groupLeft: stillToCome(members) - people.filter((who) => !facts(who)?.holder.entry).length }),
    ...(judgement.verdict === 'proof_required' && { proof: one?.holder.proof }),
    alone: goes && one?.alone !== undefined && !one.holder.entry,
  };
}

function goingPeople(
  key: string,
  members: readonly Member[] | undefined,
  whose: string | undefined,
  direction: 'in' | 'out',
  wanted: number,
): string[] {
  if (!members) return [key];
  const people = peopleOf(members, direction, wanted);
  return people.length > 0 ? people : [whose ?? key];
}

function membersOf(group: Listed, facts: (key: string) => Listed | undefined): Member[] {
  return (group.members ?? []).map((key) => ({ key, holder: facts(key)?.holder ?? UNLISTED }));
}

/** What the list says of a key, put forward by what the device itself has seen since. */
function listed(key: string, list: DoorList, log: readonly OwnScan[]): Listed | undefined {
  const entry = list.entries.get(key);
  if (!entry) return undefined;
  const known = readListEntry(entry, list.tables);
  const own = log.filter((scan) => scan.key === key).sort((a, b) => a.at.getTime() - b.at.getTime());
  const went = own.reduce<Entry | undefined>(moved, known.holder.entry);
  return {
    ...known,
    holder: {
      ...known.holder,
      ...(went && { entry: went }),
      ...(known.alone && { shareLeft: ownShareLeft(known.alone, entry, list, log) }),
    },
  };
}

/** Places left when those are gone that this device gave out of the same share since its list. */
function ownShareLeft(
  { share, today }: NonNullable<Listed['alone']>,
  { a }: ListEntry,
  list: DoorList,
  log: readonly OwnScan[],
): number | null {
  const gone = log.filter((scan) => scan.alone && newer(scan, list) && list.entries.get(scan.key)?.a === a).length;
  return placesLeft({ share: share === null ? null : share - gone, ...(today !== undefined && { today }) });
}

/** What is known of an entry after one more scan of the same serial. */
export function moved(entry: Entry | undefined, scan: Pick<OwnScan, 'at' | 'gate' | 'direction'>): Entry | undefined {
  const last = entry && (entry.leftAt ?? entry.at);
  if (last && scan.at < last) return entry;
  if (scan.direction === 'in')
    return entry ? { ...entry, inside: true } : { at: scan.at, gate: scan.gate, inside: true };
  return entry ? { ...entry, inside: false, leftAt: scan.at } : undefined;
}

/** The hall's count as of the list, and what the device has let in and out since. */
function withOwnCount(door: DoorFacts, list: DoorList, log: readonly OwnScan[]): DoorFacts {
  if (!door.capacity) return door;
  const own = log
    .filter((scan) => newer(scan, list))
    .reduce((sum, scan) => sum + (scan.direction === 'in' ? 1 : -1), 0);
  return { ...door, capacity: { of: door.capacity.of, inside: Math.max(0, door.capacity.inside + own) } };
}

function newer(scan: OwnScan, list: DoorList): boolean {
  return !scan.storedAt || scan.storedAt > list.at;
}
