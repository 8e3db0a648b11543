import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Application, ApplicationList, CategoryRow, EvidenceView } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { BadgesQueries } from '../badges/badges.queries.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { ApplicationRow, ApplicationStepRow, EvidenceRow } from './application.entity.js';
import { applicationUnknown } from './application.refusals.js';
import { allowedCommands } from './application.rules.js';
import { ApplicationCheck } from './application-check.js';

export type ApplicationFacts = Omit<Application, 'badge' | 'problems' | 'allowed' | 'appealUntil'>;

export function viewEvidence(row: EvidenceRow): EvidenceView {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.fileName,
    type: row.type,
    bytes: row.bytes,
    issuedOn: row.issuedOn,
    translation: row.translation,
    uploadedAt: row.uploadedAt.toISOString(),
  };
}

export function viewApplication(
  row: ApplicationRow,
  category: CategoryRow,
  steps: ApplicationStepRow[],
  papers: EvidenceRow[],
): ApplicationFacts {
  return {
    id: row.id,
    editionId: row.editionId,
    category: row.category,
    categoryName: category.name,
    state: row.state,
    version: row.version,
    fields: row.fields,
    evidence: papers.map(viewEvidence),
    request: row.request,
    reason: row.reason,
    submittedAt: row.submittedAt?.toISOString() ?? null,
    dueAt: row.state === 'rejected' ? null : (row.dueAt?.toISOString() ?? null),
    fee: row.state === 'awaiting-payment' && category.fee ? category.fee : null,
    held: row.held && { category: row.held.category, fields: row.held.fields },
    history: steps.map((step) => ({
      at: step.at.toISOString(),
      state: step.state,
      by: step.actor,
      reason: step.reason,
    })),
  };
}

@Injectable()
export class ApplicationsQueries {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly badges: BadgesQueries,
    private readonly check: ApplicationCheck,
  ) {}

  async mine(personId: string): Promise<ApplicationList> {
    const rows = await this.database.source.manager.find(ApplicationRow, {
      where: { personId },
      order: { id: 'DESC' },
    });
    return { applications: await this.view(rows) };
  }

  /** @throws application-unknown, for another person's too */
  async one(id: string, personId: string): Promise<Application> {
    const row = await this.database.source.manager.findOneBy(ApplicationRow, { id, personId });
    if (!row) throw applicationUnknown();
    const [view] = await this.view([row]);
    return view!;
  }

  /** Steps and papers of several applications, by application. */
  async parts(ids: readonly string[]) {
    const manager = this.database.source.manager;
    const where = { applicationId: In([...ids]) };
    const [steps, papers] = await Promise.all([
      manager.find(ApplicationStepRow, { where, order: { version: 'ASC' } }),
      manager.find(EvidenceRow, { where, order: { id: 'ASC' } }),
    ]);
    return {
      steps: Map.groupBy(steps, (step) => step.applicationId),
      papers: Map.groupBy(papers, (paper) => paper.applicationId),
    };
  }

  private async view(rows: ApplicationRow[]): Promise<Application[]> {
    if (rows.length === 0) return [];
    const manager = this.database.source.manager;
    const ids = rows.map((row) => row.id);
    const [categories, badges, { steps, papers }] = await Promise.all([
      this.categories.byId(manager, rows),
      this.badges.summaries(manager, ids),
      this.parts(ids),
    ]);
    const today = new Map<string, string>();
    for (const edition of new Set(rows.map((row) => row.editionId)))
      today.set(edition, await this.check.today(manager, edition));
    return rows.map((row) => {
      const category = categories.get(`${row.editionId}/${row.category}`)!;
      const own = papers.get(row.id) ?? [];
      const allowed = allowedCommands(row.state, 'applicant', row.held !== null);
      return {
        ...viewApplication(row, category, steps.get(row.id) ?? [], own),
        badge: badges.get(row.id) ?? null,
        problems: allowed.includes('save') ? this.check.problemsOf(row, category, own, today.get(row.editionId)!) : [],
        allowed: row.appealedAt ? allowed.filter((command) => command !== 'appeal') : allowed,
        appealUntil: row.state === 'rejected' && !row.appealedAt ? (row.dueAt?.toISOString() ?? null) : null,
      };
    });
  }
}
