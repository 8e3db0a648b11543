import type { DoorFacts, Elsewhere, PhotoRule, ReentryPolicy } from './judge.js';

/** A screening at its doors as it travels; instants as text, festival time. */
export interface WireDoor {
  id: string;
  endsAt: string;
  doorsOpenAt: string;
  lateEntryUntil: string;
  dayFrom: string;
  areas: readonly string[];
  reentry: ReentryPolicy;
  photo: PhotoRule;
  capacity: { of: number; inside: number };
}

export interface WireElsewhere extends Elsewhere {
  /** 16 hexadecimal digits. */
  tag: string;
}

/** The door as the judge wants it: the one way from what travels to what is judged, on the server too. */
export function readDoor(
  door: WireDoor,
  editionId: string,
  elsewhere: readonly WireElsewhere[],
  list?: DoorFacts['list'],
): DoorFacts {
  return {
    screeningId: door.id,
    editionId,
    doorsOpenAt: new Date(door.doorsOpenAt),
    lateEntryUntil: new Date(door.lateEntryUntil),
    endsAt: new Date(door.endsAt),
    dayFrom: new Date(door.dayFrom),
    reentry: door.reentry,
    photo: door.photo,
    areas: door.areas,
    capacity: door.capacity,
    elsewhere: new Map(elsewhere.map((one) => [BigInt(`0x${one.tag}`), one])),
    ...(list && { list }),
  };
}

/** A tag as it travels. */
export function tagText(tag: bigint): string {
  return tag.toString(16).padStart(16, '0');
}
