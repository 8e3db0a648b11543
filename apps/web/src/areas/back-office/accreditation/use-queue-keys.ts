import { useEffect, useRef } from 'react';
import { neighbour } from './queue.rules';

export type DeedName = 'approve' | 'request-information' | 'waitlist' | 'reject';
const DEEDS: Record<string, DeedName> = { a: 'approve', r: 'request-information', w: 'waitlist', n: 'reject' };

interface QueueKeys {
  ids: readonly string[];
  at: string | null;
  onOpen(id: string): void;
  onToggle(id: string): void;
  onDeed(name: DeedName): void;
  onKeys(): void;
}

/** Single keys of the queue; none while somebody types, in a dialog, or with a modifier. */
export function useQueueKeys(queue: QueueKeys): void {
  const latest = useRef(queue);
  latest.current = queue;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const busy = (event.target as Element).closest?.('input:not([type=checkbox]), textarea, select, dialog');
      if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
      const { ids, at, onOpen, onToggle, onDeed, onKeys } = latest.current;
      const deed = DEEDS[event.key];
      if (event.key === 'j' || event.key === 'k') {
        const next = neighbour(ids, at, event.key === 'j' ? 1 : -1);
        if (next) onOpen(next);
      } else if (event.key === 'x' && at) onToggle(at);
      else if (deed && at) onDeed(deed);
      else if (event.key === '/') document.querySelector<HTMLInputElement>('input[type=search]')?.focus();
      else if (event.key === '?') onKeys();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
