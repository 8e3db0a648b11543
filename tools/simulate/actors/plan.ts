import { Dice } from '../../storm/random.js';
import type { Hall } from '../world/programme.js';

export interface BuyerPlan {
  does: 'buy';
  name: string;
  screening: string;
  seats: number;
  comesAfter: number;
  thinks: number;
  leaves: boolean;
  extends: boolean;
  /** Gives the unpaid order up, while he may be paying it. */
  cancels: boolean;
  /** `unheard`: no callback comes, only the poller learns of it; `at-expiry` and `after-expiry` without the fence. */
  pays: 'once' | 'two-tabs' | 'unheard' | 'at-expiry' | 'after-expiry' | 'wrong-amount' | 'never';
  later: 'keeps' | 'returns' | 'exchanges';
}

export interface TroublePlan {
  does: 'empty' | 'restart-empty' | 'fail-over' | 'away' | 'crash' | 'stop-sale';
  name: string;
  screening: string;
  comesAfter: number;
  lasts: number;
}

export type ActorPlan = BuyerPlan | TroublePlan;

const MINUTE = 60_000;
const BUYERS = 14;
const TROUBLES = 4;

export const HALLS: readonly Hall[] = [
  { screening: 's-counted', seats: 8, places: 5 },
  { screening: 's-plain', seats: 8 },
  { screening: 's-roomy', seats: 16 },
];

/** Who does what in the run of a seed; each actor's plan stands though others are left out. */
export function actorsOf(seed: number): ActorPlan[] {
  const dice = new Dice(seed).fork('plan');
  const screening = () => dice.one(HALLS).screening;
  const buyers = Array.from({ length: BUYERS }, (_, i): BuyerPlan => {
    return {
      does: 'buy',
      name: `buyer-${i + 1}`,
      screening: screening(),
      seats: dice.between(1, 3),
      comesAfter: dice.between(0, 8 * MINUTE),
      thinks: dice.between(0, 90_000),
      leaves: dice.chance(0.08),
      extends: dice.chance(0.2),
      cancels: dice.chance(0.15),
      pays: dice.weighted({
        once: 5,
        'two-tabs': 2,
        unheard: 1,
        'at-expiry': 1,
        'after-expiry': 1,
        'wrong-amount': 0.3,
        never: 0.7,
      }),
      later: dice.weighted({ keeps: 3, returns: 1, exchanges: 1.5 }),
    };
  });
  const troubles = Array.from({ length: TROUBLES }, (_, i): TroublePlan => {
    return {
      does: dice.one(['empty', 'restart-empty', 'fail-over', 'away', 'crash', 'stop-sale'] as const),
      name: `trouble-${i + 1}`,
      screening: screening(),
      comesAfter: dice.between(0, 15 * MINUTE),
      lasts: dice.between(1_000, 2 * MINUTE),
    };
  });
  return [...buyers, ...troubles];
}
