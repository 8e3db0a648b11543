import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import type { ApplicationRow } from '../applications/application.entity.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { ApplicationTelling } from '../applications/application-telling.js';
import { Audit } from '../audit/audit.js';
import type { BadgeHolder } from '../badges/badge.entity.js';
import { IssueBadge } from '../badges/issue-badge.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { type QuotaPlace, quotaPlaces } from '../categories/quota.rules.js';
import { Quotas } from '../categories/quotas.js';
import { Editions } from '../editions/editions.js';
import { alreadyAccredited, quotaFull } from './review.refusals.js';
import { ReviewAccess } from './review-access.js';

/**
 * Approves within the quotas, in one transaction: places, state, badge and facts together or not at all. Where a quota
 * is full its rule decides: the approval is refused, or the application joins the waiting list.
 */
@Injectable()
export class ApproveApplication {
  constructor(
    private readonly access: ReviewAccess,
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
    private readonly categories: CategoriesQueries,
    private readonly quotas: Quotas,
    private readonly badges: IssueBadge,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  async within(tx: Tx, command: { id: string; officer: Caller; reason: string | null }): Promise<void> {
    const application = await this.access.lock(tx, command.id, command.officer);
    this.steps.require(application, 'approve', 'officer');
    const { editionId, personId } = application;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 8))', [`${editionId}/${personId}`]);
    const [held]: { id: string }[] = await tx.query(
      `SELECT id FROM application WHERE edition_id = $1 AND person_id = $2 AND state IN ('approved', 'suspended')`,
      [editionId, personId],
    );
    if (held) throw alreadyAccredited({ applicationId: held.id });
    const category = await this.categories.one(editionId, application.category, tx);
    const full = await this.quotas.take(tx, application.id, await this.places(tx, application, category));
    if (full) await this.whenFull(tx, application, category, full, command);
    else await this.approve(tx, application, category, command);
  }

  /** The counters that the approval of this application goes by. */
  async places(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<QuotaPlace[]> {
    const { editionId, outletKey, fields } = application;
    const outlet =
      outletKey === null
        ? undefined
        : await this.categories.outletByKey(tx, editionId, category.id, outletKey, fields.outlet ?? outletKey);
    return quotaPlaces(editionId, category, outlet);
  }

  private async approve(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    { officer, reason }: { officer: Caller; reason: string | null },
  ): Promise<void> {
    const { id: applicationId, editionId, personId } = application;
    const at = await this.editions.now(editionId, tx);
    const step = { command: 'approve', actor: 'officer', actorId: officer.id, at, reason } as const;
    await this.steps.take(tx, application, step, { reason });
    await this.telling.decided(tx, application, category, 'approved', reason);
    const holder = holderOf(application, category);
    const badge = await this.badges.within(tx, { applicationId, editionId, personId, category, holder });
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'application.approve',
      objectId: applicationId,
      facts: { badgeId: badge.id, category: category.id },
    });
  }

  private async whenFull(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    full: QuotaPlace,
    { officer, reason }: { officer: Caller; reason: string | null },
  ): Promise<void> {
    const { of, outlet, capacity } = full;
    if (full.whenFull === 'refuse' || application.state === 'waitlisted') throw quotaFull({ of, outlet, capacity });
    const at = await this.editions.now(application.editionId, tx);
    await this.steps.take(
      tx,
      application,
      { command: 'approve', to: 'waitlisted', actor: 'officer', actorId: officer.id, at, reason },
      { reason },
    );
    await this.telling.decided(tx, application, category, 'waitlisted', reason);
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'application.waitlist',
      objectId: application.id,
      facts: { quota: full.id, capacity },
    });
  }
}

/** What the badge will show. */
function holderOf({ fields, language }: ApplicationRow, category: CategoryRow): BadgeHolder {
  return {
    name: fields.name ?? '',
    line: fields.outlet ?? fields.company ?? fields.school ?? fields.film ?? null,
    categoryName: category.name,
    functionName: category.functionName,
    language,
  };
}
