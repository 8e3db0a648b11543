import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import { searchFold } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { missingEvidence } from '../evidence/evidence.rules.js';
import { type ApplicationRow, EvidenceRow } from './application.entity.js';
import { applicationIncomplete } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';
import { problemsOfAnswers } from './form.rules.js';

/** Hands an application in, or says everything that is missing at once; also the answer to a request for more. */
@Injectable()
export class SubmitApplication {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
  ) {}

  async within(tx: Tx, command: { id: string; personId: string }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'submit', 'applicant');
    const category = await this.check(tx, application);
    const at = await this.editions.now(application.editionId, tx);
    await this.steps.take(
      tx,
      application,
      { command: 'submit', actor: 'applicant', actorId: command.personId, at },
      { submittedAt: at, ...(await this.found(tx, application)) },
    );
    await this.telling.submitted(tx, application, category);
  }

  async answer(tx: Tx, command: { id: string; personId: string; message: string | null }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'answer', 'applicant');
    await this.check(tx, application);
    const at = await this.editions.now(application.editionId, tx);
    await this.steps.take(
      tx,
      application,
      { command: 'answer', actor: 'applicant', actorId: command.personId, at, reason: command.message },
      { request: null, dueAt: null, ...(await this.found(tx, application)) },
    );
  }

  private async check(tx: Tx, application: ApplicationRow): Promise<CategoryRow> {
    const category = await this.categories.one(application.editionId, application.category, tx);
    const papers = await tx.findBy(EvidenceRow, { applicationId: application.id });
    const problems = [
      ...problemsOfAnswers(category.form, application.fields, true),
      ...missingEvidence(
        category.evidence,
        papers.map((paper) => paper.kind),
      ),
    ];
    if (problems.length > 0) throw applicationIncomplete({}, { fields: problems });
    return category;
  }

  /** By what officers find it, and whose quota it goes by. */
  private async found(tx: Tx, { editionId, category, fields }: ApplicationRow) {
    const outlet = fields.outlet ? await this.categories.outlet(tx, editionId, category, fields.outlet) : undefined;
    const words = [fields.name, fields.outlet, outlet?.name, fields.company].filter(Boolean).join(' ');
    return { outletKey: outlet?.key ?? null, search: searchFold(words) };
  }
}
