import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import { countingAnswers, type FieldProblem, scriptFold, searchFold, venueDate } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { type ApplicationRow, EvidenceRow } from './application.entity.js';
import { problemsOfAnswers } from './form.rules.js';
import { type PaperGiven, problemsOfPapers } from './papers.rules.js';

/** Fields by which officers find an application, beside the outlet. */
const SEARCHED = ['name', 'outlet', 'company', 'school', 'film', 'passport-surname', 'passport-given'];

/** What an application lacks, and what it is found and counted by once it is handed in. */
@Injectable()
export class ApplicationCheck {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
  ) {}

  /** Everything that stands against handing it in, by field. */
  async problems(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<FieldProblem[]> {
    const papers = await tx.findBy(EvidenceRow, { applicationId: application.id });
    const today = await this.today(tx, application.editionId);
    return this.problemsOf(application, category, papers, today);
  }

  problemsOf(
    application: Pick<ApplicationRow, 'fields'>,
    category: CategoryRow,
    papers: readonly PaperGiven[],
    today: string,
  ): FieldProblem[] {
    const counting = countingAnswers(category.form, application.fields);
    return [
      ...problemsOfAnswers(category.form, application.fields),
      ...problemsOfPapers(category.evidence, counting, papers, today),
    ];
  }

  /** The day at the venue, by festival time. */
  async today(tx: Tx, editionId: string): Promise<string> {
    const edition = await this.editions.find(editionId, tx);
    return venueDate(await this.editions.now(editionId, tx), edition?.timezone ?? 'UTC');
  }

  /** The answers that count, tidy; by what officers find it; whose quota it goes by. */
  async found(
    tx: Tx,
    application: Pick<ApplicationRow, 'editionId' | 'fields'>,
    category: CategoryRow,
  ): Promise<Pick<ApplicationRow, 'fields' | 'outletKey' | 'country' | 'search' | 'searchKey'>> {
    const fields = countingAnswers(category.form, application.fields);
    const outlet = fields.outlet
      ? await this.categories.outlet(tx, application.editionId, category.id, fields.outlet)
      : undefined;
    const words = [...SEARCHED.map((id) => fields[id]), outlet?.name].filter(Boolean).join(' ').slice(0, 500);
    return {
      fields,
      outletKey: outlet?.key ?? null,
      country: fields.country ?? null,
      search: searchFold(words),
      searchKey: scriptFold(words),
    };
  }
}
