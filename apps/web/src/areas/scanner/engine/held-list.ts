import {
  type AdmissionKeys,
  type AdmissionListKey,
  importAdmissionKey,
  importListKey,
  type DoorList as JudgedList,
  type ListEntry,
} from '#libs/admission-code';
import type { DoorList } from '#libs/contracts';

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
