import { Injectable } from '@nestjs/common';
import type { ApplicationState } from '#libs/contracts';
import { step } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { ApplicationRow, ApplicationStepRow } from './application.entity.js';
import { applicationStepIllegal, applicationUnknown } from './application.refusals.js';
import { type Actor, APPLICATION_CYCLE, type Command, endsOf, mayDo } from './application.rules.js';

export interface StepCommand {
  command: Command;
  actor: Actor;
  actorId: string;
  /** Festival time. */
  at: Date;
  /** Where the command can end in several states; the first of the table when absent. */
  to?: ApplicationState;
  reason?: string | null;
}

/** The one way to change the state of an application: by the table, with who, when and why. */
@Injectable()
export class ApplicationSteps {
  /** Locks the application. `personId` is its owner's when the applicant asks: another's is not there at all. */
  async lock(tx: Tx, id: string, personId?: string): Promise<ApplicationRow> {
    const row = await tx.findOne(ApplicationRow, {
      where: { id, ...(personId !== undefined && { personId }) },
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw applicationUnknown();
    return row;
  }

  /**
   * Called in the transaction of a command that raised the version by one: refuses it when the caller had seen another
   * version. Done after the work, so that a foreign application stays unknown rather than changed.
   */
  async requireSeen(tx: Tx, id: string, seen: number | undefined): Promise<void> {
    if (seen === undefined) return;
    const row = await tx.findOneByOrFail(ApplicationRow, { id });
    if (row.version !== seen + 1) throw changedMeanwhile({ version: row.version - 1 });
  }

  /** @throws application-step-illegal when the table does not allow it */
  require(application: ApplicationRow, command: Command, actor: Actor): void {
    if (!mayDo(application.state, command, actor, application.held !== null))
      throw applicationStepIllegal({ state: application.state, command });
  }

  /** Moves the locked application and saves what changed with it. */
  async take(
    tx: Tx,
    application: ApplicationRow,
    command: StepCommand,
    changes: Partial<Omit<ApplicationRow, 'id' | 'state' | 'version'>> = {},
  ): Promise<void> {
    this.require(application, command.command, command.actor);
    const ends = endsOf(command.command, application.held !== null);
    const to = command.to ?? ends[0];
    if (!to || !ends.includes(to)) throw new Error(`${command.command} does not end in ${to}`);
    const state = step('application', APPLICATION_CYCLE, application.state, to);
    Object.assign(application, changes, { state, version: application.version + 1 });
    const { id, ...columns } = application;
    await tx.update(ApplicationRow, { id }, columns);
    await this.record(tx, application, command.command, command);
  }

  async record(
    tx: Tx,
    application: ApplicationRow,
    command: Command | 'begin',
    { actor, actorId, at, reason }: Omit<StepCommand, 'command'>,
  ): Promise<void> {
    await tx.insert(ApplicationStepRow, {
      applicationId: application.id,
      version: application.version,
      at,
      state: application.state,
      command,
      actor,
      actorId,
      reason: reason ?? null,
    });
  }
}
