import { useSyncExternalStore } from 'react';
import type { OrderRef } from '../../api/tickets-orders.api';

/** An exchange that was begun: which tickets of which order wait for other seats. */
export interface Exchange extends OrderRef {
  lines: number[];
}

const KEPT = 'seans.exchange';
const listeners = new Set<() => void>();
let begun: Exchange | null = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Exchange | null;

function write(next: Exchange | null): void {
  begun = next;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export const exchange = { begin: (next: Exchange) => write(next), end: () => write(null) };

export function useExchange(): Exchange | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => begun,
  );
}
