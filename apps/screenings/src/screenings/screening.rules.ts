import type { ItemKind, ScreeningAllocation, ScreeningPrice, ScreeningState } from '#libs/contracts';
import { after, type LifeCycle, type LocalText, MINUTE, wallClock } from '#libs/kernel';

/** Every state of a screening and what may follow it; docs draw the diagram from it. */
export const SCREENING_CYCLE: LifeCycle<ScreeningState> = {
  draft: ['announced', 'cancelled'],
  announced: ['on-sale', 'closed', 'ended', 'cancelled'],
  'on-sale': ['closed', 'ended', 'cancelled'],
  closed: ['on-sale', 'ended', 'cancelled'],
  ended: [],
  cancelled: [],
};

/** Between two shows in one hall: people out, cleaners through, people in. */
export const TURNAROUND_MS = 15 * MINUTE;
export const DOORS_BEFORE_MS = 30 * MINUTE;
export const LATE_ENTRY_MS = 15 * MINUTE;

export interface Item {
  kind: ItemKind;
  filmId?: string;
  title?: LocalText;
  minutes: number;
}

/** Minutes of a screening that has a title and no items yet. */
export const UNTOLD_MINUTES = 120;

/** The end follows from the items: nobody types it. */
export function endOf(startsAt: Date, items: readonly Pick<Item, 'minutes'>[]): Date {
  return after(startsAt, items.reduce((sum, item) => sum + item.minutes, 0) * MINUTE);
}

export interface Slot {
  id: string;
  hallId: string;
  startsAt: Date;
  endsAt: Date;
}

export type SlotClash = { kind: 'hall-overlap' | 'turnaround-too-short'; other: Slot };

/** The first screening of the hall that leaves no room for `slot`. */
export function slotClash(slot: Slot, others: readonly Slot[]): SlotClash | undefined {
  for (const other of others) {
    if (other.id === slot.id || other.hallId !== slot.hallId) continue;
    const apart = Math.max(+slot.startsAt - +other.endsAt, +other.startsAt - +slot.endsAt);
    if (apart < 0) return { kind: 'hall-overlap', other };
    if (apart < TURNAROUND_MS) return { kind: 'turnaround-too-short', other };
  }
  return undefined;
}

/** Every pair of one hall that leaves each other no room, in the order of their starts. */
export function everyClash(slots: readonly Slot[]): { kind: SlotClash['kind']; one: Slot; other: Slot }[] {
  const inOrder = [...slots].sort((a, b) => +a.startsAt - +b.startsAt);
  return inOrder.flatMap((one, i) =>
    inOrder.slice(i + 1).flatMap((other) => {
      const clash = slotClash(one, [other]);
      return clash ? [{ kind: clash.kind, one, other }] : [];
    }),
  );
}

/** A slot after a delay, and the moment from which its hall is free. */
export type DelayedSlot = { startsAt: Date; endsAt: Date; freeFrom: Date } | { clash: Slot };

/**
 * A show that begins later, in its own hall. The time for changing the audience may shrink, because the next show is
 * announced already; into that show itself a delay never runs.
 */
export function delayedSlot(slot: Slot, minutes: number, others: readonly Slot[]): DelayedSlot {
  const startsAt = after(slot.startsAt, minutes * MINUTE);
  const endsAt = after(slot.endsAt, minutes * MINUTE);
  const next = others
    .filter((other) => other.id !== slot.id && other.hallId === slot.hallId && other.startsAt > slot.startsAt)
    .sort((a, b) => +a.startsAt - +b.startsAt)[0];
  if (next && next.startsAt < endsAt) return { clash: next };
  const free = after(endsAt, TURNAROUND_MS);
  return { startsAt, endsAt, freeFrom: next && next.startsAt < free ? next.startsAt : free };
}

const LATE_HOUR = 22;
const MORNING_HOUR = 6;

/** Years in "16+". */
export function ageOf(rating: string): number {
  return Number.parseInt(rating, 10);
}

/** A 21+ show may begin only between 22:00 and 06:00 on the venue's clock. */
export function isLegalHour(rating: string | null, startsAt: Date, zone: string): boolean {
  if (rating === null || ageOf(rating) < 21) return true;
  const { hour } = wallClock(startsAt, zone);
  return hour >= LATE_HOUR || hour < MORNING_HOUR;
}

const GUARDIAN_NOTE: LocalText = {
  kk: 'Сеанс 22:00-ден кейін аяқталады: кәмелетке толмағандар тек заңды өкілімен бірге кіреді.',
  ru: 'Сеанс заканчивается после 22:00: несовершеннолетних пускают только с законным представителем.',
  en: 'The show ends after 22:00: minors are admitted only with a parent or guardian.',
};

/** The rule for minors where it applies: the show ends after 22:00 on the venue's clock, or in the night. */
export function guardianNote(endsAt: Date, zone: string): LocalText | undefined {
  const { hour, minute, second } = wallClock(endsAt, zone);
  const late = hour > LATE_HOUR || (hour === LATE_HOUR && minute + second > 0) || hour < MORNING_HOUR;
  return late ? GUARDIAN_NOTE : undefined;
}

/** Whether a film of the screening still waits for its rating; a rating of the screening itself settles that. */
export function isRatingPending(
  own: string | null | undefined,
  films: readonly { ageRating: string | null }[],
): boolean {
  return !own && films.some((film) => film.ageRating === null);
}

/** The strictest of several ratings; null when none is known. */
export function strictestRating(ratings: readonly (string | null | undefined)[]): string | null {
  const known = ratings.filter((rating): rating is string => typeof rating === 'string');
  return known.sort((a, b) => ageOf(b) - ageOf(a))[0] ?? null;
}

/** One share of a hall before its size is known: `capacity: null` takes what the others leave. */
export interface Share {
  id: string;
  classes: string[];
  capacity: number | null;
  overflow: string[];
}

/** Shares of a hall as counted allocations; undefined when they ask for more seats than there are. */
export function allocate(
  shares: readonly Share[],
  seats: number,
  screeningId: string,
): ScreeningAllocation[] | undefined {
  const fixed = shares.reduce((sum, share) => sum + (share.capacity ?? 0), 0);
  if (fixed > seats) return undefined;
  const name = (id: string) => `${screeningId}/${id}`;
  return shares.map((share) => ({
    id: name(share.id),
    classes: share.classes,
    capacity: share.capacity ?? seats - fixed,
    overflow: share.overflow.map(name),
  }));
}

/** Categories that the plan has; a category without a price is not sold. */
export function pricesFor(prices: readonly ScreeningPrice[], categories: readonly string[]): ScreeningPrice[] {
  return prices.filter((price) => categories.includes(price.category));
}
