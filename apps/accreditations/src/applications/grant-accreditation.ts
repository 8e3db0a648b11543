import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import { after, DAY } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { type BadgeHolder, BadgeRow } from '../badges/badge.entity.js';
import { ChangeBadge } from '../badges/change-badge.js';
import { IssueBadge } from '../badges/issue-badge.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { termsOf } from '../categories/category.rules.js';
import type { ApplicationRow } from './application.entity.js';
import { alreadyAccredited } from './application.refusals.js';
import { ENDED } from './application.rules.js';
import { ApplicationPlaces } from './application-places.js';
import { ApplicationSteps, type StepCommand } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';
import { FeeTelling } from './fee-telling.js';

/** The step that grants it: an officer's approval, the yes to an offered place, the payment. */
export type Granting = StepCommand & { command: 'approve' | 'accept' | 'pay' };

/**
 * Makes an application whose places are taken an accreditation: once the fee is paid where there is one, else with its
 * badge at once. Of a change, the badge is made anew only where what it says or opens is different.
 */
@Injectable()
export class GrantAccreditation {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
    private readonly places: ApplicationPlaces,
    private readonly fees: FeeTelling,
    private readonly issue: IssueBadge,
    private readonly change: ChangeBadge,
    private readonly categories: CategoriesQueries,
  ) {}

  /** @throws already-accredited when the person holds, or is about to hold, also by a release, another accreditation of the edition */
  async requireOnlyOne(tx: Tx, application: ApplicationRow): Promise<void> {
    const { id, editionId, personId } = application;
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 8))', [`${editionId}/${personId}`]);
    const [other]: { id: string }[] = await tx.query(
      `SELECT id FROM application WHERE edition_id = $1 AND person_id = $2 AND id <> $3
          AND (state IN ('approved', 'suspended', 'awaiting-payment')
               OR (held IS NOT NULL AND state NOT IN ('revoked', 'withdrawn'))
               OR (NOT state = ANY ($4)
                   AND EXISTS (SELECT 1 FROM release_decision d WHERE d.release_id = application.release_id
                                  AND d.application_id = application.id AND d.decision = 'approve')))`,
      [editionId, personId, id, ENDED],
    );
    if (other) throw alreadyAccredited({ applicationId: other.id });
  }

  async within(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    granting: Granting,
  ): Promise<BadgeRow | undefined> {
    const changes = { reason: granting.reason ?? null, wants: [], agreed: true, request: null };
    if (category.fee && application.paidOrder === null && granting.command !== 'pay') {
      const dueAt = after(granting.at, termsOf(category).paymentDays * DAY);
      await this.steps.take(tx, application, { ...granting, to: 'awaiting-payment' }, { ...changes, dueAt });
      await this.fees.open(tx, application, category, dueAt);
      await this.telling.decided(tx, application, category, 'awaiting-payment', dueAt, application.held !== null);
      return undefined;
    }
    const change = application.held !== null;
    await this.steps.take(tx, application, { ...granting, to: 'approved' }, { ...changes, dueAt: null, held: null });
    await this.telling.decided(tx, application, category, 'approved', null, change);
    if (change) await this.places.release(tx, application, await this.places.of(tx, application, category));
    return this.badge(tx, application, category);
  }

  /** The first badges of many who were approved together. */
  async badges(
    tx: Tx,
    editionId: string,
    approved: readonly { application: ApplicationRow; category: CategoryRow }[],
  ): Promise<void> {
    await this.issue.together(
      tx,
      editionId,
      approved.map(({ application, category }) => {
        const { id: applicationId, personId } = application;
        return { applicationId, editionId, personId, category, holder: holderOf(application, category) };
      }),
    );
  }

  /** The badge of what is approved now; the one that lives stays where it says and opens the same. */
  async badge(tx: Tx, application: ApplicationRow, own: CategoryRow): Promise<BadgeRow> {
    const { id: applicationId, editionId, personId, moreFunctions } = application;
    const category = await this.categories.widened(tx, editionId, own, moreFunctions);
    const holder = holderOf(application, category);
    const living = await tx.findOne(BadgeRow, { where: { applicationId, state: 'live' } });
    if (living) {
      const same =
        living.function === category.function &&
        JSON.stringify([living.classes, living.areas]) === JSON.stringify([category.classes, category.areas]) &&
        Object.entries(holder).every(
          ([part, value]) => JSON.stringify(living.holder[part as keyof BadgeHolder]) === JSON.stringify(value),
        );
      if (same) return living;
      await this.change.within(tx, { badgeId: living.id, to: 'replaced', reason: null });
    }
    return this.issue.within(tx, { applicationId, editionId, personId, category, holder });
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
