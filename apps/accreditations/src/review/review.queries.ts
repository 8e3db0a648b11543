import { Injectable } from '@nestjs/common';
import type { ReviewApplication, ReviewFilter, ReviewQueue } from '#libs/contracts';
import { HOUR, searchFold } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { applicationUnknown } from '../applications/application.refusals.js';
import { allowedCommands, workingTime } from '../applications/application.rules.js';
import { ApplicationsQueries, viewApplication } from '../applications/applications.queries.js';
import { BadgesQueries } from '../badges/badges.queries.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Quotas } from '../categories/quotas.js';
import { Editions } from '../editions/editions.js';
import { ApproveApplication } from './approve-application.js';
import { maySee } from './review-access.js';

const PAGE = 50;

@Injectable()
export class ReviewQueries {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly applications: ApplicationsQueries,
    private readonly badges: BadgesQueries,
    private readonly quotas: Quotas,
    private readonly editions: Editions,
    private readonly approve: ApproveApplication,
  ) {}

  /** Oldest first; drafts are their applicants' own. */
  async queue(filter: ReviewFilter, officer: Caller): Promise<ReviewQueue> {
    const editions = await this.editionsOf(officer, filter.edition);
    const limit = filter.limit ?? PAGE;
    const words = searchFold(filter.search ?? '')
      .split(' ')
      .filter(Boolean);
    const rows = await this.database.source.manager
      .createQueryBuilder(ApplicationRow, 'a')
      .where(`a.editionId = ANY (:editions) AND a.state <> 'draft'`, { editions })
      .andWhere('(CAST(:state AS text) IS NULL OR a.state = :state)', { state: filter.state ?? null })
      .andWhere('(CAST(:category AS text) IS NULL OR a.category = :category)', { category: filter.category ?? null })
      .andWhere('(CAST(:after AS uuid) IS NULL OR a.id > :after)', { after: filter.after ?? null })
      .andWhere(`NOT EXISTS (SELECT 1 FROM unnest(CAST(:words AS text[])) w WHERE strpos(a.search, w) = 0)`, { words })
      .orderBy('a.id')
      .take(limit + 1)
      .getMany();
    const page = rows.slice(0, limit);
    return {
      applications: await this.rows(page),
      counts: await this.counts(editions),
      next: rows.length > limit ? page.at(-1)!.id : null,
    };
  }

  /** @throws application-unknown, also for a draft and another edition's officer */
  async one(id: string, officer: Caller): Promise<ReviewApplication> {
    const manager = this.database.source.manager;
    const row = await manager.findOneBy(ApplicationRow, { id });
    if (!row || !maySee(officer, row)) throw applicationUnknown();
    const category = await this.categories.one(row.editionId, row.category);
    const [{ steps, papers }, badges, places] = await Promise.all([
      this.applications.parts([id]),
      this.badges.summaries(manager, [id]),
      this.approve.places(manager, row, category),
    ]);
    const used = await this.quotas.used(
      manager,
      places.map((place) => place.id),
    );
    return {
      ...viewApplication(row, category, steps.get(id) ?? [], papers.get(id) ?? []),
      personId: row.personId,
      form: category.form,
      evidenceRules: category.evidence,
      checklist: category.checklist,
      quotas: places.map(({ id: quota, of, outlet, capacity, whenFull }) => ({
        of,
        outlet,
        used: used.get(quota) ?? 0,
        capacity,
        whenFull,
      })),
      badge: badges.get(id) ?? null,
      allowed: allowedCommands(row.state, 'officer'),
    };
  }

  private async rows(rows: ApplicationRow[]): Promise<ReviewQueue['applications']> {
    const [categories, { steps }] = await Promise.all([
      this.categories.byId(this.database.source.manager, rows),
      this.applications.parts(rows.map((row) => row.id)),
    ]);
    const now = new Map<string, Date>();
    for (const edition of new Set(rows.map((row) => row.editionId))) now.set(edition, await this.editions.now(edition));
    return rows.map((row) => ({
      id: row.id,
      editionId: row.editionId,
      category: row.category,
      categoryName: categories.get(`${row.editionId}/${row.category}`)!.name,
      state: row.state,
      version: row.version,
      name: row.fields.name ?? '',
      outlet: row.fields.outlet ?? null,
      submittedAt: row.submittedAt?.toISOString() ?? null,
      waitingHours: Math.floor(workingTime(steps.get(row.id) ?? [], now.get(row.editionId)!) / HOUR),
      dueAt: row.dueAt?.toISOString() ?? null,
    }));
  }

  private async counts(editions: string[]): Promise<Record<string, number>> {
    const rows = await this.database.query<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM application WHERE edition_id = ANY ($1) AND state <> 'draft' GROUP BY state`,
      [editions],
    );
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  private async editionsOf(officer: Caller, wanted: string | undefined): Promise<string[]> {
    if (wanted !== undefined) {
      if (!hasRole(officer, 'accreditation-officer', wanted)) throw roleNeeded();
      return [wanted];
    }
    const rows = await this.database.query<{ id: string }>('SELECT DISTINCT edition_id AS id FROM category');
    return rows.map((row) => row.id).filter((id) => hasRole(officer, 'accreditation-officer', id));
  }
}
