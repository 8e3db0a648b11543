import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import type { ApplicationRow } from '../applications/application.entity.js';
import { applicationUnknown } from '../applications/application.refusals.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { badgeUnknown } from '../badges/badge.refusals.js';
import { appealNeedsAnother, decisionPrepared } from './review.refusals.js';

/** An officer's editions: what belongs to another edition, or is still a draft, is not there. */
@Injectable()
export class ReviewAccess {
  constructor(private readonly steps: ApplicationSteps) {}

  async lock(tx: Tx, id: string, officer: Caller): Promise<ApplicationRow> {
    const application = await this.steps.lock(tx, id);
    if (!maySee(officer, application)) throw applicationUnknown();
    return application;
  }

  /**
   * The same for a decision: one that waits in a release stands, and an appeal is not for the officer who rejected.
   * @throws decision-prepared, appeal-needs-another
   */
  async lockToDecide(tx: Tx, id: string, officer: Caller): Promise<ApplicationRow> {
    const application = await this.lock(tx, id, officer);
    requireMayDecide(application, officer.id);
    if (application.releaseId) throw decisionPrepared({ releaseId: application.releaseId });
    return application;
  }

  /** The application of a badge, locked before the badge itself. */
  async lockOfBadge(tx: Tx, badgeId: string, officer: Caller): Promise<ApplicationRow> {
    const [row]: { application: string }[] = await tx.query(
      'SELECT application_id AS application FROM badge WHERE id = $1',
      [badgeId],
    );
    if (!row) throw badgeUnknown();
    const application = await this.steps.lock(tx, row.application);
    if (!maySee(officer, application)) throw badgeUnknown();
    return application;
  }
}

/** @throws appeal-needs-another */
export function requireMayDecide(
  application: Pick<ApplicationRow, 'appealedAt' | 'rejectedBy'>,
  officerId: string,
): void {
  if (application.appealedAt && application.rejectedBy === officerId) throw appealNeedsAnother();
}

export function maySee(officer: Caller, application: Pick<ApplicationRow, 'editionId' | 'state'>): boolean {
  return application.state !== 'draft' && hasRole(officer, 'accreditation-officer', application.editionId);
}
