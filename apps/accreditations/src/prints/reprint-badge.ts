import { Injectable } from '@nestjs/common';
import type { PrintFormat } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { accreditedNow } from '../applications/held-approval.js';
import { Audit } from '../audit/audit.js';
import { badgeStepIllegal } from '../badges/badge.refusals.js';
import { ChangeBadge } from '../badges/change-badge.js';
import { IssueBadge } from '../badges/issue-badge.js';
import { ReviewAccess } from '../review/review-access.js';
import { ChangePrint } from './change-print.js';

/**
 * A badge is torn, wet or misprinted: it gets a new serial and a new piece of card in one step. The old serial answers
 * "replaced" at the doors, so that the torn half opens nothing.
 */
@Injectable()
export class ReprintBadge {
  constructor(
    private readonly access: ReviewAccess,
    private readonly change: ChangeBadge,
    private readonly issue: IssueBadge,
    private readonly prints: ChangePrint,
    private readonly audit: Audit,
  ) {}

  /** @throws badge-unknown, badge-step-illegal when it does not live */
  async within(
    tx: Tx,
    command: { badgeId: string; format: PrintFormat; officer: Caller; reason: string },
  ): Promise<{ badgeId: string; printId: string }> {
    const { badgeId, format, officer, reason } = command;
    const application = await this.access.lockOfBadge(tx, badgeId, officer);
    if (!accreditedNow(application)) throw badgeStepIllegal({ state: application.state });
    const [badge]: { state: string }[] = await tx.query('SELECT state FROM badge WHERE id = $1 FOR UPDATE', [badgeId]);
    if (badge?.state !== 'live') throw badgeStepIllegal({ state: badge?.state });
    const old = await this.change.within(tx, { badgeId, to: 'replaced', reason });
    const fresh = await this.issue.again(tx, old);
    await tx.query(
      `UPDATE badge_print SET state = 'spoiled', since = clock_timestamp()
        WHERE badge_id = $1 AND state IN ('queued', 'printed', 'collected')`,
      [badgeId],
    );
    const printId = await this.prints.atDesk(tx, { badgeId: fresh.id, format, officer });
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'badge.reprint',
      objectId: badgeId,
      facts: { replacedBy: fresh.id, printId },
    });
    return { badgeId: fresh.id, printId };
  }
}
