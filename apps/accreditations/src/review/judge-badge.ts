import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { FeeTelling } from '../applications/fee-telling.js';
import { Audit } from '../audit/audit.js';
import { ChangeBadge } from '../badges/change-badge.js';
import { IssueBadge } from '../badges/issue-badge.js';
import { Editions } from '../editions/editions.js';
import { ReviewAccess } from './review-access.js';

interface BadgeCommand {
  badgeId: string;
  officer: Caller;
  reason: string | null;
}

/** What an officer does with a badge; the accreditation behind it moves along. Answers the application's id. */
@Injectable()
export class JudgeBadge {
  constructor(
    private readonly access: ReviewAccess,
    private readonly steps: ApplicationSteps,
    private readonly change: ChangeBadge,
    private readonly issue: IssueBadge,
    private readonly places: ApplicationPlaces,
    private readonly fees: FeeTelling,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  async revoke(tx: Tx, command: BadgeCommand): Promise<string> {
    const id = await this.move(tx, command, 'revoke', 'revoked');
    await this.fees.withdraw(tx, id);
    await this.places.release(tx, { id });
    return id;
  }

  suspend(tx: Tx, command: BadgeCommand): Promise<string> {
    return this.move(tx, command, 'suspend', 'suspended');
  }

  reinstate(tx: Tx, command: BadgeCommand): Promise<string> {
    return this.move(tx, command, 'reinstate', 'live');
  }

  /** The old serial answers "reported lost" at the doors; a new one takes its place at once, suspended if it was. */
  async lost(tx: Tx, { badgeId, officer, reason }: BadgeCommand): Promise<string> {
    const application = await this.access.lockOfBadge(tx, badgeId, officer);
    // Told twice it is one loss: the badge that took its place is there already.
    const [known]: { state: string }[] = await tx.query('SELECT state FROM badge WHERE id = $1 FOR UPDATE', [badgeId]);
    if (known?.state === 'reported_lost') return application.id;
    const old = await this.change.within(tx, { badgeId, to: 'reported_lost', reason });
    const fresh = await this.issue.again(tx, old);
    if (application.state === 'suspended') await this.change.within(tx, { badgeId: fresh.id, to: 'suspended', reason });
    await this.note(tx, officer, 'badge.lost', badgeId, { replacedBy: fresh.id });
    return application.id;
  }

  private async move(
    tx: Tx,
    { badgeId, officer, reason }: BadgeCommand,
    command: 'revoke' | 'suspend' | 'reinstate',
    to: 'revoked' | 'suspended' | 'live',
  ): Promise<string> {
    const application = await this.access.lockOfBadge(tx, badgeId, officer);
    const at = await this.editions.now(application.editionId, tx);
    const badge = await this.change.within(tx, { badgeId, to, reason });
    await this.steps.take(tx, application, { command, actor: 'officer', actorId: officer.id, at, reason }, { reason });
    await this.note(tx, officer, `badge.${command}`, badge.id, { applicationId: application.id });
    return application.id;
  }

  private note(tx: Tx, officer: Caller, action: string, objectId: string, facts: Record<string, unknown>) {
    return this.audit.record(tx, { actorId: officer.id, action, objectId, facts });
  }
}
