import type { HolderFacts } from '#libs/admission-code';
import { after, HOUR, venueDate, venueInstant } from '#libs/kernel';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { type BadgeAtDoor, badgeHolder } from './holder.rules.js';

/** The door of one access area on one day: to its gate it is what a screening is to the gate of a hall. */
export interface AreaDoor {
  editionId: string;
  letter: string;
  /** Of the venue, as 2019-09-14. */
  day: string;
}

const MARK = 'area';
/** A day of an area begins when the last night has gone home. */
const DAY_BEGINS = '05:00';
const NIGHT_MS = 5 * HOUR;
const DAY_MS = 24 * HOUR;
/** Nobody counts how many fit into an area unless a house manager says so. */
export const AREA_HOLDS = 100_000;

export function areaDoorId({ editionId, letter, day }: AreaDoor): string {
  return [MARK, editionId, letter, day].join(':');
}

/** Undefined for whatever is no area's door. */
export function readAreaDoor(id: string): AreaDoor | undefined {
  const [mark, ...rest] = id.split(':');
  const [day, letter] = [rest.pop(), rest.pop()];
  if (mark !== MARK || !letter || !day || !/^[A-Z]$/.test(letter) || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  return { editionId: rest.join(':'), letter, day };
}

/** What is said of a door by hand holds for the area on all days. */
export function ruleKey(id: string): string {
  const door = readAreaDoor(id);
  return door ? [MARK, door.editionId, door.letter].join(':') : id;
}

/** The day of an area at this moment. */
export function areaDay(at: Date, timezone: string): string {
  return venueDate(after(at, -NIGHT_MS), timezone);
}

/** The area's door as the door's rules read a screening: open all day, without seats. */
export function areaFacts(door: AreaDoor, timezone: string): ScreeningFacts {
  const from = venueInstant(`${door.day}T${DAY_BEGINS}`, timezone);
  const until = venueInstant(`${venueDate(after(from, DAY_MS), timezone)}T${DAY_BEGINS}`, timezone).toISOString();
  const { letter } = door;
  const name = { kk: `${letter} аймағы`, ru: `Зона ${letter}`, en: `Area ${letter}` };
  return {
    data: {
      screeningId: areaDoorId(door),
      editionId: door.editionId,
      title: name,
      sectionId: null,
      filmIds: [],
      startsAt: from.toISOString(),
      endsAt: until,
      doorsOpenAt: from.toISOString(),
      lateEntryUntil: until,
      timezone,
      venue: { id: '', name, address: '' },
      hall: { id: '', name },
      planId: '',
      planVersion: 0,
      ageRating: null,
      visibility: 'accredited',
      state: 'announced',
      prices: [],
      allocations: [],
    },
    version: 1,
    seats: [],
    seatById: new Map(),
    prices: new Map(),
    currency: '',
  };
}

/** A badge at an area's door: no booking, no share; its state, its hours and the letters on it decide. */
export function areaHolder(badge: BadgeAtDoor): HolderFacts {
  return { ...badgeHolder({ ...badge, booking: null, released: false }, undefined), booked: true };
}
