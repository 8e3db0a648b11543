import { Injectable } from '@nestjs/common';
import { venueDate } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { OF_THESE, PERSONAL_DATA } from './personal-data.js';
import { type KeptNoLonger, keptNoLonger } from './retention.rules.js';

/** Applications that one transaction takes: an edition of 20,000 holds nobody up. */
const AT_ONCE = 200;

interface Due {
  editionId: string;
  category: string;
  gone: KeptNoLonger;
}

/** Takes away what is kept no longer, by the days of the category file. Run again it finds nothing. */
@Injectable()
export class KeepNoLonger {
  constructor(
    private readonly database: Database,
    private readonly editions: Editions,
    private readonly categories: CategoriesQueries,
    private readonly files: EvidenceFiles,
    private readonly audit: Audit,
  ) {}

  /** Answers how many applications lost something. */
  async execute(): Promise<number> {
    let sum = 0;
    for (const due of await this.due())
      for (;;) {
        const changed = await this.take(due);
        sum += changed;
        if (changed < AT_ONCE) break;
      }
    return sum;
  }

  private async due(): Promise<Due[]> {
    const tx = this.database.source.manager;
    const rows = await this.database.query<{ editionId: string; category: string }>(
      `SELECT DISTINCT c.edition_id AS "editionId", c.id AS category FROM category c JOIN edition_copy e USING (edition_id)`,
    );
    const categories = await this.categories.byId(tx, rows);
    const due: Due[] = [];
    for (const { editionId, category } of rows) {
      const edition = await this.editions.one(editionId);
      const today = venueDate(await this.editions.now(editionId), edition.timezone);
      const row = categories.get(`${editionId}/${category}`);
      const gone = row && keptNoLonger(row, edition.to, today);
      if (gone && gone.fields.length + gone.kinds.length > 0) due.push({ editionId, category, gone });
    }
    return due;
  }

  private async take({ editionId, category, gone }: Due): Promise<number> {
    const files: string[] = [];
    const changed = await this.database.transaction(async (tx) => {
      const found: { id: string }[] = await tx.query(
        `SELECT id FROM application a WHERE edition_id = $1 AND category = $2
            AND (fields ?| $3::text[] OR coalesce(held->'fields' ?| $3::text[], false)
                 OR EXISTS (SELECT 1 FROM evidence e WHERE e.application_id = a.id AND e.kind = ANY ($4))
                 OR ($5 AND (search <> '' OR search_key <> '')))
          ORDER BY id LIMIT $6 FOR UPDATE SKIP LOCKED`,
        [editionId, category, gone.fields, gone.kinds, gone.name, AT_ONCE],
      );
      const ids = found.map(({ id }) => id);
      if (ids.length === 0) return 0;
      await tx.query(
        `UPDATE application SET fields = fields - $2::text[],
                held = CASE WHEN held ? 'fields' THEN jsonb_set(held, '{fields}', (held->'fields') - $2::text[]) ELSE held END
          WHERE id = ANY ($1)`,
        [ids, gone.fields],
      );
      const papers: { id: string }[] = await tx.query(
        `WITH gone AS (DELETE FROM evidence WHERE application_id = ANY ($1) AND kind = ANY ($2) RETURNING id) SELECT id FROM gone`,
        [ids, gone.kinds],
      );
      files.push(...papers.map(({ id }) => id));
      if (gone.name) await this.forgetNames(tx, ids);
      await this.audit.record(tx, {
        actorId: 'system',
        action: 'applications.keep-no-longer',
        objectId: editionId,
        facts: { category, applications: ids.length, fields: gone.fields, kinds: gone.kinds },
      });
      return ids.length;
    });
    for (const id of files) await this.files.remove(id);
    return changed;
  }

  /** Everything by which the people of these applications are found or shown; answers and papers have their own days. */
  private async forgetNames(tx: Tx, ids: readonly string[]): Promise<void> {
    for (const { forget, withName } of PERSONAL_DATA) if (withName) await tx.query(forget(OF_THESE), [ids]);
  }
}
