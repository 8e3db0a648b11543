import { Injectable } from '@nestjs/common';
import type { SaveApplication as Answers } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { ApplicationRow } from './application.entity.js';
import { applicationFieldsWrong } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { problemsOfAnswers, tidyAnswers } from './form.rules.js';

/** Keeps the answers of a draft, or of an application that is asked for more; nothing is told about it. */
@Injectable()
export class SaveApplication {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly steps: ApplicationSteps,
  ) {}

  /** @param version the one that the person saw (If-Match) */
  execute(command: { id: string; personId: string; version: number; answers: Answers }): Promise<void> {
    return this.database.transaction(async (tx) => {
      const application = await this.steps.lock(tx, command.id, command.personId);
      this.steps.require(application, 'save', 'applicant');
      if (application.version !== command.version) throw changedMeanwhile({ version: application.version });
      const category = await this.categories.one(application.editionId, application.category, tx);
      const fields = tidyAnswers(command.answers.fields);
      const problems = problemsOfAnswers(category.form, fields, false);
      if (problems.length > 0) throw applicationFieldsWrong({}, { fields: problems });
      await tx.update(
        ApplicationRow,
        { id: application.id },
        {
          fields,
          language: command.answers.language ?? application.language,
          version: application.version + 1,
        },
      );
    });
  }
}
