const OK_SHOWN_MS = 1_200;
const REFUSAL_SHOWN_MS = 2_000;

/** What the screen does with a verdict that stands. */
export interface VerdictLife {
  admitted: 'yes' | 'no' | 'ask';
  /** When it appeared, by a monotonic clock. */
  since: number;
}

/** When the verdict goes by itself; undefined where it stays. */
export function goesAt({ admitted, since }: VerdictLife): number | undefined {
  return admitted === 'yes' ? since + OK_SHOWN_MS : undefined;
}

/**
 * Whether another code may take its place: an ok yields at once, a refusal after it could be read, a question only to
 * an answer.
 */
export function yields({ admitted, since }: VerdictLife, now: number): boolean {
  if (admitted === 'ask') return false;
  return admitted === 'yes' || now - since >= REFUSAL_SHOWN_MS;
}
