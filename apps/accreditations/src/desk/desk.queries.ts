import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { DeskPerson, DeskSearch, WalkUp, WalkUpIssued } from '#libs/contracts';
import { scriptFold } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationRow } from '../applications/application.entity.js';
import { ApplicationsQueries, viewEvidence } from '../applications/applications.queries.js';
import { BadgesQueries } from '../badges/badges.queries.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { EvidenceLinks } from '../evidence/evidence-links.js';
import { PrintsQueries } from '../prints/prints.queries.js';

const MOST = 25;

@Injectable()
export class DeskQueries {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly applications: ApplicationsQueries,
    private readonly badges: BadgesQueries,
    private readonly prints: PrintsQueries,
    private readonly links: EvidenceLinks,
  ) {}

  /** Who was handed in and matches every word, in whatever script it is typed; those with a badge first. */
  async find({ edition, search }: DeskSearch, officer: Caller): Promise<DeskPerson[]> {
    const manager = this.database.source.manager;
    const words = scriptFold(search).split(' ').filter(Boolean);
    const found = await this.database.query<{ id: string }>(
      `SELECT a.id FROM application a
        WHERE a.edition_id = $1 AND a.state NOT IN ('draft', 'withdrawn', 'lapsed')
          AND NOT EXISTS (SELECT 1 FROM unnest($2::text[]) w WHERE strpos(a.search_key, w) = 0)
        ORDER BY (a.state IN ('approved', 'suspended')) DESC, a.id DESC LIMIT $3`,
      [edition, words, MOST],
    );
    const ids = found.map((row) => row.id);
    const rows = new Map((await manager.findBy(ApplicationRow, { id: In(ids) })).map((row) => [row.id, row]));
    const [categories, badges, photos] = await Promise.all([
      this.categories.byId(manager, [...rows.values()]),
      this.badges.summaries(manager, ids),
      this.prints.photos(ids),
    ]);
    const prints = await this.prints.out([...badges.values()].map((badge) => badge.id));
    return ids.map((id) => {
      const row = rows.get(id)!;
      const badge = badges.get(id) ?? null;
      const photo = photos.get(id);
      return {
        applicationId: id,
        personId: row.personId,
        name: row.fields.name ?? '',
        outlet: row.fields.outlet ?? null,
        category: row.category,
        categoryName: categories.get(`${row.editionId}/${row.category}`)!.name,
        state: row.state,
        badge,
        print: (badge && prints.get(badge.id)) ?? null,
        photo: photo ? this.photoLink(photo, officer) : null,
      };
    });
  }

  async walkUp(id: string): Promise<WalkUp> {
    const { row, evidence } = await this.facts(id);
    return { applicationId: id, personId: row.personId, state: row.state, evidence };
  }

  async issued(id: string): Promise<WalkUpIssued> {
    const { row } = await this.facts(id);
    const badge = (await this.badges.summaries(this.database.source.manager, [id])).get(id) ?? null;
    const print = badge && (await this.prints.out([badge.id])).get(badge.id);
    return { applicationId: id, state: row.state, badge, print: print ?? null };
  }

  private photoLink(id: string, officer: Caller): string {
    const { until, signature } = this.links.make(id, officer.id);
    return `/api/accreditations/review/evidence/${id}?until=${until}&signature=${signature}`;
  }

  private async facts(id: string) {
    const row = await this.database.source.manager.findOneByOrFail(ApplicationRow, { id });
    const { papers } = await this.applications.parts([id]);
    return { row, evidence: (papers.get(id) ?? []).map(viewEvidence) };
  }
}
