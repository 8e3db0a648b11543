import { Injectable } from '@nestjs/common';
import type { CategoryRow, NotGoing, PrepareDecisions as Wanted } from '#libs/contracts';
import { Refusal } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { GrantAccreditation } from '../applications/grant-accreditation.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { Opinions } from '../review/opinions.js';
import { decisionPrepared, quotaFull, reasonNeeded } from '../review/review.refusals.js';
import { ReviewAccess, requireMayDecide } from '../review/review-access.js';
import { lockRelease } from './change-release.js';
import { ReleaseDecisionRow, type ReleaseRow } from './release.entity.js';
import { changeDecidedAlone, otherEdition, secondOpinionNeeded } from './release.refusals.js';

type Decision = Wanted['decisions'][number];

/**
 * Prepares decisions that nobody but officers sees until the release. The places of approvals are taken now, so that
 * what is prepared will go; what can't be decided is answered, and the rest is prepared all the same.
 */
@Injectable()
export class PrepareDecisions {
  private readonly categoryOf = new WeakMap<Tx, Map<string, CategoryRow>>();

  constructor(
    private readonly access: ReviewAccess,
    private readonly steps: ApplicationSteps,
    private readonly places: ApplicationPlaces,
    private readonly grant: GrantAccreditation,
    private readonly opinions: Opinions,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  /** Each under a savepoint, so that a refusal leaves nothing of it behind, no opinion and no place. */
  async within(tx: Tx, command: { id: string; officer: Caller; decisions: readonly Decision[] }): Promise<NotGoing[]> {
    const release = await lockRelease(tx, command.id, command.officer);
    const at = await this.editions.now(release.editionId, tx);
    const refused: NotGoing[] = [];
    const inOrder = [...new Map(command.decisions.map((one) => [one.applicationId, one])).values()].sort((a, b) =>
      a.applicationId < b.applicationId ? -1 : 1,
    );
    for (const decision of inOrder)
      try {
        await tx.transaction((step) => this.one(step, release, decision, command.officer, at));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.push({ applicationId: decision.applicationId, code: error.code, reason: error.title });
      }
    return refused;
  }

  private async one(tx: Tx, release: ReleaseRow, wanted: Decision, officer: Caller, at: Date): Promise<void> {
    const { applicationId, decision, override = false } = wanted;
    const reason = wanted.reason ?? null;
    const application = await this.access.lock(tx, applicationId, officer);
    if (application.editionId !== release.editionId) throw otherEdition();
    requireMayDecide(application, officer.id);
    if (application.releaseId && application.releaseId !== release.id)
      throw decisionPrepared({ releaseId: application.releaseId });
    if (application.held) throw changeDecidedAlone();
    this.steps.require(application, decision, 'officer');
    if (reason === null && (decision !== 'approve' || override)) throw reasonNeeded();
    if (decision === 'approve') await this.takePlaces(tx, application, { officer, reason, override, at });
    else if (application.releaseId) await this.places.release(tx, application);
    await tx.upsert(
      ReleaseDecisionRow,
      { releaseId: release.id, applicationId, decision, reason, officerId: officer.id, skipped: null },
      ['releaseId', 'applicationId'],
    );
    if (application.releaseId === null)
      await tx.update(ApplicationRow, { id: applicationId }, { releaseId: release.id });
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'release.prepare',
      objectId: applicationId,
      facts: { releaseId: release.id, decision, ...(override && { override }) },
    });
  }

  private async takePlaces(
    tx: Tx,
    application: ApplicationRow,
    { officer, reason, override, at }: { officer: Caller; reason: string | null; override: boolean; at: Date },
  ): Promise<void> {
    await this.grant.requireOnlyOne(tx, application);
    const category = await this.category(tx, application);
    if (!(await this.opinions.agreed(tx, application, category, { by: officer.id, reason, at })))
      throw secondOpinionNeeded();
    const { full } = await this.places.take(tx, application, category, override);
    if (full) throw quotaFull({ of: full.of, subject: full.subject, capacity: full.capacity });
  }

  /** A thousand decisions are of a handful of categories. */
  private async category(tx: Tx, { editionId, category }: ApplicationRow): Promise<CategoryRow> {
    const known = this.categoryOf.get(tx) ?? new Map<string, CategoryRow>();
    this.categoryOf.set(tx, known);
    const found = known.get(category) ?? (await this.categories.one(editionId, category, tx));
    known.set(category, found);
    return found;
  }
}
