const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** How long to wait after so many failures in a row: 1, 2, 4 … 30 s, a fifth more or less so that gates don't march in step. */
export function pauseAfter(failures: number, random: number): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(plain * (0.8 + 0.4 * random));
}
