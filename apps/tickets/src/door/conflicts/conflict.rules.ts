import type { ReentryPolicy } from '#libs/admission-code';
import type { ConflictKind } from '#libs/contracts';

/** Somebody who went in or out at a gate, as far as clashes are concerned. One per person. */
export interface Passage {
  scanId: string;
  serial: string;
  /** The group whose one code it was, or whose ticket it is. */
  group?: string;
  /** Corrected, festival time, ms. */
  at: number;
  direction: 'in' | 'out';
  /** A house manager let them in, and it is proven: that is no clash. */
  overridden: boolean;
  /** The device says that a house manager did, and nothing shows it. */
  unproven?: boolean;
}

export interface ConflictFacts {
  reentry: ReentryPolicy;
  /** Most people inside. */
  capacity: number;
  /** How many the rush line seated besides. */
  seated: number;
  /** When a serial stopped opening this door, and as what. */
  endings: ReadonlyMap<string, { at: number; as: string }>;
  /** How many tickets a group has. */
  groupSizes: ReadonlyMap<string, number>;
}

export interface Conflict {
  /** The same whatever order the devices came in. */
  key: string;
  kind: ConflictKind;
  serial?: string;
  group?: string;
  endedAs?: string;
  endedAt?: number;
  over?: number;
  /** In the order of their hour. */
  scanIds: string[];
}

/**
 * Every clash between what gates let in and what stands. A function of the set of passages: in which order and how often
 * they were uploaded changes nothing.
 */
export function conflictsOf(passages: readonly Passage[], facts: ConflictFacts): Conflict[] {
  const known = [...new Map(passages.map((one) => [one.scanId, one])).values()].sort(inOrder);
  return [
    ...by(known, ({ group, serial }) => (group ? undefined : serial)).flatMap(([serial, all]) =>
      enteredTwice(serial, all, facts.reentry),
    ),
    ...by(known, ({ group }) => group).flatMap(([group, all]) => groupOver(group, all, facts.groupSizes.get(group))),
    ...by(known, ({ serial }) => serial).flatMap(([serial, all]) =>
      endedBefore(serial, all, facts.endings.get(serial)),
    ),
    ...overCapacity(known, facts),
    ...known.filter(({ unproven }) => unproven).map(unprovenOverride),
  ].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function unprovenOverride({ scanId, serial }: Passage): Conflict {
  return { key: `override-unproven:${scanId}`, kind: 'override-unproven', serial, scanIds: [scanId] };
}

function inOrder(a: Passage, b: Passage): number {
  return a.at - b.at || (a.scanId < b.scanId ? -1 : 1);
}

function by(all: readonly Passage[], key: (one: Passage) => string | undefined): [string, Passage[]][] {
  const groups = new Map<string, Passage[]>();
  for (const one of all) {
    const of = key(one);
    if (of !== undefined) groups.set(of, [...(groups.get(of) ?? []), one]);
  }
  return [...groups];
}

/** In while in, or in again where nobody comes back. */
function enteredTwice(serial: string, all: readonly Passage[], reentry: ReentryPolicy): Conflict[] {
  const clash: Passage[] = [];
  let last: Passage | undefined;
  let inside = false;
  for (const one of all) {
    if (one.direction === 'out') {
      inside = false;
      continue;
    }
    if (last && (inside || reentry === 'none') && !one.overridden) {
      if (!clash.includes(last)) clash.push(last);
      clash.push(one);
    }
    last = one;
    inside = true;
  }
  return clash.length === 0
    ? []
    : [{ key: `entered-twice:${serial}`, kind: 'entered-twice', serial, scanIds: ids(clash) }];
}

/** More of a group inside than it has tickets. */
function groupOver(group: string, all: readonly Passage[], size = 0): Conflict[] {
  const { most, beyond } = walk(all, size);
  if (beyond.length === 0) return [];
  return [{ key: `group-over-size:${group}`, kind: 'group-over-size', group, over: most - size, scanIds: ids(beyond) }];
}

function endedBefore(
  serial: string,
  all: readonly Passage[],
  ending: { at: number; as: string } | undefined,
): Conflict[] {
  if (!ending) return [];
  const late = all.filter((one) => one.direction === 'in' && !one.overridden && one.at > ending.at);
  if (late.length === 0) return [];
  return [
    {
      key: `ended-before:${serial}`,
      kind: 'ended-before',
      serial,
      endedAs: ending.as,
      ...(Number.isFinite(ending.at) && { endedAt: ending.at }),
      scanIds: ids(late),
    },
  ];
}

function overCapacity(all: readonly Passage[], { capacity, seated }: ConflictFacts): Conflict[] {
  const { most, beyond } = walk(all, capacity - seated);
  if (beyond.length === 0) return [];
  return [{ key: 'over-capacity', kind: 'over-capacity', over: most + seated - capacity, scanIds: ids(beyond) }];
}

/** The most that were inside at once, and who came in beyond the limit without a house manager's word. */
function walk(all: readonly Passage[], limit: number): { most: number; beyond: Passage[] } {
  let inside = 0;
  let most = 0;
  const beyond: Passage[] = [];
  for (const one of all) {
    inside += one.direction === 'in' ? 1 : inside > 0 ? -1 : 0;
    most = Math.max(most, inside);
    if (one.direction === 'in' && inside > limit && !one.overridden) beyond.push(one);
  }
  return { most, beyond };
}

function ids(all: readonly Passage[]): string[] {
  return all.map(({ scanId }) => scanId);
}
