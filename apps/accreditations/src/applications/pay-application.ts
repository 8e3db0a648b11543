import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { ApplicationRow } from './application.entity.js';
import { mayDo } from './application.rules.js';
import { ApplicationSteps } from './application-steps.js';
import { FeeTelling } from './fee-telling.js';
import { GrantAccreditation } from './grant-accreditation.js';

/**
 * The fee was paid, as tickets tells: the badge is issued. Told twice it changes nothing. Where the application has
 * ended meanwhile the money is written down as late and the fee withdrawn, so that tickets owes it back.
 */
@Injectable()
export class PayApplication {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly grant: GrantAccreditation,
    private readonly fees: FeeTelling,
    private readonly audit: Audit,
  ) {}

  async within(tx: Tx, command: { applicationId: string; orderId: string }): Promise<void> {
    const known = await tx.existsBy(ApplicationRow, { id: command.applicationId });
    if (!known) return;
    const application = await this.steps.lock(tx, command.applicationId);
    if (application.paidOrder === command.orderId) return;
    const held = application.held !== null;
    if (application.paidOrder !== null || !mayDo(application.state, 'pay', 'system', held)) {
      await this.fees.withdraw(tx, application.id);
      const { state } = application;
      const facts = { orderId: command.orderId, state, paidBy: application.paidOrder };
      await this.audit.record(tx, { actorId: 'tickets', action: 'fee.paid-late', objectId: application.id, facts });
      return;
    }
    application.paidOrder = command.orderId;
    const category = await this.categories.one(application.editionId, application.category, tx);
    const at = await this.editions.now(application.editionId, tx);
    const step = { command: 'pay', actor: 'system', actorId: 'tickets', at, reason: application.reason } as const;
    await this.grant.within(tx, application, category, step);
  }
}
