/** Notes and coins of the drawer in whole tenge, the largest first. */
export const DENOMINATIONS = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5] as const;
export type Denomination = (typeof DENOMINATIONS)[number];
/** How many of each lie in the drawer. */
export type Counts = Partial<Record<Denomination, number>>;

const TIYN = 100;

/** What lies in the drawer, in minor units. */
export function countedSum(counts: Counts): number {
  return DENOMINATIONS.reduce((sum, worth) => sum + worth * (counts[worth] ?? 0), 0) * TIYN;
}

/**
 * What is asked for in cash: the nearest multiple of `step`, a half upwards. Card payments are never rounded.
 * @param step minor units; 0 rounds nothing
 */
export function cashDue(total: number, step: number): number {
  return step > 0 ? Math.round(total / step) * step : total;
}

/** What goes back, in minor units; undefined while too little was given. */
export function changeOf(due: number, tendered: number): number | undefined {
  return tendered < due ? undefined : tendered - due;
}

const USUAL = [1_000, 5_000, 10_000, 20_000].map((tenge) => tenge * TIYN);
const FILLING = 5_000 * TIYN;
const QUICK = 4;

/** What a person is likely to hand over for a sum, in minor units: the sum itself, then what the usual notes make of it. */
export function quickAmounts(due: number): number[] {
  if (due <= 0) return [];
  const more = new Set(USUAL.map((note) => Math.ceil(due / note) * note).filter((amount) => amount > due));
  for (let next = Math.floor(due / FILLING + 1) * FILLING; more.size < QUICK - 1; next += FILLING) more.add(next);
  return [due, ...[...more].sort((a, b) => a - b).slice(0, QUICK - 1)];
}

/** A whole number of tenge as people type it, "10 000" or "10000", in minor units. */
export function typedTenge(text: string): number | undefined {
  const digits = text.replaceAll(/\s/g, '');
  return /^\d{1,8}$/.test(digits) ? Number(digits) * TIYN : undefined;
}

/** How many of one note, as it was typed: nothing is none. */
export function typedCount(text: string): number | undefined {
  const digits = text.trim();
  return /^\d{0,5}$/.test(digits) ? Number(digits) : undefined;
}
