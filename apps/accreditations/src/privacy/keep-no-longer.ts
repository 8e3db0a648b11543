import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { CategoryRow } from '#libs/contracts';
import { venueDate } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { ApplicationRow } from '../applications/application.entity.js';
import { ApplicationCheck } from '../applications/application-check.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import { RemoveFiles } from '../evidence/remove-files.job.js';
import { KEPT_FILES, OF_THESE, PERSONAL_DATA } from './personal-data.js';
import { type Foreign, type KeptNoLonger, keptNoLonger } from './retention.rules.js';

/** Applications that one transaction takes: an edition of 20,000 holds nobody up. */
const AT_ONCE = 200;

type Found = Pick<ApplicationRow, 'category' | 'fields' | 'search' | 'searchKey' | 'outletKey' | 'country'>;

interface Due {
  editionId: string;
  category: string;
  gone: KeptNoLonger;
}

/**
 * Rows of document sets in which something of these fields may stand: in a column of the set, in its lists of crew and
 * equipment, or in the name, which a passport spells.
 */
const copied = (fields: string, lists: string) => `EXISTS (SELECT 1 FROM document_set s WHERE s.id = r.set_id AND (
    EXISTS (SELECT 1 FROM jsonb_array_elements(s.columns) c WHERE c ->> 'id' = ANY (${fields}))
    OR r.data -> 'values' ?| ${fields}::text[]
    OR ${lists} AND (r.data -> 'crew' <> '[]' OR r.data -> 'equipment' <> '[]')
    OR s.kind <> 'badge' AND ${fields} && ARRAY['passport-surname', 'passport-given']))`;

/** Takes away what is kept no longer, by the days of the category file. Run again it finds nothing. */
@Injectable()
export class KeepNoLonger {
  constructor(
    private readonly database: Database,
    private readonly editions: Editions,
    private readonly categories: CategoriesQueries,
    private readonly removing: RemoveFiles,
    private readonly check: ApplicationCheck,
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
      if (!row || today <= edition.to) continue;
      const all = rows.flatMap((one) =>
        one.editionId === editionId ? (categories.get(`${editionId}/${one.category}`) ?? []) : [],
      );
      const gone = keptNoLonger(row, edition.to, today, await this.standing(editionId, category, all));
      if (gone.fields.length + gone.kinds.length > 0) due.push({ editionId, category, gone });
    }
    return due;
  }

  /** What stands in the category's applications, whichever category it was given for. */
  private async standing(editionId: string, category: string, categories: CategoryRow[]): Promise<Foreign> {
    const [found] = await this.database.query<Omit<Foreign, 'categories'>>(
      `SELECT ARRAY (SELECT DISTINCT k FROM application a, jsonb_object_keys(a.fields || coalesce(a.held -> 'fields', '{}')) k
                      WHERE a.edition_id = $1 AND a.category = $2) AS fields,
              ARRAY (SELECT DISTINCT e.kind FROM evidence e JOIN application a ON a.id = e.application_id
                      WHERE a.edition_id = $1 AND a.category = $2) AS kinds`,
      [editionId, category],
    );
    return { categories, fields: [], kinds: [], ...found };
  }

  private async take({ editionId, category, gone }: Due): Promise<number> {
    return this.database.transaction(async (tx) => {
      const { form } = await this.categories.one(editionId, category, tx);
      const lists = form.some(({ id, kind }) => (kind === 'crew' || kind === 'equipment') && gone.fields.includes(id));
      const found: { id: string }[] = await tx.query(
        `SELECT id FROM application a WHERE edition_id = $1 AND category = $2
            AND (fields ?| $3::text[] OR coalesce(held->'fields' ?| $3::text[], false)
                 OR EXISTS (SELECT 1 FROM document_set_row r WHERE r.application_id = a.id AND r.data IS NOT NULL AND ${copied('$3', '$4')})
                 OR EXISTS (SELECT 1 FROM evidence e WHERE e.application_id = a.id AND e.kind = ANY ($5))
                 OR ($6 AND (search <> '' OR search_key <> '')))
          ORDER BY id LIMIT $7 FOR UPDATE SKIP LOCKED`,
        [editionId, category, gone.fields, lists, gone.kinds, gone.name, AT_ONCE],
      );
      const ids = found.map(({ id }) => id);
      if (ids.length === 0) return 0;
      await this.forgetFields(tx, ids, gone.fields);
      await tx.query(
        `UPDATE document_set_row r SET data = NULL
          WHERE application_id = ANY ($1) AND data IS NOT NULL AND ${copied('$2', '$3')}`,
        [ids, gone.fields, lists],
      );
      await tx.query(
        `WITH gone AS (DELETE FROM evidence WHERE application_id = ANY ($1) AND kind = ANY ($2) ${KEPT_FILES}`,
        [ids, gone.kinds],
      );
      if (gone.name) await this.forgetNames(tx, ids);
      this.removing.soon(tx);
      await this.audit.record(tx, {
        actorId: 'system',
        action: 'applications.keep-no-longer',
        objectId: editionId,
        facts: { category, applications: ids.length, fields: gone.fields, kinds: gone.kinds },
      });
      return ids.length;
    });
  }

  /** The answers, also those before a change, and what was made of them to find and count the applications. */
  private async forgetFields(tx: Tx, ids: readonly string[], gone: readonly string[]): Promise<void> {
    const rows = await tx.findBy(ApplicationRow, { id: In([...ids]) });
    const known = await this.categories.byId(
      tx,
      rows.flatMap(({ editionId, category, held }) =>
        [category, held?.category ?? category].map((one) => ({ editionId, category: one })),
      ),
    );
    const rest = async <T extends Found>(editionId: string, was: T): Promise<T> => {
      const fields = Object.fromEntries(Object.entries(was.fields).filter(([id]) => !gone.includes(id)));
      const category = known.get(`${editionId}/${was.category}`);
      // A draft is found by nothing yet.
      if (!category || (was.search === '' && was.searchKey === '')) return { ...was, fields };
      const { search, searchKey } = await this.check.found(tx, { editionId, fields }, category);
      return {
        ...was,
        fields,
        search,
        searchKey,
        outletKey: gone.includes('outlet') ? null : was.outletKey,
        country: gone.includes('country') ? null : was.country,
      };
    };
    for (const row of rows) {
      const lost = gone.flatMap((id) => [row.fields[id], row.held?.fields[id]]).filter((one) => one !== undefined);
      if (lost.length === 0) continue;
      const { fields, search, searchKey, outletKey, country } = await rest(row.editionId, row);
      const held = row.held && (await rest(row.editionId, row.held));
      await tx.update(ApplicationRow, { id: row.id }, { fields, search, searchKey, outletKey, country, held });
      await tx.query(
        `UPDATE badge SET holder = jsonb_set(holder, '{line}', 'null')
          WHERE application_id = $1 AND holder ->> 'line' = ANY ($2)`,
        [row.id, lost],
      );
    }
  }

  /** Everything by which the people of these applications are found or shown; answers and papers have their own days. */
  private async forgetNames(tx: Tx, ids: readonly string[]): Promise<void> {
    for (const { forget, withName } of PERSONAL_DATA) if (withName) await tx.query(forget(OF_THESE), [ids]);
  }
}
