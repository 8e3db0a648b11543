import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import type { ApplicationRow } from './application.entity.js';
import { ApplicationPlaces } from './application-places.js';
import { ApplicationSteps, type StepCommand } from './application-steps.js';
import { ApplicationTelling, type LapseCause } from './application-telling.js';
import { FeeTelling } from './fee-telling.js';
import { dropPapersOfChange } from './held-approval.js';

/** What becomes of an application whose time is over, and of a change that was not approved. */
@Injectable()
export class LapseApplication {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly places: ApplicationPlaces,
    private readonly fees: FeeTelling,
    private readonly telling: ApplicationTelling,
  ) {}

  /** @param cause absent for a draft that was not handed in: there is nothing to tell anybody */
  async within(tx: Tx, application: ApplicationRow, cause?: LapseCause): Promise<void> {
    const at = await this.editions.now(application.editionId, tx);
    const step = { command: 'lapse', actor: 'system', actorId: 'due-date', at } as const;
    if (application.held) {
      await this.restore(tx, application, step);
      return;
    }
    await this.steps.take(tx, application, step, { request: null, dueAt: null, wants: [] });
    if (cause) {
      const category = await this.categories.one(application.editionId, application.category, tx);
      await this.telling.lapsed(tx, application, category, cause);
    }
    await this.fees.withdraw(tx, application.id);
    await this.places.release(tx, application);
  }

  /** A change that was rejected or lapsed: what was approved before stays, with its badge and its places. */
  async restore(tx: Tx, application: ApplicationRow, step: StepCommand): Promise<void> {
    const { held } = application;
    if (!held) throw new Error('there is no change to take back');
    await dropPapersOfChange(tx, application);
    await this.steps.take(tx, application, step, { ...held, held: null, request: null, dueAt: null });
    if (application.paidOrder === null) await this.fees.withdraw(tx, application.id);
    const category = await this.categories.one(application.editionId, application.category, tx);
    await this.telling.decided(tx, application, category, 'rejected', null, true);
    await this.places.release(tx, application, await this.places.of(tx, application, category));
  }
}
