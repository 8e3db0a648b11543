import { Injectable } from '@nestjs/common';
import { after, DAY } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { termsOf } from '../categories/category.rules.js';
import { Editions } from '../editions/editions.js';
import { appealedAlready, appealTooLate } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';

/** A rejected applicant asks another officer to look: once, within the days that the category gives. */
@Injectable()
export class AppealApplication {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly telling: ApplicationTelling,
  ) {}

  async within(tx: Tx, command: { id: string; personId: string; message: string }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'appeal', 'applicant');
    if (application.appealedAt) throw appealedAlready();
    const category = await this.categories.one(application.editionId, application.category, tx);
    const at = await this.editions.now(application.editionId, tx);
    if (!application.dueAt || application.dueAt <= at) throw appealTooLate({ until: application.dueAt });
    await tx.query('DELETE FROM application_opinion WHERE application_id = $1', [application.id]);
    const reviewer = application.reviewer === application.rejectedBy ? null : application.reviewer;
    await this.steps.take(
      tx,
      application,
      { command: 'appeal', actor: 'applicant', actorId: command.personId, at, reason: command.message },
      { appealedAt: at, dueAt: null, reviewer, decideBy: after(at, termsOf(category).decisionDays * DAY) },
    );
    await this.telling.appealed(tx, application, category);
  }
}
