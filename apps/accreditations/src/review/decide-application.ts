import { Injectable } from '@nestjs/common';
import type { CategoryRow, RequestInformation } from '#libs/contracts';
import { after, DAY } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import type { ApplicationRow } from '../applications/application.entity.js';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { ApplicationTelling } from '../applications/application-telling.js';
import { LapseApplication } from '../applications/lapse-application.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { termsOf } from '../categories/category.rules.js';
import { Editions } from '../editions/editions.js';
import { ruleFor } from '../evidence/evidence.rules.js';
import { dueDatePast } from './review.refusals.js';
import { ReviewAccess } from './review-access.js';

interface Decision {
  id: string;
  officer: Caller;
}

/** Festival time until which an appeal against a rejection is heard; null where there is none. */
export function appealUntil(
  application: Pick<ApplicationRow, 'appealedAt'>,
  category: CategoryRow,
  at: Date,
): Date | null {
  const { appealDays } = termsOf(category);
  return application.appealedAt || appealDays === 0 ? null : after(at, appealDays * DAY);
}

/** What an officer does with an application besides approving it. */
@Injectable()
export class DecideApplication {
  constructor(
    private readonly access: ReviewAccess,
    private readonly steps: ApplicationSteps,
    private readonly places: ApplicationPlaces,
    private readonly lapse: LapseApplication,
    private readonly telling: ApplicationTelling,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  /** Whoever begins is its reviewer, unless somebody was named before. */
  async start(tx: Tx, { id, officer }: Decision): Promise<void> {
    const application = await this.access.lockToDecide(tx, id, officer);
    const at = await this.editions.now(application.editionId, tx);
    await this.steps.take(
      tx,
      application,
      { command: 'start', actor: 'officer', actorId: officer.id, at },
      { reviewer: application.reviewer ?? officer.id },
    );
    await this.note(tx, officer, 'application.start', id);
  }

  /** The clock stands until the applicant answers or the due date passes. */
  async requestInformation(tx: Tx, { id, officer, ask }: Decision & { ask: RequestInformation }): Promise<void> {
    const application = await this.access.lockToDecide(tx, id, officer);
    this.steps.require(application, 'request-information', 'officer');
    const category = await this.categories.one(application.editionId, application.category, tx);
    if (ask.kind !== undefined) ruleFor(category.evidence, ask.kind);
    const at = await this.editions.now(application.editionId, tx);
    const dueAt = ask.dueAt ? new Date(ask.dueAt) : after(at, termsOf(category).informationDays * DAY);
    if (dueAt <= at) throw dueDatePast({ festivalTime: at.toISOString() });
    const request = { message: ask.message, kind: ask.kind ?? null, dueAt: dueAt.toISOString() };
    await this.steps.take(
      tx,
      application,
      { command: 'request-information', actor: 'officer', actorId: officer.id, at, reason: ask.message },
      { request, dueAt },
    );
    await this.telling.informationRequested(tx, application, category, dueAt);
    await this.note(tx, officer, 'application.request-information', id, { kind: request.kind });
  }

  /** Of a change after the approval: what was approved stays. */
  async reject(tx: Tx, { id, officer, reason }: Decision & { reason: string }): Promise<void> {
    const application = await this.access.lockToDecide(tx, id, officer);
    this.steps.require(application, 'reject', 'officer');
    const at = await this.editions.now(application.editionId, tx);
    const step = { command: 'reject', actor: 'officer', actorId: officer.id, at, reason } as const;
    const facts = { change: application.held !== null };
    if (application.held) await this.lapse.restore(tx, application, step);
    else {
      const category = await this.categories.one(application.editionId, application.category, tx);
      const until = appealUntil(application, category, at);
      await this.steps.take(tx, application, step, { reason, rejectedBy: officer.id, dueAt: until, wants: [] });
      await this.telling.decided(tx, application, category, 'rejected', until);
      await this.places.release(tx, application);
    }
    await this.note(tx, officer, 'application.reject', id, facts);
  }

  async waitlist(tx: Tx, { id, officer, reason }: Decision & { reason: string }): Promise<void> {
    const application = await this.access.lockToDecide(tx, id, officer);
    this.steps.require(application, 'waitlist', 'officer');
    const category = await this.categories.one(application.editionId, application.category, tx);
    const at = await this.editions.now(application.editionId, tx);
    const wants = (await this.places.of(tx, application, category)).map((place) => place.id);
    await this.steps.take(
      tx,
      application,
      { command: 'waitlist', actor: 'officer', actorId: officer.id, at, reason },
      { reason, wants },
    );
    await this.telling.decided(tx, application, category, 'waitlisted');
    await this.note(tx, officer, 'application.waitlist', id);
  }

  private note(tx: Tx, officer: Caller, action: string, objectId: string, facts?: Record<string, unknown>) {
    return this.audit.record(tx, { actorId: officer.id, action, objectId, facts });
  }
}
