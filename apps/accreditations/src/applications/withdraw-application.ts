import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { ChangeBadge } from '../badges/change-badge.js';
import { Editions } from '../editions/editions.js';
import { ApplicationPlaces } from './application-places.js';
import { ApplicationSteps } from './application-steps.js';
import { FeeTelling } from './fee-telling.js';

/** Ends an application by its applicant's wish; its place, its fee and its badge end with it. */
@Injectable()
export class WithdrawApplication {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly editions: Editions,
    private readonly places: ApplicationPlaces,
    private readonly fees: FeeTelling,
    private readonly badges: ChangeBadge,
  ) {}

  /**
   * @param command.byLeader the leader of the applicant's delegation, who takes it back for its member
   * @param command.merged by an officer: the person has another application, which goes on
   */
  async within(
    tx: Tx,
    command: { id: string; personId: string; byLeader?: string; merged?: { officerId: string; reason: string } },
  ): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    const at = await this.editions.now(application.editionId, tx);
    const { merged } = command;
    const step = merged
      ? ({ command: 'merge', actor: 'officer', actorId: merged.officerId, at, reason: merged.reason } as const)
      : ({ command: 'withdraw', actor: 'applicant', actorId: command.byLeader ?? command.personId, at } as const);
    await this.steps.take(tx, application, step, { request: null, dueAt: null, wants: [] });
    await this.badges.endOf(tx, application.id, 'revoked', null);
    if (application.paidOrder === null) await this.fees.withdraw(tx, application.id);
    await this.places.release(tx, application);
  }
}
