import type { PreparedDecision, ReleaseState } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';
import { MACHINE } from '../applications/application.rules.js';

/** A released act can't be called back: people were told. */
export const RELEASE_CYCLE: LifeCycle<ReleaseState> = {
  prepared: ['released', 'discarded'],
  released: [],
  discarded: [],
};

export const DECISIONS: readonly PreparedDecision[] = ['approve', 'reject', 'waitlist'];

/** Whether a prepared decision can still go, by the application's state; a change after an approval is decided alone. */
export function stillGoes(decision: PreparedDecision, state: string, held: boolean): boolean {
  return !held && (MACHINE[decision].from as readonly string[]).includes(state);
}
