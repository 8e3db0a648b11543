import { Injectable } from '@nestjs/common';
import type { CategoryRow as CategoryData, CategoryList, OutletRow as OutletData } from '#libs/contracts';
import { searchFold } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { CategoryRow } from './category.entity.js';
import { categoryUnknown } from './category.refusals.js';

export interface OutletFound {
  key: string;
  /** As the file or the applicant writes it. */
  name: string;
  row?: OutletData;
}

@Injectable()
export class CategoriesQueries {
  constructor(private readonly database: Database) {}

  async list(editionId: string): Promise<CategoryList> {
    const rows = await this.database.source.manager.find(CategoryRow, {
      where: { editionId },
      order: { position: 'ASC' },
    });
    return {
      editionId,
      categories: rows.map(({ data }) => ({
        id: data.id,
        name: data.name,
        description: data.description,
        functionName: data.functionName,
        areas: data.areas,
        form: data.form,
        evidence: data.evidence,
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

  /** The outlet that a typed name means, by its own name or one of its other spellings. */
  async outlet(tx: Tx, editionId: string, category: string, typed: string): Promise<OutletFound> {
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
  async outletByKey(tx: Tx, editionId: string, category: string, key: string, typed: string): Promise<OutletFound> {
    const [row]: { data: OutletData }[] = await tx.query(
      'SELECT data FROM outlet WHERE edition_id = $1 AND category = $2 AND key = $3',
      [editionId, category, key],
    );
    return row ? { key, name: row.data.name, row: row.data } : { key, name: typed };
  }
}
