import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import type { ApplicationRow } from '../applications/application.entity.js';
import { applicationUnknown } from '../applications/application.refusals.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { badgeUnknown } from '../badges/badge.refusals.js';

/** An officer's editions: what belongs to another edition, or is still a draft, is not there. */
@Injectable()
export class ReviewAccess {
  constructor(private readonly steps: ApplicationSteps) {}

  async lock(tx: Tx, id: string, officer: Caller): Promise<ApplicationRow> {
    const application = await this.steps.lock(tx, id);
    if (!maySee(officer, application)) throw applicationUnknown();
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

export function maySee(officer: Caller, application: Pick<ApplicationRow, 'editionId' | 'state'>): boolean {
  return application.state !== 'draft' && hasRole(officer, 'accreditation-officer', application.editionId);
}
