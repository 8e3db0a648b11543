import { Injectable } from '@nestjs/common';
import type { QuotaList, ReviewApplication, ReviewFilter, ReviewQueue } from '#libs/contracts';
import { HOUR, scriptFold, searchFold } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { applicationUnknown } from '../applications/application.refusals.js';
import { allowedCommands, type StepTaken, workingTime } from '../applications/application.rules.js';
import { ApplicationPlaces } from '../applications/application-places.js';
import { ApplicationsQueries, viewApplication } from '../applications/applications.queries.js';
import { openedAnswer } from '../applications/sealed-answers.js';
import { BadgesQueries } from '../badges/badges.queries.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Quotas } from '../categories/quotas.js';
import { Editions } from '../editions/editions.js';
import { Opinions, opinionsNeeded } from './opinions.js';
import { paperCount } from './paper-count.rules.js';
import { maySee } from './review-access.js';

const PAGE = 50;
const LOOKED_THROUGH = 200;
/** States in which somebody is awaited: the office, or the applicant. */
const AWAITED = [
  'submitted',
  'under-review',
  'information-requested',
  'waitlisted',
  'offered',
  'appealed',
  'awaiting-payment',
];

interface QueueRow {
  id: string;
  editionId: string;
  category: string;
  state: ReviewApplication['state'];
  version: number;
  name: string | null;
  outlet: string | null;
  country: string | null;
  reviewer: string | null;
  prepared: boolean;
  submittedAt: Date | null;
  dueAt: Date | null;
}

