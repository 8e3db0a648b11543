import { Injectable } from '@nestjs/common';
import type {
  AccreditationFile,
  CategoriesImported,
  CategoryFileRow,
  FunctionRow,
  OutletRow as OutletData,
} from '#libs/contracts';
import { searchFold } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { fingerprint } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { CategoryRow, OutletRow } from './category.entity.js';
import { categoriesRefused } from './category.refusals.js';
import { withFunction } from './category.rules.js';
import { problemsOfFile } from './category-file.rules.js';
import { Consents } from './consents.js';
import { quotaId } from './quota.rules.js';
import { Quotas } from './quotas.js';

type Counts = CategoriesImported['categories'];

/** Loads the categories and outlets of an edition, whole or not at all; what is loaded already is left alone. */
@Injectable()
export class ImportCategories {
  constructor(
    private readonly audit: Audit,
    private readonly quotas: Quotas,
    private readonly consents: Consents,
  ) {}

  async within(
    tx: Tx,
    command: { editionId: string; file: AccreditationFile; actorId: string },
  ): Promise<CategoriesImported> {
    const { editionId, file, actorId } = command;
    const problems = problemsOfFile(file);
    if (file.edition !== editionId)
      problems.push({
        field: 'edition',
        code: 'row-edition',
        reason: {
          kk: 'Файл басқа фестивальдікі.',
          ru: 'Файл другого фестиваля.',
          en: 'The file is of another edition.',
        },
      });
    if (problems.length > 0) throw categoriesRefused({ editionId }, { fields: problems });
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [`categories/${editionId}`]);
    await this.consents.set(tx, editionId, file.consent);
    const categories: Counts = { added: 0, changed: 0, unchanged: 0 };
    const functions = new Map(file.functions.map((row) => [row.id, row]));
    for (const [position, row] of file.categories.entries())
      categories[await this.category(tx, editionId, row, functions.get(row.function)!, position)]++;
    const outlets: Counts = { added: 0, changed: 0, unchanged: 0 };
    for (const row of file.outlets) outlets[await this.outlet(tx, editionId, row)]++;
    await this.capacities(tx, editionId, file);
    if (categories.added + categories.changed + outlets.added + outlets.changed > 0)
      await this.audit.record(tx, {
        actorId,
        action: 'categories.import',
        objectId: editionId,
        facts: { categories, outlets },
      });
    return { categories, outlets, over: await this.quotas.over(tx, editionId) };
  }

  private async category(
    tx: Tx,
    editionId: string,
    row: CategoryFileRow,
    of: FunctionRow,
    position: number,
  ): Promise<keyof Counts> {
    const data = withFunction(row, of);
    const print = fingerprint({ position, data });
    const earlier = await tx.findOneBy(CategoryRow, { editionId, id: data.id });
    if (earlier?.print === print) return 'unchanged';
    await tx.upsert(CategoryRow, { editionId, id: data.id, position, data, print }, ['editionId', 'id']);
    return earlier ? 'changed' : 'added';
  }

  private async outlet(tx: Tx, editionId: string, data: OutletData): Promise<keyof Counts> {
    const key = searchFold(data.name);
    const print = fingerprint(data);
    const id = { editionId, category: data.category, key };
    const earlier = await tx.findOneBy(OutletRow, id);
    if (earlier?.print === print) return 'unchanged';
    await tx.upsert(OutletRow, { ...id, data, print }, ['editionId', 'category', 'key']);
    await tx.query('DELETE FROM outlet_alias WHERE edition_id = $1 AND category = $2 AND key = $3', [
      editionId,
      data.category,
      key,
    ]);
    for (const alias of data.aliases ?? [])
      await tx.query(
        `INSERT INTO outlet_alias (edition_id, category, alias, key) VALUES ($1, $2, $3, $4)
         ON CONFLICT (edition_id, category, alias) DO UPDATE SET key = excluded.key`,
        [editionId, data.category, searchFold(alias), key],
      );
    return earlier ? 'changed' : 'added';
  }

  /**
   * Counters that exist follow the file; the others are made when the first approval needs them. A number below its
   * use takes nothing from anybody: who is over is answered, and officers decide.
   */
  private async capacities(tx: Tx, editionId: string, file: AccreditationFile): Promise<void> {
    for (const { id: category, quotas } of file.categories)
      for (const { of: scope, capacity } of quotas) {
        const own: string[] = [];
        for (const row of file.outlets.filter((outlet) => outlet.category === category)) {
          const outlet = searchFold(row.name);
          const counters: [string, number][] =
            scope === 'outlet'
              ? [[quotaId(editionId, category, scope, { outlet }), row.capacity]]
              : scope === 'outlet-medium'
                ? Object.entries(row.media ?? {}).map(([medium, places]) => [
                    quotaId(editionId, category, scope, { outlet, medium }),
                    places,
                  ])
                : [];
          for (const [id, places] of counters) {
            own.push(id);
            await this.quotas.resize(tx, [id], places);
          }
        }
        await this.quotas.resizeAll(tx, { editionId, category, scope }, capacity, own);
      }
  }
}
