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
  'appeal',
  'withdraw',
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
}

/**
 * The whole life of an application. The clock stands in `information-requested`; `approve` ends in `waitlisted` where
 * a quota is full and says so, and in `awaiting-payment` where the category has a fee; `reopen` is a change of
 * identity, outlet or category after the approval.
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
  },
  pay: { by: ['system'], from: ['awaiting-payment'], to: ['approved'] },
  reject: { by: ['officer'], from: ['under-review', 'waitlisted'], to: ['rejected'] },
  waitlist: { by: ['officer'], from: ['under-review'], to: ['waitlisted'] },
  appeal: { by: ['applicant'], from: ['rejected'], to: ['appealed'] },
  withdraw: {
    by: ['applicant'],
    from: [
      'draft',
      'submitted',
      'under-review',
      'information-requested',
      'waitlisted',
      'awaiting-payment',
      'appealed',
      'approved',
      'suspended',
    ],
    to: ['withdrawn'],
  },
  lapse: { by: ['system'], from: ['information-requested', 'awaiting-payment'], to: ['lapsed'] },
  suspend: { by: ['officer'], from: ['approved'], to: ['suspended'] },
  reinstate: { by: ['officer'], from: ['suspended'], to: ['approved'] },
  revoke: { by: ['officer'], from: ['approved', 'suspended'], to: ['revoked'] },
  reopen: { by: ['applicant'], from: ['approved'], to: ['under-review'] },
};

/** The same table as a life cycle: from each state, the states that may follow. */
export const APPLICATION_CYCLE: LifeCycle<ApplicationState> = lifeCycle();

function lifeCycle(): LifeCycle<ApplicationState> {
  const cycle: Record<ApplicationState, ApplicationState[]> = {
    draft: [],
    submitted: [],
    'under-review': [],
    'information-requested': [],
    waitlisted: [],
    rejected: [],
    appealed: [],
    'awaiting-payment': [],
    approved: [],
    suspended: [],
    revoked: [],
    withdrawn: [],
    lapsed: [],
  };
  for (const { from, to } of Object.values(MACHINE))
    for (const state of from) for (const next of to) if (!cycle[state].includes(next)) cycle[state].push(next);
  return cycle;
}

/** States in which nothing more happens to an application by itself; another one may be started beside it. */
export const ENDED: readonly ApplicationState[] = ['rejected', 'revoked', 'withdrawn', 'lapsed'];

export function mayDo(state: ApplicationState, command: Command, actor: Actor): boolean {
  const row = MACHINE[command];
  return row.by.includes(actor) && row.from.includes(state);
}

/** What the actor may do in this state, for buttons. */
export function allowedCommands(state: ApplicationState, actor: Actor): Command[] {
  return COMMANDS.filter((command) => mayDo(state, command, actor));
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
