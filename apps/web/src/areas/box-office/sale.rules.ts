/** How the service says that a sale stands. */
export type ToldState = 'paid' | 'paying' | 'unknown' | 'failed' | 'void';

/**
 * Where one sale stands on the screen. `paying` has been sent and not answered, `terminal` waits for a card, `unknown`
 * is what nobody can say yet: the money may have been taken, so the seats stay and nothing else may be begun.
 */
export type SaleStep = 'idle' | 'picking' | 'cash' | 'paying' | 'terminal' | 'unknown' | 'done' | 'printing';

export type SaleEvent =
  /** Seats are held; none are left. */
  | { type: 'held' | 'emptied' }
  /** The clerk takes cash; leaves it again. */
  | { type: 'tender' | 'back' }
  /** The sale goes to the service under its key. */
  | { type: 'sent' }
  /** The service said how the sale stands. */
  | { type: 'told'; state: ToldState }
  /** The service refused: nothing was sold, the seats are as they were. */
  | { type: 'refused' }
  /** No answer came; the deed may have been done. */
  | { type: 'unanswered' }
  /** The papers go to the printer; the clerk has them in hand, or leaves them for later. */
  | { type: 'print' | 'printed' | 'left' };

const AFTER_TOLD: Record<ToldState, SaleStep> = {
  paid: 'done',
  paying: 'terminal',
  unknown: 'unknown',
  failed: 'picking',
  void: 'idle',
};
/** Steps in which the service may be asked how the sale stands. */
const OPEN: SaleStep[] = ['paying', 'terminal', 'unknown'];

/** What follows; an event that does not belong to a step changes nothing. A sale is done only because the service said so. */
export function afterwards(step: SaleStep, event: SaleEvent): SaleStep {
  switch (event.type) {
    case 'held':
      return step === 'idle' || step === 'picking' ? 'picking' : step;
    case 'emptied':
      return step === 'picking' || step === 'cash' ? 'idle' : step;
    case 'tender':
      return step === 'picking' ? 'cash' : step;
    case 'back':
      return step === 'cash' ? 'picking' : step;
    case 'sent':
      return step === 'picking' || step === 'cash' ? 'paying' : step;
    case 'told':
      return OPEN.includes(step) ? AFTER_TOLD[event.state] : step;
    case 'refused':
      return step === 'paying' ? 'picking' : step;
    case 'unanswered':
      return step === 'paying' || step === 'terminal' ? 'unknown' : step;
    case 'print':
      return step === 'done' || step === 'printing' ? 'printing' : step;
    case 'printed':
    case 'left':
      return step === 'done' || step === 'printing' ? 'idle' : step;
  }
}

/** Whether the clerk may begin something else: never while money may have been taken. */
export const mayLeave = (step: SaleStep): boolean => !OPEN.includes(step);
