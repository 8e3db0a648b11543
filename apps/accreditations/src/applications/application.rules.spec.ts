import type { ApplicationState } from '#libs/contracts';
import { canStep } from '#libs/kernel';
import {
  type Actor,
  APPLICATION_CYCLE,
  allowedCommands,
  COMMANDS,
  endsOf,
  HELD_STATES,
  mayDo,
  workingTime,
} from './application.rules.js';

const STATES = Object.keys(APPLICATION_CYCLE) as ApplicationState[];
const ACTORS: Actor[] = ['applicant', 'officer', 'system'];

/** Written by hand from the product's description, so that a slip in the table is seen. */
const DESCRIBED = `
  draft: applicant save submit withdraw | system lapse
  submitted: applicant withdraw | officer start merge
  under-review: applicant withdraw | officer request-information approve reject waitlist merge
  information-requested: applicant save answer withdraw | officer merge | system lapse
  waitlisted: applicant withdraw | officer approve reject merge | system offer
  offered: applicant accept withdraw | officer merge | system lapse
  rejected: applicant appeal
  appealed: applicant withdraw | officer start merge
  awaiting-payment: applicant withdraw | officer merge | system pay lapse
  approved: applicant withdraw reopen | officer suspend revoke merge
  suspended: applicant withdraw | officer reinstate revoke merge
  revoked:
  withdrawn:
  lapsed:`;

/** The same while a change after the approval is decided and the badge stays. */
const DESCRIBED_HELD = `
  under-review: applicant withdraw | officer request-information approve reject revoke merge
  information-requested: applicant save answer withdraw | officer revoke merge | system lapse
  awaiting-payment: applicant withdraw | officer revoke merge | system pay lapse`;

function described(table: string, state: string, actor: string): string[] {
  const line = table.split('\n').find((text) => text.trim().startsWith(`${state}:`))!;
  const part = line
    .slice(line.indexOf(':') + 1)
    .split('|')
    .map((text) => text.trim().split(/\s+/))
    .find(([who]) => who === actor);
  return part?.slice(1) ?? [];
}

describe('the life of an application', () => {
  const walk = STATES.flatMap((state) =>
    ACTORS.flatMap((actor) => COMMANDS.map((command) => [state, command, actor] as const)),
  );

  it.each(walk)('in %s, %s by %s is as described', (state, command, actor) => {
    const may = mayDo(state, command, actor);
    expect(may).toBe(described(DESCRIBED, state, actor).includes(command));
    expect(allowedCommands(state, actor).includes(command)).toBe(may);
    if (may) for (const to of endsOf(command)) expect(canStep(APPLICATION_CYCLE, state, to)).toBe(true);
  });

  it.each(walk.filter(([state]) => HELD_STATES.includes(state)))(
    'of a change, in %s, %s by %s is as described and leads back to what was approved',
    (state, command, actor) => {
      const may = mayDo(state, command, actor, true);
      expect(may).toBe(described(DESCRIBED_HELD, state, actor).includes(command));
      if (may) for (const to of endsOf(command, true)) expect(canStep(APPLICATION_CYCLE, state, to)).toBe(true);
      if (may && ['reject', 'lapse'].includes(command)) expect(endsOf(command, true)).toEqual(['approved']);
    },
  );

  it('has no way out of an end except an appeal', () => {
    const ends = STATES.filter((state) => APPLICATION_CYCLE[state].length === 0);
    expect(ends.sort()).toEqual(['lapsed', 'revoked', 'withdrawn']);
    expect(APPLICATION_CYCLE.rejected).toEqual(['appealed']);
  });

  it('reaches every state from a draft', () => {
    const reached = new Set<ApplicationState>(['draft']);
    for (const state of reached) for (const next of APPLICATION_CYCLE[state]) reached.add(next);
    expect([...reached].sort()).toEqual([...STATES].sort());
  });

  it('stops the clock while it waits for the applicant', () => {
    const at = (hours: number) => new Date(Date.UTC(2019, 7, 20, hours));
    const history = [
      { at: at(0), state: 'draft' as const },
      { at: at(1), state: 'submitted' as const },
      { at: at(2), state: 'under-review' as const },
      { at: at(4), state: 'information-requested' as const },
      { at: at(10), state: 'under-review' as const },
    ];
    expect(workingTime(history, at(11))).toBe(4 * 3_600_000);
  });
});
