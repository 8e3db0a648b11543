import { Injectable } from '@nestjs/common';
import type { NotGoing, PreparedDecision, Release, ReleaseDecisions, ReleaseList } from '#libs/contracts';
import { definedRefusals } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { alreadyAccredited, applicationStepIllegal } from '../applications/application.refusals.js';
import { openedAnswer } from '../applications/sealed-answers.js';
import { ReleaseRow } from './release.entity.js';
import { releaseUnknown } from './release.refusals.js';
import { DECISIONS, stillGoes } from './release.rules.js';

const PAGE = 200;

interface Waiting {
  applicationId: string;
  decision: PreparedDecision;
  state: string;
  held: boolean;
  accredited: boolean;
  skipped: string | null;
}

@Injectable()
export class ReleasesQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(edition: string, officer: Caller): Promise<ReleaseList> {
    if (!hasRole(officer, 'accreditation-officer', edition)) throw roleNeeded();
    const rows = await this.database.source.manager.find(ReleaseRow, {
      where: { editionId: edition },
      order: { id: 'DESC' },
    });
    return { releases: await Promise.all(rows.map((row) => this.view(row))) };
  }

  /** @throws release-unknown, also for another edition's officer */
  async one(id: string, officer: Caller): Promise<Release> {
    return this.view(await this.row(id, officer));
  }

  /** What would become visible, application by application. */
  async decisions(id: string, officer: Caller, after: string | undefined): Promise<ReleaseDecisions> {
    await this.row(id, officer);
    const rows = await this.database.query<ReleaseDecisions['decisions'][number]>(
      `SELECT d.application_id AS "applicationId", coalesce(a.fields->>'name', '') AS name, a.fields->>'outlet' AS outlet,
              a.category, d.decision, d.reason, d.officer_id AS by
         FROM release_decision d JOIN application a ON a.id = d.application_id
        WHERE d.release_id = $1 AND ($2::uuid IS NULL OR d.application_id > $2) ORDER BY d.application_id LIMIT $3`,
      [id, after ?? null, PAGE + 1],
    );
    const page = rows
      .slice(0, PAGE)
      .map((row) => ({ ...row, name: openedAnswer(row.name), outlet: row.outlet && openedAnswer(row.outlet) }));
    return { decisions: page, next: rows.length > PAGE ? page.at(-1)!.applicationId : null };
  }

  private async row(id: string, officer: Caller): Promise<ReleaseRow> {
    const row = await this.database.source.manager.findOneBy(ReleaseRow, { id });
    if (!row || !hasRole(officer, 'accreditation-officer', row.editionId)) throw releaseUnknown();
    return row;
  }

  private async view(row: ReleaseRow): Promise<Release> {
    const waiting = await this.database.query<Waiting>(
      `SELECT d.application_id AS "applicationId", d.decision, a.state, a.held IS NOT NULL AS held, d.skipped,
              d.decision = 'approve' AND EXISTS (SELECT 1 FROM application o
                WHERE o.edition_id = a.edition_id AND o.person_id = a.person_id AND o.id <> a.id
                  AND (o.state IN ('approved', 'suspended', 'awaiting-payment')
                       OR (o.held IS NOT NULL AND o.state NOT IN ('revoked', 'withdrawn')))) AS accredited
         FROM release_decision d JOIN application a ON a.id = d.application_id
        WHERE d.release_id = $1 ORDER BY d.application_id`,
      [row.id],
    );
    const of = (decision: PreparedDecision) => waiting.filter((one) => one.decision === decision).length;
    return {
      id: row.id,
      edition: row.editionId,
      name: row.name,
      state: row.state,
      version: row.version,
      releaseAt: row.releaseAt?.toISOString() ?? null,
      releasedAt: row.releasedAt?.toISOString() ?? null,
      counts: Object.fromEntries(DECISIONS.map((decision) => [decision, of(decision)])) as Release['counts'],
      notGoing: waiting.flatMap((one) => notGoing(row, one)),
    };
  }
}

function notGoing(release: ReleaseRow, one: Waiting): NotGoing[] {
  const code =
    release.state === 'prepared'
      ? stillGoes(one.decision, one.state, one.held)
        ? one.accredited && alreadyAccredited.code
        : applicationStepIllegal.code
      : one.skipped;
  const refusal = code && definedRefusals().find((known) => known.code === code);
  return refusal ? [{ applicationId: one.applicationId, code: refusal.code, reason: refusal.title }] : [];
}
