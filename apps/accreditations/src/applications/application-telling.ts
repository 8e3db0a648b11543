import { Injectable } from '@nestjs/common';
import {
  ApplicationAppealed,
  ApplicationDecided,
  ApplicationLapsed,
  ApplicationReopened,
  ApplicationSubmitted,
  type CategoryRow,
  type EventData,
  event,
  InformationRequested,
  PlaceOffered,
  type Telling,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { ApplicationRow } from './application.entity.js';

export type Decision = EventData<typeof ApplicationDecided>['decision'];
export type LapseCause = EventData<typeof ApplicationLapsed>['cause'];

/** Tells what happened to an application; what its applicant and its officers wrote stays here. */
@Injectable()
export class ApplicationTelling {
  constructor(private readonly outbox: Outbox) {}

  async submitted(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<void> {
    const { id: aggregate, version } = application;
    const data = facts(application, category);
    await this.outbox.append(tx, event(ApplicationSubmitted, { aggregate, version, data }));
  }

  async informationRequested(tx: Tx, application: ApplicationRow, category: CategoryRow, dueAt: Date): Promise<void> {
    const { id: aggregate, version } = application;
    const data = { ...facts(application, category), dueAt: dueAt.toISOString() };
    await this.outbox.append(tx, event(InformationRequested, { aggregate, version, data }));
  }

  /**
   * @param until the fee is to be paid, or an appeal is heard
   * @param change of what was approved before: where it is rejected, that stays
   */
  async decided(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    decision: Decision,
    until: Date | null = null,
    change = false,
  ): Promise<void> {
    await this.outbox.append(tx, decidedTelling(application, category, decision, until, { change }));
  }

  /** Many decisions that became visible as one act. */
  async decidedTogether(tx: Tx, tellings: readonly Telling[]): Promise<void> {
    await this.outbox.append(tx, tellings);
  }

  async lapsed(tx: Tx, application: ApplicationRow, category: CategoryRow, cause: LapseCause): Promise<void> {
    const { id: aggregate, version } = application;
    const data = { ...facts(application, category), cause };
    await this.outbox.append(tx, event(ApplicationLapsed, { aggregate, version, data }));
  }

  async offered(tx: Tx, application: ApplicationRow, category: CategoryRow, offeredUntil: Date): Promise<void> {
    const { id: aggregate, version } = application;
    const data = { ...facts(application, category), offeredUntil: offeredUntil.toISOString() };
    await this.outbox.append(tx, event(PlaceOffered, { aggregate, version, data }));
  }

  async appealed(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<void> {
    const { id: aggregate, version } = application;
    const data = facts(application, category);
    await this.outbox.append(tx, event(ApplicationAppealed, { aggregate, version, data }));
  }

  async reopened(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<void> {
    const { id: aggregate, version } = application;
    const data = facts(application, category);
    await this.outbox.append(tx, event(ApplicationReopened, { aggregate, version, data }));
  }
}

/**
 * @param marks.bulk one of many that were released as one act
 * @param marks.change of what was approved before
 */
export function decidedTelling(
  application: Pick<ApplicationRow, 'id' | 'version' | 'editionId' | 'personId'>,
  category: CategoryRow,
  decision: Decision,
  until: Date | null,
  { bulk = false, change = false }: { bulk?: boolean; change?: boolean } = {},
): Telling {
  const data = {
    ...facts(application, category),
    decision,
    until: until?.toISOString() ?? null,
    ...(bulk && { bulk }),
    ...(change && { change }),
  };
  return event(ApplicationDecided, { aggregate: application.id, version: application.version, data });
}

function facts(
  application: Pick<ApplicationRow, 'id' | 'editionId' | 'personId'>,
  category: CategoryRow,
): EventData<typeof ApplicationSubmitted> {
  return {
    applicationId: application.id,
    editionId: application.editionId,
    personId: application.personId,
    category: category.id,
    categoryName: category.name,
  };
}
