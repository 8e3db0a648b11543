import { useSyncExternalStore } from 'react';
import { sharedIds } from './plan.rules';

const KEPT = 'seans.plan';
const listeners = new Set<() => void>();
let starred: string[] = sharedIds(localStorage.getItem(KEPT));

function write(next: string[]): void {
  starred = next;
  localStorage.setItem(KEPT, next.join(','));
  for (const listener of listeners) listener();
}

/** Screenings that somebody starred in this browser. */
export const plan = {
  toggle: (id: string) => write(starred.includes(id) ? starred.filter((other) => other !== id) : [...starred, id]),
  add: (ids: string[]) => write([...new Set([...starred, ...ids])]),
};

export function usePlan(): string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => starred,
  );
}