@Injectable()
export class ReviewQueries {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly applications: ApplicationsQueries,
    private readonly badges: BadgesQueries,
    private readonly quotas: Quotas,
    private readonly editions: Editions,
    private readonly places: ApplicationPlaces,
    private readonly opinions: Opinions,
  ) {}

  /** Oldest first, page by page from the last id seen; drafts are their applicants' own. */
  async queue(filter: ReviewFilter, officer: Caller): Promise<ReviewQueue> {
    const editions = await this.editionsOf(officer, filter.edition);
    if (editions.length === 0) return { applications: [], counts: {}, next: null };
    const limit = filter.limit ?? PAGE;
    const [rows, counts] = await Promise.all([
      filter.papers
        ? this.lackingPapers(filter, editions, officer, limit + 1)
        : this.whole(filter, editions, officer, limit + 1),
      this.counts(editions),
    ]);
    const page = rows.slice(0, limit);
    return { applications: page, counts, next: rows.length > limit ? page.at(-1)!.id : null };
  }

  private async whole(filter: ReviewFilter, editions: string[], officer: Caller, limit: number) {
    return this.rows(await this.page(filter, editions, officer, limit));
  }

  /** What is asked for depends on the answers, so the rows are looked through until the page is full. */
  private async lackingPapers(filter: ReviewFilter, editions: string[], officer: Caller, limit: number) {
    const lacking: ReviewQueue['applications'] = [];
    let after = filter.after;
    for (;;) {
      const rows = await this.whole({ ...filter, after }, editions, officer, LOOKED_THROUGH);
      lacking.push(...rows.filter(({ papers }) => papers.given < papers.asked));
      if (lacking.length >= limit || rows.length < LOOKED_THROUGH) return lacking.slice(0, limit);
      after = rows.at(-1)!.id;
    }
  }

  /** @throws application-unknown, also for a draft and another edition's officer */
  async one(id: string, officer: Caller): Promise<ReviewApplication> {
    const manager = this.database.source.manager;
    const row = await manager.findOneBy(ApplicationRow, { id });
    if (!row || !maySee(officer, row)) throw applicationUnknown();
    const category = await this.categories.one(row.editionId, row.category);
    const [{ steps, papers }, badges, places, opinions, notes, prepared] = await Promise.all([
      this.applications.parts([id]),
      this.badges.summaries(manager, [id]),
      this.places.of(manager, row, category),
      this.opinions.of(manager, id),
      this.notes(id),
      this.prepared(row),
    ]);
    const used = await this.quotas.used(
      manager,
      places.map((place) => place.id),
    );
    return {
      ...viewApplication(row, category, steps.get(id) ?? [], papers.get(id) ?? []),
      personId: row.personId,
      language: row.language,
      form: category.form,
      evidenceRules: category.evidence,
      checklist: category.checklist,
      quotas: places.map(({ id: quota, of, subject, capacity, whenFull }) => ({
        of,
        subject,
        used: used.get(quota) ?? 0,
        capacity,
        whenFull,
      })),
      badge: badges.get(id) ?? null,
      moreFunctions: row.moreFunctions,
      reviewer: row.reviewer,
      decideBy: row.decideBy?.toISOString() ?? null,
      opinions,
      opinionsNeeded: opinionsNeeded(category),
      notes,
      checked: row.checked,
      prepared,
      barred: row.appealedAt ? row.rejectedBy : null,
      allowed: row.releaseId ? [] : allowedCommands(row.state, 'officer', row.held !== null),
    };
  }

  /** @throws role-needed for another edition's officer */
  async quotaList(editionId: string, officer: Caller): Promise<QuotaList> {
    if (!hasRole(officer, 'accreditation-officer', editionId)) throw roleNeeded();
    return this.quotas.list(this.database.source.manager, editionId);
  }

  /** Only the clauses that are asked for, so that each filter finds its own index. */
  private async page(filter: ReviewFilter, editions: string[], officer: Caller, limit: number): Promise<QueueRow[]> {
    const values: unknown[] = [];
    const value = (one: unknown) => `$${values.push(one)}`;
    const where = [
      editions.length === 1 ? `a.edition_id = ${value(editions[0])}` : `a.edition_id = ANY (${value(editions)})`,
      `a.state <> 'draft'`,
    ];
    if (filter.state) where.push(`a.state = ${value(filter.state)}`);
    if (filter.category) where.push(`a.category = ${value(filter.category)}`);
    if (filter.country) where.push(`a.country = ${value(filter.country)}`);
    if (filter.reviewer === 'nobody') where.push('a.reviewer IS NULL');
    else if (filter.reviewer)
      where.push(`a.reviewer = ${value(filter.reviewer === 'me' ? officer.id : filter.reviewer)}`);
    if (filter.dueBefore)
      where.push(
        `coalesce(a.due_at, a.decide_by) < ${value(new Date(filter.dueBefore))} AND a.submitted_at IS NOT NULL
         AND a.state = ANY (${value(AWAITED)})`,
      );
    if (filter.outlet) where.push(`a.outlet_key = ANY (${value(await this.outletKeys(editions, filter.outlet))})`);
    if (filter.after) where.push(`a.id > ${value(filter.after)}`);
    for (const word of scriptFold(filter.search ?? '')
      .split(' ')
      .filter(Boolean))
      where.push(`strpos(a.search_key, ${value(word)}) > 0`);
    return this.database.query<QueueRow>(
      `SELECT a.id, a.edition_id AS "editionId", a.category, a.state, a.version, a.fields->>'name' AS name,
              a.fields->>'outlet' AS outlet, a.country, a.reviewer, a.release_id IS NOT NULL AS prepared,
              a.submitted_at AS "submittedAt", CASE WHEN a.state <> 'rejected' THEN a.due_at END AS "dueAt"
         FROM application a WHERE ${where.join(' AND ')} ORDER BY a.id LIMIT ${value(limit)}`,
      values,
    );
  }

  /** The outlet that is meant, by its own name and by those whose other spelling it is. */
  private async outletKeys(editions: string[], typed: string): Promise<string[]> {
    const key = searchFold(typed);
    const aliases = await this.database.query<{ key: string }>(
      'SELECT DISTINCT key FROM outlet_alias WHERE edition_id = ANY ($1) AND alias = $2',
      [editions, key],
    );
    return [key, ...aliases.map((alias) => alias.key)];
  }

  private async rows(rows: QueueRow[]): Promise<ReviewQueue['applications']> {
    const ids = rows.map((row) => row.id);
    const [categories, steps, papers] = await Promise.all([
      this.categories.byId(this.database.source.manager, rows),
      this.steps(ids),
      this.papers(ids),
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
      name: openedAnswer(row.name ?? ''),
      outlet: row.outlet && openedAnswer(row.outlet),
      country: row.country,
      reviewer: row.reviewer,
      papers: paperCount(
        categories.get(`${row.editionId}/${row.category}`)!,
        papers.get(row.id)?.fields ?? {},
        papers.get(row.id)?.kinds ?? [],
      ),
      prepared: row.prepared,
      submittedAt: row.submittedAt?.toISOString() ?? null,
      waitingHours: Math.floor(workingTime(steps.get(row.id) ?? [], now.get(row.editionId)!) / HOUR),
      dueAt: row.dueAt?.toISOString() ?? null,
    }));
  }

  private async papers(ids: string[]) {
    const rows = await this.database.query<{ id: string; fields: Record<string, string>; kinds: string[] }>(
      `SELECT a.id, a.fields, array(SELECT e.kind FROM evidence e WHERE e.application_id = a.id) AS kinds
         FROM application a WHERE a.id = ANY ($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async steps(ids: string[]): Promise<Map<string, StepTaken[]>> {
    const rows = await this.database.query<StepTaken & { id: string }>(
      'SELECT application_id AS id, at, state FROM application_step WHERE application_id = ANY ($1) ORDER BY version',
      [ids],
    );
    return Map.groupBy(rows, (row) => row.id);
  }

  private async counts(editions: string[]): Promise<Record<string, number>> {
    const rows = await this.database.query<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM application WHERE edition_id = ANY ($1) AND state <> 'draft' GROUP BY state`,
      [editions],
    );
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  private async notes(id: string): Promise<ReviewApplication['notes']> {
    const rows = await this.database.query<{ id: string; by: string; text: string; at: Date }>(
      'SELECT id, officer_id AS by, text, at FROM application_note WHERE application_id = $1 ORDER BY id',
      [id],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  private async prepared(row: ApplicationRow): Promise<ReviewApplication['prepared']> {
    if (!row.releaseId) return null;
    const [found] = await this.database.query<{ decision: string }>(
      'SELECT decision FROM release_decision WHERE release_id = $1 AND application_id = $2',
      [row.releaseId, row.id],
    );
    return found ? { releaseId: row.releaseId, decision: found.decision } : null;
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
