import {
  type AdmissionKeys,
  type AdmissionListKey,
  type DoorFacts,
  type Elsewhere,
  importAdmissionKey,
  importListKey,
  type DoorList as JudgedList,
  type ListEntry,
} from '#libs/admission-code';
import type { DoorList, DoorScreening, DoorScreenings } from '#libs/contracts';

/** A list ready to judge by. */
export interface HeldList {
  raw: DoorList;
  judged: JudgedList;
  keys: AdmissionKeys;
  listKey: AdmissionListKey;
}

/** A list after what has changed since: entries replace their namesakes, removed ones go, all else comes whole. */
export function merged(held: DoorList | undefined, news: DoorList): DoorList {
  if (news.full || !held) return { ...news, full: true, removed: [] };
  const entries = new Map(held.entries.map((entry) => [entry.k, entry]));
  for (const key of news.removed) entries.delete(key);
  for (const entry of news.entries) entries.set(entry.k, entry);
  return { ...news, full: true, entries: [...entries.values()], removed: [] };
}

export async function ready(raw: DoorList): Promise<HeldList> {
  const [keys, listKey] = await Promise.all([
    Promise.all(raw.keys.map(async ({ id, publicKey }) => [id, await importAdmissionKey(publicKey)] as const)),
    importListKey(raw.listKey),
  ]);
  return {
    raw,
    judged: {
      entries: new Map(raw.entries.map((entry) => [entry.k, entry as ListEntry])),
      tables: { proofs: raw.proofs, windows: raw.windows, shares: raw.shares },
      at: new Date(raw.festivalTime),
    },
    keys: new Map(keys),
    listKey,
  };
}

/** Other screenings by their tag in a code. */
export function elsewhereOf({ elsewhere }: Pick<DoorScreenings, 'elsewhere'>): Map<bigint, Elsewhere> {
  return new Map(elsewhere.map(({ tag, ...where }) => [BigInt(`0x${tag}`), where]));
}

/** A screening's door as the judge wants it. */
export function doorOf(
  screening: DoorScreening,
  editionId: string,
  elsewhere: ReadonlyMap<bigint, Elsewhere>,
  list: DoorFacts['list'],
): DoorFacts {
  return {
    screeningId: screening.id,
    editionId,
    doorsOpenAt: new Date(screening.doorsOpenAt),
    lateEntryUntil: new Date(screening.lateEntryUntil),
    endsAt: new Date(screening.endsAt),
    dayFrom: new Date(screening.dayFrom),
    reentry: screening.reentry,
    photo: screening.photo,
    areas: screening.areas,
    capacity: screening.capacity,
    elsewhere,
    ...(list && { list }),
  };
}
