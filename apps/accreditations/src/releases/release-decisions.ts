import { Injectable } from '@nestjs/common';
import type { CategoryRow, Telling } from '#libs/contracts';
import { after, DAY, step } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { ApplicationRow } from '../applications/application.entity.js';
import { alreadyAccredited, applicationStepIllegal } from '../applications/application.refusals.js';
import { APPLICATION_CYCLE } from '../applications/application.rules.js';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationTelling, type Decision, decidedTelling } from '../applications/application-telling.js';
import { FeeTelling } from '../applications/fee-telling.js';
import { GrantAccreditation } from '../applications/grant-accreditation.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { termsOf } from '../categories/category.rules.js';
import { Editions } from '../editions/editions.js';
import { appealUntil } from '../review/decide-application.js';
import { ReleaseDecisionRow, ReleaseRow } from './release.entity.js';
import { RELEASE_CYCLE, stillGoes } from './release.rules.js';

interface Going {
  application: ApplicationRow;
  category: CategoryRow;
  prepared: ReleaseDecisionRow;
  decision: Decision;
}

/** Many at once go through the database in parts of this many. */
const PART = 1_000;

/**
 * The act: every prepared decision becomes visible with the commit of one transaction, together with its badges, fees
 * and facts. What can't go any more (withdrawn meanwhile) is left out and says why.
 */
