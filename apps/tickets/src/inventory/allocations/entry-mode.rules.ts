import type { EntryMode } from '#libs/contracts';

export interface EntryModeRow {
  class: string;
  mode: EntryMode;
}

/** What each class does where nobody said anything: the public buys, everybody with a badge books on it. */
export function defaultMode(name: string): EntryMode {
  return name === 'public' ? 'ticket' : 'badge-booking';
}

const EASE: Record<EntryMode, number> = { 'badge-alone': 0, 'badge-booking': 1, ticket: 2 };

/**
 * How somebody of these classes enters: a screening's own row goes before the edition's; of several classes the one
 * that asks least of its holder counts.
 */
export function entryMode(
  classes: readonly string[],
  ofScreening: readonly EntryModeRow[],
  ofEdition: readonly EntryModeRow[],
): EntryMode {
  const modeOf = (name: string) =>
    (ofScreening.find((row) => row.class === name) ?? ofEdition.find((row) => row.class === name))?.mode ??
    defaultMode(name);
  return classes.map(modeOf).sort((a, b) => EASE[a] - EASE[b])[0] ?? 'ticket';
}
