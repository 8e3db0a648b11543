import type { ShiftFigures, ShiftState } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';

/** Whoever signs is another person than the clerk. */
export const SHIFT_CYCLE: LifeCycle<ShiftState> = { open: ['closed'], closed: ['signed'], signed: [] };

export interface Onlooker {
  isClerk: boolean;
  /** House manager, finance or admin of the edition. */
  isManager: boolean;
}

/** The drawer's content is told to nobody who is about to count it; once counted it is no secret. */
export function tellsCash(state: ShiftState, { isClerk, isManager }: Onlooker): boolean {
  return state !== 'open' || (isManager && !isClerk);
}

export function blinded(figures: ShiftFigures, state: ShiftState, who: Onlooker): ShiftFigures {
  return tellsCash(state, who) ? figures : { ...figures, cash: null };
}

/** Minor units that these notes and coins make, each named by its worth in tenge. */
export function worthOf(denominations: Readonly<Record<string, number>>): number {
  return Object.entries(denominations).reduce((sum, [worth, pieces]) => sum + Number(worth) * pieces * 100, 0);
}