@Injectable()
export class ReleaseDecisions {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly places: ApplicationPlaces,
    private readonly telling: ApplicationTelling,
    private readonly grant: GrantAccreditation,
    private readonly fees: FeeTelling,
    private readonly editions: Editions,
    private readonly audit: Audit,
  ) {}

  /** @param release locked and still prepared */
  async within(tx: Tx, release: ReleaseRow, actorId: string): Promise<void> {
    const at = await this.editions.now(release.editionId, tx);
    const decisions = await tx.find(ReleaseDecisionRow, {
      where: { releaseId: release.id },
      order: { applicationId: 'ASC' },
    });
    const applications = await tx
      .createQueryBuilder(ApplicationRow, 'a')
      .where('a.releaseId = :id', { id: release.id })
      .orderBy('a.id')
      .setLock('pessimistic_write')
      .getMany();
    const byId = new Map(applications.map((one) => [one.id, one]));
    const categories = await this.categories.byId(tx, applications);
    const accredited = await this.accredited(tx, release.id);
    const going: Going[] = [];
    const left = new Map<string, string>();
    for (const prepared of decisions) {
      const application = byId.get(prepared.applicationId);
      if (!application || !stillGoes(prepared.decision, application.state, application.held !== null))
        left.set(prepared.applicationId, applicationStepIllegal.code);
      else if (prepared.decision === 'approve' && accredited.has(application.id))
        left.set(application.id, alreadyAccredited.code);
      else {
        const category = categories.get(`${application.editionId}/${application.category}`)!;
        going.push({ application, category, prepared, decision: this.decide(application, category, prepared, at) });
      }
    }
    for (const { application, prepared, category } of going)
      if (prepared.decision === 'waitlist')
        application.wants = (await this.places.of(tx, application, category)).map((place) => place.id);
    await this.write(tx, release, going, at);
    await this.leave(tx, release, left);
    await this.grantAll(tx, release, going);
    const state = step('release', RELEASE_CYCLE, release.state, 'released');
    await tx.update(ReleaseRow, { id: release.id }, { state, releasedAt: at, version: release.version + 1 });
    await this.audit.record(tx, {
      actorId,
      action: 'release.release',
      objectId: release.id,
      facts: { went: going.length, left: left.size },
    });
  }

  /** Changes the application in memory; answers what its applicant is told. */
  private decide(application: ApplicationRow, category: CategoryRow, prepared: ReleaseDecisionRow, at: Date): Decision {
    const fee = prepared.decision === 'approve' && category.fee && application.paidOrder === null;
    const decision: Decision = {
      approve: fee ? 'awaiting-payment' : 'approved',
      reject: 'rejected',
      waitlist: 'waitlisted',
    }[prepared.decision] as Decision;
    const dueAt =
      decision === 'awaiting-payment'
        ? after(at, termsOf(category).paymentDays * DAY)
        : decision === 'rejected'
          ? appealUntil(application, category, at)
          : null;
    Object.assign(application, {
      state: step('application', APPLICATION_CYCLE, application.state, decision),
      version: application.version + 1,
      reason: prepared.reason,
      dueAt,
      wants: [],
      agreed: prepared.decision === 'approve' || application.agreed,
      rejectedBy: prepared.decision === 'reject' ? prepared.officerId : application.rejectedBy,
      releaseId: null,
    } satisfies Partial<ApplicationRow>);
    return decision;
  }

  private async write(tx: Tx, release: ReleaseRow, going: readonly Going[], at: Date): Promise<void> {
    for (let from = 0; from < going.length; from += PART) {
      const part = going.slice(from, from + PART);
      const rows = part.map(({ application: a, prepared }) => ({
        id: a.id,
        state: a.state,
        version: a.version,
        reason: a.reason,
        due_at: a.dueAt,
        wants: a.wants,
        agreed: a.agreed,
        rejected_by: a.rejectedBy,
        command: prepared.decision,
        officer: prepared.officerId,
      }));
      await tx.query(
        `WITH r AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, state text, version int, reason text,
                      due_at timestamptz, wants text[], agreed boolean, rejected_by text, command text, officer text)),
              changed AS (UPDATE application a SET state = r.state, version = r.version, reason = r.reason,
                            due_at = r.due_at, wants = r.wants, agreed = r.agreed, rejected_by = r.rejected_by,
                            release_id = NULL FROM r WHERE a.id = r.id RETURNING a.id),
              stepped AS (INSERT INTO application_step (application_id, version, at, state, command, actor, actor_id, reason)
                          SELECT id, version, $2, state, command, 'officer', officer, reason FROM r)
         INSERT INTO audit (actor_id, action, object_id, facts)
         SELECT officer, 'application.' || command, id::text, jsonb_build_object('releaseId', $3::text) FROM r ORDER BY id`,
        [JSON.stringify(rows), at, release.id],
      );
      const tellings: Telling[] = part.map(({ application, category, decision }) =>
        decidedTelling(application, category, decision, application.dueAt, { bulk: true }),
      );
      await this.telling.decidedTogether(tx, tellings);
    }
  }

  /** What does not go keeps no place. */
  private async leave(tx: Tx, release: ReleaseRow, left: ReadonlyMap<string, string>): Promise<void> {
    for (const [id, code] of left) {
      await tx.update(ReleaseDecisionRow, { releaseId: release.id, applicationId: id }, { skipped: code });
      await tx.update(ApplicationRow, { id }, { releaseId: null });
      if (code !== applicationStepIllegal.code) await this.places.release(tx, { id });
    }
  }

  private async grantAll(tx: Tx, release: ReleaseRow, going: readonly Going[]): Promise<void> {
    const approved = going.filter(({ decision }) => decision === 'approved');
    for (let from = 0; from < approved.length; from += PART)
      await this.grant.badges(tx, release.editionId, approved.slice(from, from + PART));
    for (const { application, category, decision } of going)
      if (decision === 'awaiting-payment') await this.fees.open(tx, application, category, application.dueAt!);
  }

  /** Applications of the release whose person became accredited by another one meanwhile. */
  private async accredited(tx: Tx, releaseId: string): Promise<Set<string>> {
    const rows: { id: string }[] = await tx.query(
      `SELECT a.id FROM application a JOIN application o ON o.edition_id = a.edition_id AND o.person_id = a.person_id
          AND o.id <> a.id WHERE a.release_id = $1 AND (o.state IN ('approved', 'suspended', 'awaiting-payment')
            OR (o.held IS NOT NULL AND o.state NOT IN ('revoked', 'withdrawn')))`,
      [releaseId],
    );
    return new Set(rows.map((row) => row.id));
  }
}
