import type { RushRules } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';

export type RushState = 'waiting' | 'admitted' | 'left';

export const RUSH_CYCLE: LifeCycle<RushState> = { waiting: ['admitted', 'left'], admitted: [], left: [] };

export interface KnownRushRules {
  releaseMinutes: number;
  paidSeats: boolean;
}

/** Badge seats go at T-10; paid seats only where the edition says so, and never before late entry ends. */
export function knownRushRules(rules: RushRules): KnownRushRules {
  return { releaseMinutes: rules.releaseMinutes ?? 10, paidSeats: rules.paidSeats ?? false };
}
