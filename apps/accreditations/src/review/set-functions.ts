import { Injectable } from '@nestjs/common';
import type { SetFunctions as SetFunctionsBody } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { applicationStepIllegal } from '../applications/application.refusals.js';
import { GrantAccreditation } from '../applications/grant-accreditation.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { AnnotateApplication } from './annotate-application.js';
import { ReviewAccess } from './review-access.js';

/**
 * Several roles in one accreditation: its badge opens what all of them open. The badge is made anew, since the areas stand
 * in its code; the one before answers "replaced". The same roles again change nothing.
 */
@Injectable()
export class SetFunctions {
  constructor(
    private readonly access: ReviewAccess,
    private readonly categories: CategoriesQueries,
    private readonly grant: GrantAccreditation,
    private readonly notes: AnnotateApplication,
    private readonly audit: Audit,
  ) {}

  /** @throws application-unknown, application-step-illegal unless it is approved, function-unknown */
  async within(tx: Tx, command: { id: string; officer: Caller; body: SetFunctionsBody }): Promise<void> {
    const { id, officer, body } = command;
    const application = await this.access.lock(tx, id, officer);
    if (application.state !== 'approved')
      throw applicationStepIllegal({ state: application.state, command: 'set-functions' });
    const category = await this.categories.one(application.editionId, application.category, tx);
    const wanted = body.functions.filter((one) => one !== category.function);
    if (JSON.stringify(wanted) === JSON.stringify(application.moreFunctions)) return;
    application.moreFunctions = wanted;
    application.version += 1;
    await tx.update(ApplicationRow, { id }, { moreFunctions: wanted, version: application.version });
    const badge = await this.grant.badge(tx, application, category);
    await this.notes.note(tx, { id, officer, text: body.reason });
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'application.set-functions',
      objectId: id,
      facts: { functions: wanted, badgeId: badge.id },
    });
  }
}
