import { Injectable } from '@nestjs/common';
import {
  ApplicationDecided,
  ApplicationSubmitted,
  type CategoryRow,
  type EventData,
  event,
  InformationRequested,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { ApplicationRow } from './application.entity.js';

type Decision = EventData<typeof ApplicationDecided>['decision'];

/** Tells what happened to an application; what its applicant wrote stays here. */
@Injectable()
export class ApplicationTelling {
  constructor(private readonly outbox: Outbox) {}

  async submitted(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<void> {
    const { id: aggregate, version } = application;
    const data = facts(application, category);
    await this.outbox.append(tx, event(ApplicationSubmitted, { aggregate, version, data }));
  }

  async informationRequested(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    request: { message: string; dueAt: string },
  ): Promise<void> {
    const { id: aggregate, version } = application;
    const data = { ...facts(application, category), message: request.message, dueAt: request.dueAt };
    await this.outbox.append(tx, event(InformationRequested, { aggregate, version, data }));
  }

  async decided(
    tx: Tx,
    application: ApplicationRow,
    category: CategoryRow,
    decision: Decision,
    reason: string | null,
  ): Promise<void> {
    const { id: aggregate, version } = application;
    const data = { ...facts(application, category), decision, reason };
    await this.outbox.append(tx, event(ApplicationDecided, { aggregate, version, data }));
  }
}

function facts(application: ApplicationRow, category: CategoryRow): EventData<typeof ApplicationSubmitted> {
  return {
    applicationId: application.id,
    editionId: application.editionId,
    personId: application.personId,
    category: category.id,
    categoryName: category.name,
  };
}
