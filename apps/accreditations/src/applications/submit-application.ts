import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import { after, DAY, type FieldProblem } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { applicationsClosed, notOpenYet } from '../categories/category.refusals.js';
import { termsOf, whyShut } from '../categories/category.rules.js';
import { Consents } from '../categories/consents.js';
import { Editions } from '../editions/editions.js';
import type { ApplicationRow } from './application.entity.js';
import { applicationIncomplete } from './application.refusals.js';
import { ApplicationCheck } from './application-check.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';

/** Hands an application in, or says everything that is missing at once; also the answer to a request for more. */
@Injectable()
export class SubmitApplication {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly check: ApplicationCheck,
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
    private readonly consents: Consents,
  ) {}

  /**
   * @param command.consent the version that was agreed to
   * @param command.atDesk the officer who filled it in on the day, for whom the category's dates do not count
   */
  async within(tx: Tx, command: { id: string; personId: string; consent?: string; atDesk?: string }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'submit', 'applicant');
    const category = await this.categories.one(application.editionId, application.category, tx);
    const at = await this.editions.now(application.editionId, tx);
    if (!command.atDesk) requireOpen(category, at);
    const { editionId, language } = application;
    const consent = await this.consents.problems(tx, editionId, command.consent);
    await this.requireComplete(tx, application, category, consent);
    await this.steps.take(
      tx,
      application,
      { command: 'submit', actor: 'applicant', actorId: command.personId, at },
      {
        submittedAt: at,
        decideBy: after(at, termsOf(category).decisionDays * DAY),
        ...(await this.check.found(tx, application, category)),
      },
    );
    if (command.consent !== undefined && (await this.consents.current(tx, editionId)))
      await this.consents.record(tx, {
        applicationId: application.id,
        editionId,
        version: command.consent,
        language,
        givenBy: command.atDesk ?? command.personId,
      });
    await this.telling.submitted(tx, application, category);
  }

  /** Opinions that were given before do not count for the new answers. */
  async answer(tx: Tx, command: { id: string; personId: string; message: string | null }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'answer', 'applicant');
    const category = await this.categories.one(application.editionId, application.category, tx);
    await this.requireComplete(tx, application, category);
    const at = await this.editions.now(application.editionId, tx);
    await tx.query('DELETE FROM application_opinion WHERE application_id = $1', [application.id]);
    await this.steps.take(
      tx,
      application,
      { command: 'answer', actor: 'applicant', actorId: command.personId, at, reason: command.message },
      {
        request: null,
        dueAt: null,
        decideBy: await this.afterPause(tx, application, at),
        ...(await this.check.found(tx, application, category)),
      },
    );
  }

  /** The clock stood while the festival waited: what was left of its days is left still. */
  private async afterPause(tx: Tx, { id, decideBy }: ApplicationRow, at: Date): Promise<Date | null> {
    const [asked]: { at: Date }[] = await tx.query(
      `SELECT at FROM application_step WHERE application_id = $1 AND command = 'request-information' ORDER BY version DESC LIMIT 1`,
      [id],
    );
    return decideBy && asked ? after(decideBy, at.getTime() - asked.at.getTime()) : decideBy;
  }

  private async requireComplete(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    more: readonly FieldProblem[] = [],
  ): Promise<void> {
    const problems = [...(await this.check.problems(tx, application, category)), ...more];
    if (problems.length > 0) throw applicationIncomplete({}, { fields: problems });
  }
}

/** @throws not-open-yet, applications-closed */
function requireOpen(category: CategoryRow, at: Date): void {
  const shut = whyShut(category, at);
  if (shut === 'not-open-yet') throw notOpenYet({ opensAt: category.opensAt });
  if (shut === 'closed') throw applicationsClosed({ closesAt: category.closesAt });
}
