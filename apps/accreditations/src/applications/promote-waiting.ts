import { Injectable } from '@nestjs/common';
import type { CategoryRow } from '#libs/contracts';
import { after, HOUR } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { termsOf } from '../categories/category.rules.js';
import { Quotas } from '../categories/quotas.js';
import { Editions } from '../editions/editions.js';
import { ApplicationRow } from './application.entity.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';

/** One transaction goes no further down a line whose quotas changed; the next round goes on behind it. */
const LOOKED_AT_ONCE = 200;

/** Two officers agreed, where two must, or nobody needs to. */
const AGREED = `(c.data->>'secondOpinion' IS DISTINCT FROM 'true'
  OR (SELECT count(*) FROM application_opinion o WHERE o.application_id = a.id) >= 2)`;

/**
 * A freed place goes to exactly one who waits: of those whose every counter has room, who handed in first, then the
 * lower id. The place is theirs while the offer stands.
 */
@Injectable()
export class PromoteWaiting {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly quotas: Quotas,
    private readonly editions: Editions,
    private readonly steps: ApplicationSteps,
    private readonly telling: ApplicationTelling,
  ) {}

  /** In the transaction that freed the places: a second place is offered only where it is free too. */
  async freed(tx: Tx, counters: readonly string[]): Promise<void> {
    for (const counter of counters) await this.one(tx, counter, false);
  }

  /**
   * Offers what is free while somebody waits who was approved but for the place: a number was raised.
   * @returns how many were offered a place
   */
  async round(): Promise<number> {
    let offered = 0;
    const open = await this.database.query<{ id: string }>(
      `SELECT q.id FROM quota q WHERE q.used < q.capacity AND EXISTS (
         SELECT 1 FROM application a WHERE a.state = 'waitlisted' AND a.agreed AND a.wants @> ARRAY[q.id])`,
    );
    for (const { id } of open) while (await this.database.transaction((tx) => this.one(tx, id, true))) offered++;
    return offered;
  }

  /**
   * The quotas of the file may have changed since somebody joined the line: whose places of today are full waits for
   * those from now on, and the next of the line is looked at.
   * @returns whether somebody was offered the place
   */
  private async one(tx: Tx, counter: string, onlyAgreed: boolean): Promise<boolean> {
    for (let looked = 0; looked < LOOKED_AT_ONCE; looked++) {
      const application = await this.first(tx, counter, onlyAgreed);
      if (!application) return false;
      const { id, editionId } = application;
      const category = await this.categories.one(editionId, application.category, tx);
      const places = await this.categories.places(tx, application, category);
      if (!(await this.quotas.take(tx, { id, editionId, category: category.id }, places))) {
        await this.offer(tx, application, category);
        return true;
      }
      await tx.update(ApplicationRow, { id }, { wants: places.map((place) => place.id) });
    }
    return false;
  }

  private async offer(tx: Tx, application: ApplicationRow, category: CategoryRow): Promise<void> {
    const at = await this.editions.now(application.editionId, tx);
    const dueAt = after(at, termsOf(category).offerHours * HOUR);
    await this.steps.take(
      tx,
      application,
      { command: 'offer', actor: 'system', actorId: 'waitlist', at },
      { dueAt, wants: [] },
    );
    await this.telling.offered(tx, application, category, dueAt);
  }

  /**
   * The first of the line, locked. Somebody may be writing about that one just now: the order waits for it, and looks
   * again where it left the line meanwhile.
   */
  private async first(tx: Tx, counter: string, onlyAgreed: boolean): Promise<ApplicationRow | undefined> {
    for (;;) {
      const [seen]: { id: string }[] = await tx.query(
        `SELECT a.id FROM application a JOIN category c ON c.edition_id = a.edition_id AND c.id = a.category
          WHERE a.state = 'waitlisted' AND a.wants @> ARRAY[$1::text] AND a.release_id IS NULL AND (a.agreed OR NOT $2)
            AND ${AGREED}
            AND NOT EXISTS (SELECT 1 FROM quota q WHERE q.id = ANY (a.wants) AND q.used >= q.capacity)
          ORDER BY a.submitted_at, a.id LIMIT 1`,
        [counter, onlyAgreed],
      );
      if (!seen) return undefined;
      const application = await this.steps.lock(tx, seen.id);
      const { state, wants, releaseId, agreed } = application;
      if (state === 'waitlisted' && wants.includes(counter) && !releaseId && (agreed || !onlyAgreed))
        return application;
    }
  }
}
