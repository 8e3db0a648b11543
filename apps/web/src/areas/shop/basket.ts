import { useSyncExternalStore } from 'react';
import type { HeldSeats } from '#libs/contracts';
import { sumMoney } from '#libs/kernel';

/** What this browser holds, by screening; it lives as long as the tab and is told to every part of the page. */
const KEPT = 'seans.basket';
const listeners = new Set<() => void>();
let holds: Record<string, HeldSeats> = read();

function read(): Record<string, HeldSeats> {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Record<string, HeldSeats>;
  } catch {
    return {};
  }
}

function write(next: Record<string, HeldSeats>): void {
  holds = next;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export const basket = {
  put: (hold: HeldSeats) => write({ ...holds, [hold.screeningId]: hold }),
  drop: (screeningId: string) => write(Object.fromEntries(Object.entries(holds).filter(([id]) => id !== screeningId))),
  clear: () => write({}),
  of: (screeningId: string): HeldSeats | undefined => holds[screeningId],
};

export function useBasket() {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => holds,
  );
  const list = Object.values(all);
  const seats = list.flatMap((hold) => hold.seats);
  return {
    list,
    count: seats.length,
    total: sumMoney(seats.map((seat) => seat.price)),
    /** The basket's timer is its earliest hold's. */
    expiresAt: list.length === 0 ? null : Math.min(...list.map((hold) => Date.parse(hold.expiresAt))),
    extendable: list.some((hold) => hold.extendable),
  };
}
