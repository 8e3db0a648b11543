const OK_SHOWN_MS = 1_200;
const REFUSAL_SHOWN_MS = 2_000;

/** What the screen does with a verdict that stands. */
export interface VerdictLife {
  admitted: 'yes' | 'no' | 'ask';
  /** Of a group: how many have not come yet. */
  group?: { left: number };
  direction?: 'in' | 'out';
  /** When it appeared, by a monotonic clock. */
  since: number;
}

/** When the verdict goes by itself; undefined where it stays: the rest of a group may come in with the same tap. */
export function goesAt({ admitted, since, group, direction }: VerdictLife): number | undefined {
  return admitted === 'yes' && !(group?.left && direction !== 'out') ? since + OK_SHOWN_MS : undefined;
}

/**
 * Whether another code may take its place: an ok yields at once, a refusal after it could be read, a question only to
 * an answer.
 */
export function yields({ admitted, since }: VerdictLife, now: number): boolean {
  if (admitted === 'ask') return false;
  return admitted === 'yes' || now - since >= REFUSAL_SHOWN_MS;
}
