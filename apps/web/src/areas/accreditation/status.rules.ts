import type { Application, ApplicationState } from '#libs/contracts';

export type Ahead = 'reading' | 'decision' | 'fee' | 'badge';

const AHEAD: Partial<Record<ApplicationState, Ahead[]>> = {
  draft: ['reading', 'decision', 'badge'],
  submitted: ['reading', 'decision', 'badge'],
  'under-review': ['decision', 'badge'],
  'information-requested': ['decision', 'badge'],
  appealed: ['decision', 'badge'],
  waitlisted: ['decision', 'badge'],
  offered: ['badge'],
  'awaiting-payment': ['badge'],
};

/** What is still to come, in its order; nothing where the way has ended. */
export function aheadOf({ state, fee }: Pick<Application, 'state' | 'fee'>): Ahead[] {
  const ahead = AHEAD[state] ?? [];
  return fee && state !== 'awaiting-payment' ? ahead.flatMap((one) => (one === 'badge' ? ['fee', one] : [one])) : ahead;
}
