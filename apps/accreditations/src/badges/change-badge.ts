import { Injectable } from '@nestjs/common';
import type { BadgeState } from '#libs/contracts';
import { canStep, step } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { BadgeRow } from './badge.entity.js';
import { badgeStepIllegal, badgeUnknown } from './badge.refusals.js';
import { BADGE_CYCLE } from './badge.rules.js';
import { BadgeTelling } from './badge-telling.js';

/** Moves a badge along its life and tells it; being asked for the state it is in already changes nothing. */
@Injectable()
export class ChangeBadge {
  constructor(private readonly telling: BadgeTelling) {}

  async within(tx: Tx, command: { badgeId: string; to: BadgeState; reason: string | null }): Promise<BadgeRow> {
    const badge = await tx.findOne(BadgeRow, {
      where: { id: command.badgeId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!badge) throw badgeUnknown();
    if (badge.state === command.to) return badge;
    if (!canStep(BADGE_CYCLE, badge.state, command.to)) throw badgeStepIllegal({ state: badge.state });
    badge.state = step('badge', BADGE_CYCLE, badge.state, command.to);
    badge.version += 1;
    const endReason = badge.state === 'live' ? null : command.reason;
    await tx.update(BadgeRow, { id: badge.id }, { state: badge.state, version: badge.version, endReason });
    if (badge.state === 'live') await this.telling.issued(tx, badge);
    else await this.telling.ended(tx, badge);
    return badge;
  }

  /** Ends whatever badge of the accreditation still lives. */
  async endOf(tx: Tx, applicationId: string, to: 'revoked', reason: string | null): Promise<void> {
    const living: { id: string }[] = await tx.query(
      `SELECT id FROM badge WHERE application_id = $1 AND state IN ('live', 'suspended')`,
      [applicationId],
    );
    for (const { id } of living) await this.within(tx, { badgeId: id, to, reason });
  }
}
