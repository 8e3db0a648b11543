import { Injectable } from '@nestjs/common';
import type { SaveApplication as Answers } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { ApplicationRow } from './application.entity.js';
import { applicationFieldsUnknown } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { keptAnswers, unknownAnswers } from './form.rules.js';

/**
 * Keeps the answers of a draft, or of an application that is asked for more, as they were typed: right or wrong,
 * whole or half. What stands against handing in is shown and refuses nothing here; nothing is told about it.
 */
@Injectable()
export class SaveApplication {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly steps: ApplicationSteps,
  ) {}

  /** @param version the one that the person saw (If-Match) */
  execute(command: { id: string; personId: string; version: number; answers: Answers }): Promise<void> {
    return this.database.transaction((tx) => this.within(tx, command));
  }

  async within(tx: Tx, command: { id: string; personId: string; version: number; answers: Answers }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'save', 'applicant');
    if (application.version !== command.version) throw changedMeanwhile({ version: application.version });
    const category = await this.categories.one(application.editionId, application.category, tx);
    const unknown = unknownAnswers(category.form, command.answers.fields);
    if (unknown.length > 0) throw applicationFieldsUnknown({}, { fields: unknown });
    await tx.update(
      ApplicationRow,
      { id: application.id },
      {
        fields: keptAnswers(command.answers.fields),
        language: command.answers.language ?? application.language,
        version: application.version + 1,
      },
    );
  }
}
