import type { ApplicationState } from '#libs/contracts';
import type { LifeCycle } from '#libs/kernel';

/** Who may do something to an application: its applicant, an officer, or the system by itself. */
export type Actor = 'applicant' | 'officer' | 'system';

export const COMMANDS = [
  'save',
  'submit',
  'start',
  'request-information',
  'answer',
  'approve',
  'pay',
  'reject',
  'waitlist',
  'offer',
  'accept',
  'appeal',
  'withdraw',
  'merge',
  'lapse',
  'suspend',
  'reinstate',
  'revoke',
  'reopen',
] as const;
export type Command = (typeof COMMANDS)[number];

interface Row {
  by: readonly Actor[];
  from: readonly ApplicationState[];
  /** The first is the usual one. */
  to: readonly ApplicationState[];
  /** States in which it is open too while a badge stays until a change is decided. */
  heldFrom?: readonly ApplicationState[];
  /** Where it ends then, instead of `to`. */
  heldTo?: readonly ApplicationState[];
}

/**
 * The whole life of an application. The clock stands in `information-requested`; `approve` ends in `waitlisted` where
 * a quota is full and says so, and in `awaiting-payment` where the category has a fee; `offer` keeps a freed place for
 * the first who waits; `merge` ends one of two
 * applications of one person. `reopen` is a change of identity, outlet or category after the approval: the badge is held, and
 * whatever does not end in a new approval leads back to what was approved before.
 */
export const MACHINE: Readonly<Record<Command, Row>> = {
  save: { by: ['applicant'], from: ['draft', 'information-requested'], to: [] },
  submit: { by: ['applicant'], from: ['draft'], to: ['submitted'] },
  start: { by: ['officer'], from: ['submitted', 'appealed'], to: ['under-review'] },
  'request-information': { by: ['officer'], from: ['under-review'], to: ['information-requested'] },
  answer: { by: ['applicant'], from: ['information-requested'], to: ['under-review'] },
  approve: {
    by: ['officer'],
    from: ['under-review', 'waitlisted'],
    to: ['approved', 'awaiting-payment', 'waitlisted'],
    heldTo: ['approved', 'awaiting-payment'],
  },
  pay: { by: ['system'], from: ['awaiting-payment'], to: ['approved'] },
  reject: {
    by: ['officer'],
    from: ['under-review', 'waitlisted'],
    to: ['rejected'],
    heldTo: ['approved'],
  },
  waitlist: { by: ['officer'], from: ['under-review'], to: ['waitlisted'], heldTo: [] },
  offer: { by: ['system'], from: ['waitlisted'], to: ['offered'] },
  accept: { by: ['applicant'], from: ['offered'], to: ['approved', 'awaiting-payment'] },
  appeal: { by: ['applicant'], from: ['rejected'], to: ['appealed'] },
  withdraw: {
    by: ['applicant'],
    from: [
      'draft',
      'submitted',
      'under-review',
      'information-requested',
      'waitlisted',
      'offered',
      'awaiting-payment',
      'appealed',
      'approved',
      'suspended',
    ],
    to: ['withdrawn'],
  },
  merge: {
    by: ['officer'],
    from: [
      'submitted',
      'under-review',
      'information-requested',
      'waitlisted',
      'offered',
      'awaiting-payment',
      'appealed',
      'approved',
      'suspended',
    ],
    to: ['withdrawn'],
  },
  lapse: {
    by: ['system'],
    from: ['draft', 'information-requested', 'awaiting-payment', 'offered'],
    to: ['lapsed'],
    heldTo: ['approved'],
  },
  suspend: { by: ['officer'], from: ['approved'], to: ['suspended'] },
  reinstate: { by: ['officer'], from: ['suspended'], to: ['approved'] },
  revoke: {
    by: ['officer'],
    from: ['approved', 'suspended'],
    to: ['revoked'],
    heldFrom: ['under-review', 'information-requested', 'awaiting-payment'],
  },
  reopen: { by: ['applicant'], from: ['approved'], to: ['under-review'] },
};

/** States in which a change after the approval is being decided while its badge stays. */
export const HELD_STATES: readonly ApplicationState[] = ['under-review', 'information-requested', 'awaiting-payment'];

/** The same table as a life cycle: from each state, the states that may follow. */
export const APPLICATION_CYCLE: LifeCycle<ApplicationState> = lifeCycle();

function lifeCycle(): LifeCycle<ApplicationState> {
  const cycle: Record<ApplicationState, ApplicationState[]> = {
    draft: [],
    submitted: [],
    'under-review': [],
    'information-requested': [],
    waitlisted: [],
    offered: [],
    rejected: [],
    appealed: [],
    'awaiting-payment': [],
    approved: [],
    suspended: [],
    revoked: [],
    withdrawn: [],
    lapsed: [],
  };
  const may = (state: ApplicationState, ends: readonly ApplicationState[]) => {
    for (const next of ends) if (!cycle[state].includes(next)) cycle[state].push(next);
  };
  for (const { from, to, heldFrom = [], heldTo = to } of Object.values(MACHINE)) {
    for (const state of from) may(state, HELD_STATES.includes(state) ? [...to, ...heldTo] : to);
    for (const state of heldFrom) may(state, heldTo);
  }
  return cycle;
}

/** States in which nothing more happens to an application by itself; another one may be started beside it. */
export const ENDED: readonly ApplicationState[] = ['rejected', 'revoked', 'withdrawn', 'lapsed'];

/**
 * @param held whether the badge of an earlier approval stays while a change of it is decided
 */
export function mayDo(state: ApplicationState, command: Command, actor: Actor, held = false): boolean {
  const row = MACHINE[command];
  if (!row.by.includes(actor)) return false;
  if (held && row.heldTo?.length === 0) return false;
  return row.from.includes(state) || (held && (row.heldFrom ?? []).includes(state));
}

/** Where a command may end; the first is the usual one. */
export function endsOf(command: Command, held = false): readonly ApplicationState[] {
  const { to, heldTo } = MACHINE[command];
  return held ? (heldTo ?? to) : to;
}

/** What the actor may do in this state, for buttons. */
export function allowedCommands(state: ApplicationState, actor: Actor, held = false): Command[] {
  return COMMANDS.filter((command) => mayDo(state, command, actor, held));
}

export interface StepTaken {
  at: Date;
  state: ApplicationState;
}

/**
 * Festival time that the festival has used since the application was handed in, without the time in which it waited
 * for the applicant; ms.
 */
export function workingTime(history: readonly StepTaken[], now: Date): number {
  let sum = 0;
  history.forEach(({ at, state }, index) => {
    const until = history[index + 1]?.at ?? now;
    if (['submitted', 'under-review', 'appealed'].includes(state)) sum += until.getTime() - at.getTime();
  });
  return Math.max(0, sum);
}
