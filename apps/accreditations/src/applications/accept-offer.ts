import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { offerOver } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { GrantAccreditation } from './grant-accreditation.js';

/** The yes to a place that became free; it is kept until the offer's time. */
@Injectable()
export class AcceptOffer {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly grant: GrantAccreditation,
  ) {}

  async within(tx: Tx, command: { id: string; personId: string }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'accept', 'applicant');
    const at = await this.editions.now(application.editionId, tx);
    if (application.dueAt && application.dueAt <= at) throw offerOver({ until: application.dueAt });
    await this.grant.requireOnlyOne(tx, application);
    const category = await this.categories.one(application.editionId, application.category, tx);
    const step = { command: 'accept', actor: 'applicant', actorId: command.personId, at } as const;
    await this.grant.within(tx, application, category, step);
  }
}
