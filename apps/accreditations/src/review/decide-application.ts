import { Injectable } from '@nestjs/common';
import type { RequestInformation } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationSteps } from '../applications/application-steps.js';
import { ApplicationTelling } from '../applications/application-telling.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { ruleFor } from '../evidence/evidence.rules.js';
import { dueDatePast } from './review.refusals.js';
import { ReviewAccess } from './review-access.js';

interface Decision {
  id: string;
  officer: Caller;
}

/** What an officer does with an application besides approving it. */
@Injectable()
export class DecideApplication {
  constructor(
    private readonly access: ReviewAccess,
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  async start(tx: Tx, { id, officer }: Decision): Promise<void> {
    const application = await this.access.lock(tx, id, officer);
    const at = await this.editions.now(application.editionId, tx);
    await this.steps.take(tx, application, { command: 'start', actor: 'officer', actorId: officer.id, at });
    await this.note(tx, officer, 'application.start', id);
  }

  /** The clock stands until the applicant answers or the due date passes. */
  async requestInformation(tx: Tx, { id, officer, ask }: Decision & { ask: RequestInformation }): Promise<void> {
    const application = await this.access.lock(tx, id, officer);
    this.steps.require(application, 'request-information', 'officer');
    const category = await this.categories.one(application.editionId, application.category, tx);
    if (ask.kind !== undefined) ruleFor(category.evidence, ask.kind);
    const at = await this.editions.now(application.editionId, tx);
    const dueAt = new Date(ask.dueAt);
    if (dueAt <= at) throw dueDatePast({ festivalTime: at.toISOString() });
    const request = { message: ask.message, kind: ask.kind ?? null, dueAt: dueAt.toISOString() };
    await this.steps.take(
      tx,
      application,
      { command: 'request-information', actor: 'officer', actorId: officer.id, at, reason: ask.message },
      { request, dueAt },
    );
    await this.telling.informationRequested(tx, application, category, request);
    await this.note(tx, officer, 'application.request-information', id, { kind: request.kind });
  }

  async reject(tx: Tx, command: Decision & { reason: string }): Promise<void> {
    await this.decide(tx, command, 'reject', 'rejected');
  }

  async waitlist(tx: Tx, command: Decision & { reason: string }): Promise<void> {
    await this.decide(tx, command, 'waitlist', 'waitlisted');
  }

  private async decide(
    tx: Tx,
    { id, officer, reason }: Decision & { reason: string },
    command: 'reject' | 'waitlist',
    decision: 'rejected' | 'waitlisted',
  ): Promise<void> {
    const application = await this.access.lock(tx, id, officer);
    const category = await this.categories.one(application.editionId, application.category, tx);
    const at = await this.editions.now(application.editionId, tx);
    await this.steps.take(tx, application, { command, actor: 'officer', actorId: officer.id, at, reason }, { reason });
    await this.telling.decided(tx, application, category, decision, reason);
    await this.note(tx, officer, `application.${command}`, id);
  }

  private note(tx: Tx, officer: Caller, action: string, objectId: string, facts?: Record<string, unknown>) {
    return this.audit.record(tx, { actorId: officer.id, action, objectId, facts });
  }
}
