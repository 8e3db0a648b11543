import { useSyncExternalStore } from 'react';
import type { HeldSeats } from '#libs/contracts';
import { MINUTE, sumMoney } from '#libs/kernel';

/** What a buyer chose beside seats: kinds of ticket by place, a code, passes to pay with and passes to buy. */
export interface Choices {
  kinds: Record<string, string>;
  promo: string;
  passes: string[];
  buyPasses: string[];
}

interface Kept {
  holds: Record<string, HeldSeats>;
  choices: Choices;
}

export const MOST_SCREENINGS = 8;
/** A hold whose clock ran out long ago is nobody's basket any more. */
const FORGOTTEN_MS = 10 * MINUTE;
const KEPT = 'seans.basket';
const NO_CHOICES: Choices = { kinds: {}, promo: '', passes: [], buyPasses: [] };
const listeners = new Set<() => void>();
let kept: Kept = read();

function read(): Kept {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Partial<Kept>;
    const alive = Object.entries(found.holds ?? {}).filter(
      ([, hold]) => Date.parse(hold.expiresAt) > Date.now() - FORGOTTEN_MS,
    );
    return { holds: Object.fromEntries(alive), choices: { ...NO_CHOICES, ...found.choices } };
  } catch {
    return { holds: {}, choices: NO_CHOICES };
  }
}

function write(next: Kept): void {
  kept = next;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export const placeKey = (screeningId: string, seatId: string) => `${screeningId} ${seatId}`;

/** What this browser holds, by screening; it lives as long as the tab and is told to every part of the page. */
export const basket = {
  put: (hold: HeldSeats) => write({ ...kept, holds: { ...kept.holds, [hold.screeningId]: hold } }),
  drop: (screeningId: string) => {
    const { [screeningId]: _dropped, ...holds } = kept.holds;
    write({ ...kept, holds });
  },
  clear: () => write({ holds: {}, choices: NO_CHOICES }),
  of: (screeningId: string): HeldSeats | undefined => kept.holds[screeningId],
  choose: (change: Partial<Choices>) => write({ ...kept, choices: { ...kept.choices, ...change } }),
  chooseKind: (place: string, kind: string) => {
    const { [place]: _before, ...kinds } = kept.choices.kinds;
    write({ ...kept, choices: { ...kept.choices, kinds: kind === 'full' ? kinds : { ...kinds, [place]: kind } } });
  },
};

export function useBasket() {
  const { holds, choices } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => kept,
  );
  const list = Object.values(holds);
  const seats = list.flatMap((hold) => hold.seats);
  return {
    list,
    choices,
    count: seats.length,
    empty: list.length === 0 && choices.buyPasses.length === 0,
    /** Before any rule but the categories. */
    total: sumMoney(seats.map((seat) => seat.price)),
    /** The basket's timer is its earliest hold's. */
    expiresAt: list.length === 0 ? null : Math.min(...list.map((hold) => Date.parse(hold.expiresAt))),
    extendable: list.some((hold) => hold.extendable),
  };
}
