import { useSyncExternalStore } from 'react';
import type { OrderAtDesk } from '#libs/contracts';
import { MINUTE } from '#libs/kernel';

/** An exchange that was begun: which tickets of which order wait for other seats. */
export interface BegunExchange {
  orderId: string;
  number: string;
  tickets: Pick<OrderAtDesk['lines'][number], 'line' | 'row' | 'seat' | 'title' | 'startsAt'>[];
  begunAt: number;
}

const KEPT = 'seans.counter.exchanges';
/** Whoever has been away that long came for something else: the next sale is no exchange. */
const FORGOTTEN_MS = 15 * MINUTE;
type ByShift = Record<string, BegunExchange>;
const listeners = new Set<() => void>();
let begun: ByShift = read();

function read(): ByShift {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as ByShift;
    return Object.fromEntries(Object.entries(found).filter(([, one]) => one.begunAt > Date.now() - FORGOTTEN_MS));
  } catch {
    return {};
  }
}

function write(shiftId: string, next: BegunExchange | null): void {
  const { [shiftId]: _before, ...others } = begun;
  begun = next ? { ...others, [shiftId]: next } : others;
  localStorage.setItem(KEPT, JSON.stringify(begun));
  for (const listener of listeners) listener();
}

export const exchange = {
  begin: (shiftId: string, order: Omit<BegunExchange, 'begunAt'>) => write(shiftId, { ...order, begunAt: Date.now() }),
  end: (shiftId: string) => write(shiftId, null),
};

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** The begun exchange of a shift, told to every part of the page. */
export const useExchange = (shiftId: string): BegunExchange | undefined =>
  useSyncExternalStore(listen, () => begun[shiftId]);
