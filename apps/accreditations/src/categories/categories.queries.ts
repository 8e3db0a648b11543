import { Injectable } from '@nestjs/common';
import type { CategoryRow as CategoryData, CategoryList, OutletRow as OutletData } from '#libs/contracts';
import { searchFold } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { Editions } from '../editions/editions.js';
import { CategoryRow } from './category.entity.js';
import { categoryUnknown, functionUnknown } from './category.refusals.js';
import { termsOf, whyShut, widened } from './category.rules.js';
import { Consents } from './consents.js';
import { type OutletOf, type QuotaPlace, quotaPlaces } from './quota.rules.js';

@Injectable()
export class CategoriesQueries {
  constructor(
    private readonly database: Database,
    private readonly editions: Editions,
    private readonly consents: Consents,
  ) {}

  async list(editionId: string): Promise<CategoryList> {
    const rows = await this.database.source.manager.find(CategoryRow, {
      where: { editionId },
      order: { position: 'ASC' },
    });
    const now = await this.editions.now(editionId);
    return {
      editionId,
      consent: await this.consents.current(this.database.source.manager, editionId),
      categories: rows.map(({ data }) => ({
        id: data.id,
        name: data.name,
        description: data.description,
        functionName: data.functionName,
        areas: data.areas,
        form: data.form,
        evidence: data.evidence,
        opensAt: data.opensAt ?? null,
        closesAt: data.closesAt ?? null,
        open: whyShut(data, now) === undefined,
        fee: data.fee ?? null,
        terms: termsOf(data),
        sets: data.sets ?? ['badge'],
        invented: data.invented ?? false,
      })),
    };
  }

  async one(editionId: string, id: string, tx: Tx = this.database.source.manager): Promise<CategoryData> {
    const row = await tx.findOneBy(CategoryRow, { editionId, id });
    if (!row) throw categoryUnknown({ editionId, category: id });
    return row.data;
  }

  /** The categories of several applications at once, by "edition/category". */
  async byId(tx: Tx, wanted: readonly { editionId: string; category: string }[]): Promise<Map<string, CategoryData>> {
    const found = new Map<string, CategoryData>();
    if (wanted.length === 0) return found;
    const editions = [...new Set(wanted.map((one) => one.editionId))];
    const rows: { edition: string; id: string; data: CategoryData }[] = await tx.query(
      'SELECT edition_id AS edition, id, data FROM category WHERE edition_id = ANY ($1)',
      [editions],
    );
    for (const row of rows) found.set(`${row.edition}/${row.id}`, row.data);
    return found;
  }

  /** The category with what these functions of its edition open too. @throws function-unknown */
  async widened(
    tx: Tx,
    editionId: string,
    category: CategoryData,
    functions: readonly string[],
  ): Promise<CategoryData> {
    if (functions.length === 0) return category;
    const rows: { data: CategoryData }[] = await tx.query(
      `SELECT DISTINCT ON (data->>'function') data FROM category WHERE edition_id = $1 AND data->>'function' = ANY ($2)
        ORDER BY data->>'function', position`,
      [editionId, functions],
    );
    const known = new Map(rows.map(({ data }) => [data.function, data]));
    const unknown = functions.filter((id) => !known.has(id));
    if (unknown.length > 0) throw functionUnknown({ editionId, functions: unknown });
    return widened(
      category,
      functions.map((id) => known.get(id)!),
    );
  }

  /** The outlet that a typed name means, by its own name or one of its other spellings. */
  async outlet(tx: Tx, editionId: string, category: string, typed: string): Promise<OutletOf> {
    const folded = searchFold(typed);
    const [row]: { key: string; data: OutletData }[] = await tx.query(
      `SELECT o.key, o.data FROM outlet o
        WHERE o.edition_id = $1 AND o.category = $2 AND o.key = coalesce(
          (SELECT a.key FROM outlet_alias a WHERE a.edition_id = $1 AND a.category = $2 AND a.alias = $3), $3)`,
      [editionId, category, folded],
    );
    return row ? { key: row.key, name: row.data.name, row: row.data } : { key: folded, name: typed };
  }

  /** The outlet of a key that an application carries. */
  async outletByKey(tx: Tx, editionId: string, category: string, key: string, typed: string): Promise<OutletOf> {
    const [row]: { data: OutletData }[] = await tx.query(
      'SELECT data FROM outlet WHERE edition_id = $1 AND category = $2 AND key = $3',
      [editionId, category, key],
    );
    return row ? { key, name: row.data.name, row: row.data } : { key, name: typed };
  }

  /** The counters that an approval of an application goes by. */
  async places(
    tx: Tx,
    application: {
      editionId: string;
      outletKey: string | null;
      country: string | null;
      fields: Record<string, string>;
    },
    category: CategoryData,
  ): Promise<QuotaPlace[]> {
    const { editionId, outletKey, country, fields } = application;
    const outlet =
      outletKey === null
        ? undefined
        : await this.outletByKey(tx, editionId, category.id, outletKey, fields.outlet?.trim() || outletKey);
    return quotaPlaces(editionId, category, {
      outlet,
      medium: fields.medium?.trim() || undefined,
      country: country ?? undefined,
    });
  }
}
