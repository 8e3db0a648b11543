import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { ApplicationTelling } from '../applications/application-telling.js';
import { GrantAccreditation } from '../applications/grant-accreditation.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import type { QuotaPlace } from '../categories/quota.rules.js';
import { Editions } from '../editions/editions.js';
import { Opinions } from './opinions.js';
import { quotaFull, reasonNeeded } from './review.refusals.js';
import { ReviewAccess } from './review-access.js';

export interface Approval {
  id: string;
  officer: Caller;
  reason: string | null;
  /** Takes a place beyond a full quota that allows it. */
  override?: boolean;
}

/**
 * Approves within the quotas, in one transaction: places, state, badge and facts together or not at all. Where a quota
 * is full its rule decides: the approval is refused, needs an override with a reason, or the application joins the
 * waiting list. Where two officers must agree, the first only leaves an opinion.
 */
@Injectable()
export class ApproveApplication {
  constructor(
    private readonly access: ReviewAccess,
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
    private readonly categories: CategoriesQueries,
    private readonly places: ApplicationPlaces,
    private readonly grant: GrantAccreditation,
    private readonly opinions: Opinions,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  async within(tx: Tx, command: Approval): Promise<void> {
    const { officer, reason, override = false } = command;
    const application = await this.access.lockToDecide(tx, command.id, officer);
    this.steps.require(application, 'approve', 'officer');
    if (override && reason === null) throw reasonNeeded();
    await this.grant.requireOnlyOne(tx, application);
    const category = await this.categories.one(application.editionId, application.category, tx);
    const at = await this.editions.now(application.editionId, tx);
    if (!(await this.opinions.agreed(tx, application, category, { by: officer.id, reason, at }))) {
      await tx.update(ApplicationRow, { id: application.id }, { version: application.version + 1 });
      await this.note(tx, command, 'application.second', { category: category.id });
      return;
    }
    const { full, places } = await this.places.take(tx, application, category, override);
    if (full) {
      await this.whenFull(tx, application, category, full, command, places, at);
      return;
    }
    const step = { command: 'approve', actor: 'officer', actorId: officer.id, at, reason } as const;
    const badge = await this.grant.within(tx, application, category, step);
    const facts = { category: category.id, ...(badge && { badgeId: badge.id }), ...(override && { override }) };
    await this.note(tx, command, 'application.approve', facts);
  }

  private async whenFull(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    full: QuotaPlace,
    command: Approval,
    places: readonly QuotaPlace[],
    at: Date,
  ): Promise<void> {
    const { of, subject, capacity, whenFull } = full;
    if (whenFull !== 'waitlist' || application.state === 'waitlisted' || application.held)
      throw quotaFull({ of, subject, capacity, override: whenFull === 'override' });
    const { officer, reason } = command;
    await this.steps.take(
      tx,
      application,
      { command: 'approve', to: 'waitlisted', actor: 'officer', actorId: officer.id, at, reason },
      { reason, agreed: true, wants: places.map((place) => place.id) },
    );
    await this.telling.decided(tx, application, category, 'waitlisted');
    await this.note(tx, command, 'application.waitlist', { quota: full.id, capacity });
  }

  private note(tx: Tx, { officer, id }: Approval, action: string, facts: Record<string, unknown>): Promise<void> {
    return this.audit.record(tx, { actorId: officer.id, action, objectId: id, facts });
  }
}
