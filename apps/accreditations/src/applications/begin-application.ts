import { Injectable } from '@nestjs/common';
import type { StartApplication } from '#libs/contracts';
import { type Language, newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { applicationsClosed } from '../categories/category.refusals.js';
import { whyShut } from '../categories/category.rules.js';
import { Editions } from '../editions/editions.js';
import { ApplicationRow } from './application.entity.js';
import { applicationAlreadyOpen } from './application.refusals.js';
import { ENDED } from './application.rules.js';
import { ApplicationSteps } from './application-steps.js';

@Injectable()
export class BeginApplication {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly steps: ApplicationSteps,
  ) {}

  /** @param command.atDesk begun by an officer on the day, for whom the category's dates do not count */
  async within(
    tx: Tx,
    command: StartApplication & { personId: string; language: Language; atDesk?: boolean },
  ): Promise<string> {
    const { editionId, category, personId, language } = command;
    const at = await this.editions.now(editionId, tx);
    const row = await this.categories.one(editionId, category, tx);
    if (!command.atDesk && whyShut(row, at) === 'closed') throw applicationsClosed({ closesAt: row.closesAt });
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 8))', [`${editionId}/${personId}`]);
    const [open]: { id: string }[] = await tx.query(
      `SELECT id FROM application WHERE edition_id = $1 AND person_id = $2 AND category = $3 AND NOT state = ANY ($4)`,
      [editionId, personId, category, ENDED],
    );
    if (open) throw applicationAlreadyOpen({ applicationId: open.id });
    const application: ApplicationRow = {
      id: newId(),
      editionId,
      category,
      personId,
      state: 'draft',
      version: 1,
      language,
      fields: {},
      outletKey: null,
      search: '',
      request: null,
      dueAt: null,
      reason: null,
      submittedAt: null,
      held: null,
      moreFunctions: [],
      wants: [],
      agreed: false,
      country: null,
      searchKey: '',
      reviewer: null,
      decideBy: null,
      rejectedBy: null,
      appealedAt: null,
      paidOrder: null,
      checked: {},
      releaseId: null,
    };
    await tx.insert(ApplicationRow, application);
    await this.steps.record(tx, application, 'begin', { actor: 'applicant', actorId: personId, at });
    return application.id;
  }
}
