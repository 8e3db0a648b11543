import { Injectable } from '@nestjs/common';
import type { CategoryRow, ChangeApplication as Change } from '#libs/contracts';
import { after, DAY } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { applicationsClosed, notOpenYet } from '../categories/category.refusals.js';
import { termsOf, whyShut } from '../categories/category.rules.js';
import { COUNTED_FIELDS } from '../categories/quota.rules.js';
import { Editions } from '../editions/editions.js';
import { ApplicationRow } from './application.entity.js';
import {
  applicationAlreadyOpen,
  applicationFieldsUnknown,
  applicationIncomplete,
  nothingChanged,
} from './application.refusals.js';
import { ENDED } from './application.rules.js';
import { ApplicationCheck } from './application-check.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';
import { problemsOfAnswers, unknownAnswers } from './form.rules.js';
import { GrantAccreditation } from './grant-accreditation.js';

/**
 * A change of what was approved. Identity, outlet (fields marked material) or another category open the review again,
 * and the badge stays as it is until that is decided; anything else is kept at once. Papers that another category asks
 * for are asked for by the officer, since papers can be added only while an answer is awaited.
 */
@Injectable()
export class ChangeApplication {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly check: ApplicationCheck,
    private readonly grant: GrantAccreditation,
    private readonly telling: ApplicationTelling,
  ) {}

  async within(tx: Tx, command: { id: string; personId: string; version: number; change: Change }): Promise<void> {
    const application = await this.steps.lock(tx, command.id, command.personId);
    this.steps.require(application, 'reopen', 'applicant');
    if (application.version !== command.version) throw changedMeanwhile({ version: application.version });
    const { editionId } = application;
    const at = await this.editions.now(editionId, tx);
    const before = await this.categories.one(editionId, application.category, tx);
    const category = await this.into(tx, application, command.change.category ?? before.id, at);
    const { fields: answers } = command.change;
    const unknown = unknownAnswers(category.form, answers);
    if (unknown.length > 0) throw applicationFieldsUnknown({}, { fields: unknown });
    const problems = problemsOfAnswers(category.form, answers);
    if (problems.length > 0) throw applicationIncomplete({}, { fields: problems });
    const found = await this.check.found(tx, { editionId, fields: answers }, category);
    const different = changedFields(application.fields, found.fields);
    if (category.id === before.id && different.length === 0) throw nothingChanged();
    // Whatever a quota counts by is material, whether the file says so or not: else one would leave the counter that one was let in by.
    const material = new Set([
      ...[...before.form, ...category.form].filter((field) => field.material).map((field) => field.id),
      ...[...before.quotas, ...category.quotas].flatMap(({ of }) => COUNTED_FIELDS[of]),
    ]);
    if (category.id === before.id && !different.some((id) => material.has(id))) {
      Object.assign(application, found, { version: application.version + 1 });
      const { id, ...columns } = application;
      await tx.update(ApplicationRow, { id }, columns);
      await this.grant.badge(tx, application, category);
      return;
    }
    const { category: was, fields, outletKey, search, searchKey, country, reason } = application;
    await tx.query('DELETE FROM application_opinion WHERE application_id = $1', [application.id]);
    await this.steps.take(
      tx,
      application,
      { command: 'reopen', actor: 'applicant', actorId: command.personId, at },
      {
        ...found,
        category: category.id,
        held: { category: was, fields, outletKey, search, searchKey, country, reason },
        checked: {},
        decideBy: after(at, termsOf(category).decisionDays * DAY),
      },
    );
    await this.telling.reopened(tx, application, category);
  }

  /** The category of the change; another one must be open, and the person may have no other application in it. */
  private async into(tx: Tx, application: ApplicationRow, id: string, at: Date): Promise<CategoryRow> {
    const category = await this.categories.one(application.editionId, id, tx);
    if (id === application.category) return category;
    const shut = whyShut(category, at);
    if (shut === 'not-open-yet') throw notOpenYet({ opensAt: category.opensAt });
    if (shut === 'closed') throw applicationsClosed({ closesAt: category.closesAt });
    const { editionId, personId } = application;
    const [open]: { id: string }[] = await tx.query(
      'SELECT id FROM application WHERE edition_id = $1 AND person_id = $2 AND category = $3 AND NOT state = ANY ($4)',
      [editionId, personId, id, ENDED],
    );
    if (open) throw applicationAlreadyOpen({ applicationId: open.id });
    return category;
  }
}

function changedFields(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((id) => before[id] !== now[id]);
}
