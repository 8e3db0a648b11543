import type { CounterSaleState } from '#libs/contracts';

/**
 * Where one sale stands on the screen. `paying` has been sent and not answered, `terminal` waits for a card, `unknown`
 * is what nobody can say yet: the money may have been taken, so the seats stay and nothing else may be begun.
 */
export type SaleStep =
  | 'idle'
  | 'picking'
  | 'cash'
  | 'paying'
  | 'terminal'
  | 'unknown'
  | 'declined'
  | 'done'
  | 'printing'
  | 'returning';

export interface SaleStanding {
  step: SaleStep;
  /** The service knows this sale: its seats wait in an order, no longer in a hold. */
  ordered: boolean;
}

export type SaleEvent =
  /** Seats are held; none are left. */
  | { type: 'held' | 'emptied' }
  /** The clerk takes cash; leaves it again. */
  | { type: 'tender' | 'back' }
  /** The sale, or another way to pay it, goes to the service under its key. */
  | { type: 'sent' }
  /** The service said how the sale stands. */
  | { type: 'told'; state: CounterSaleState }
  /** The service refused what was sent: everything is as it was before. */
  | { type: 'refused' }
  /** No answer came; the deed may have been done. */
  | { type: 'unanswered' }
  /** The papers go to the printer; the clerk has them in hand, or leaves them for later. */
  | { type: 'print' | 'printed' | 'left' };

export const NO_SALE: SaleStanding = { step: 'idle', ordered: false };

const AFTER_TOLD: Record<CounterSaleState, SaleStep> = {
  done: 'done',
  paying: 'terminal',
  unknown: 'unknown',
  declined: 'declined',
  returning: 'returning',
  'given-up': 'idle',
  voided: 'idle',
};
const FROM: Record<Exclude<SaleEvent['type'], 'told'>, SaleStep[]> = {
  held: ['idle', 'picking'],
  emptied: ['picking', 'cash'],
  tender: ['picking', 'declined'],
  back: ['cash'],
  sent: ['picking', 'cash', 'declined'],
  refused: ['paying', 'unknown'],
  unanswered: ['paying', 'terminal'],
  print: ['done', 'printing'],
  printed: ['done', 'printing'],
  left: ['done', 'printing', 'returning'],
};
/** Steps in which the service may say how the sale stands. */
const OPEN: SaleStep[] = ['paying', 'terminal', 'unknown', 'declined'];

/** What follows; an event that does not belong to a step changes nothing. A sale is done only because the service said so. */
export function afterwards(now: SaleStanding, event: SaleEvent): SaleStanding {
  if (event.type === 'told') return OPEN.includes(now.step) ? ordered(AFTER_TOLD[event.state]) : now;
  if (!FROM[event.type].includes(now.step)) return now;
  switch (event.type) {
    case 'held':
      return { ...now, step: 'picking' };
    case 'tender':
      return { ...now, step: 'cash' };
    case 'sent':
      return { ...now, step: 'paying' };
    case 'unanswered':
      return { ...now, step: 'unknown' };
    case 'print':
      return { ...now, step: 'printing' };
    case 'back':
    case 'refused':
      return { ...now, step: now.ordered ? 'declined' : 'picking' };
    case 'emptied':
      return now.ordered ? now : NO_SALE;
    case 'printed':
    case 'left':
      return NO_SALE;
  }
}

const ordered = (step: SaleStep): SaleStanding => (step === 'idle' ? NO_SALE : { step, ordered: true });

/** Whether the clerk may begin something else: never while money may have been taken. */
export const mayLeave = ({ step }: SaleStanding): boolean => !OPEN.includes(step);

/** Answers that say nothing about what an earlier, unanswered try has done. */
const SAYS_NOTHING = [401, 403, 408, 425, 429];

/**
 * Whether a failed call settles that nothing was sold. After a try whose answer was lost, only a refusal of the sale
 * itself does: a session that ran out meanwhile says nothing about it.
 */
export function settles(answer: { status: number; code: string } | undefined, unansweredBefore: boolean): boolean {
  if (!answer || answer.status >= 500 || answer.code === 'request-in-flight') return false;
  return !unansweredBefore || !SAYS_NOTHING.includes(answer.status);
}
