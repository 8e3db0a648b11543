import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import type { CategoryRow, DocumentSetKind, FreezeDocumentSet, SetPerson, SetRules } from '#libs/contracts';
import { countingAnswers, newId, venueDate } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { ApplicationRow, EvidenceRow } from '../applications/application.entity.js';
import { HELD_STATES } from '../applications/application.rules.js';
import { asApproved, papersThatCount } from '../applications/held-approval.js';
import { crewOf, equipmentOf } from '../applications/lists.rules.js';
import { Audit } from '../audit/audit.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { Editions } from '../editions/editions.js';
import type { AccreditationsSettings } from '../settings.js';
import { DocumentSetPersonRow, DocumentSetRow } from './document-set.entity.js';
import { documentSetEmpty } from './document-set.refusals.js';
import {
  belongsTo,
  digestOf,
  fieldsOf,
  missingFor,
  nameOf,
  type SetColumn,
  type SetData,
  type SetPaper,
  translationOf,
  warningsOf,
} from './document-set.rules.js';

interface Person extends SetPerson {
  data: SetData;
  columns: SetColumn[];
}

/** One form, three document sets: freezes what accreditations say now, or shows what it would freeze. */
@Injectable()
export class DocumentSets {
  constructor(
    private readonly categories: CategoriesQueries,
    private readonly editions: Editions,
    private readonly audit: Audit,
    @Inject(SETTINGS) private readonly settings: AccreditationsSettings,
  ) {}

  get rules(): SetRules {
    return { visaLeadDays: this.settings.VISA_LEAD_DAYS, passportMonths: this.settings.PASSPORT_VALID_MONTHS };
  }

  /** Who belongs to the set now, by name; what an officer should know of each. */
  async people(
    tx: Tx,
    { editionId, kind, applicationIds }: { editionId: string; kind: DocumentSetKind; applicationIds?: string[] },
  ): Promise<Person[]> {
    const edition = await this.editions.one(editionId, tx);
    const today = venueDate(await this.editions.now(editionId, tx), edition.timezone);
    const asked = { editionId, ...(applicationIds && { id: In(applicationIds) }) };
    const found = await tx.find(ApplicationRow, {
      where: [
        { ...asked, state: 'approved' },
        { ...asked, state: In([...HELD_STATES]), held: Not(IsNull()) },
      ],
      order: { id: 'ASC' },
    });
    const rows = found.map(asApproved);
    const categories = await this.categories.byId(tx, rows);
    const mine = rows
      .map((row) => ({ row, category: categories.get(`${row.editionId}/${row.category}`)! }))
      .filter(({ row, category }) => belongsTo(category, kind, row.fields));
    const papers = Map.groupBy(
      await tx.find(EvidenceRow, {
        where: {
          id: In(
            await papersThatCount(
              tx,
              mine.map(({ row }) => row.id),
            ),
          ),
        },
        order: { kind: 'ASC', id: 'ASC' },
      }),
      (paper) => paper.applicationId,
    );
    const checks = { kind, rules: this.rules, today, lastDay: edition.to };
    return mine
      .map(({ row, category }) => personOf(row, category, papers.get(row.id) ?? [], checks))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Freezes the set: columns, rows and rules as they are now. What changes in an application later is in the next set.
   * @throws document-set-empty
   */
  async freeze(tx: Tx, { order, officer }: { order: FreezeDocumentSet; officer: Caller }): Promise<string> {
    const { editionId, kind } = order;
    const people = await this.people(tx, order);
    const complete = people.filter((person) => person.missing.length === 0);
    if (complete.length === 0) throw documentSetEmpty({ leftOut: people.length });
    const columns = [...new Map(complete.flatMap((person) => person.columns).map((one) => [one.id, one])).values()];
    const rows = complete.map(({ applicationId, personId, data }, index) => ({
      position: index + 1,
      applicationId,
      personId,
      data,
      sha256: digestOf(data),
    }));
    const id = newId();
    await tx.insert(DocumentSetRow, {
      id,
      editionId,
      kind,
      rules: this.rules,
      columns,
      leftOut: people
        .filter((person) => person.missing.length > 0)
        .map(({ applicationId, missing }) => ({ applicationId, missing })),
      sha256: digestOf({ columns, rows: rows.map((row) => row.sha256) }),
      people: rows.length,
      warnings: complete.reduce((sum, person) => sum + person.warnings.length, 0),
      frozenBy: officer.id,
      frozenAt: await this.editions.now(editionId, tx),
    });
    await tx.insert(
      DocumentSetPersonRow,
      rows.map((row) => ({ setId: id, ...row })),
    );
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'document-set.freeze',
      objectId: id,
      facts: { kind, people: rows.length },
    });
    return id;
  }
}

function personOf(
  row: ApplicationRow,
  category: CategoryRow,
  given: readonly EvidenceRow[],
  checks: { kind: DocumentSetKind; rules: SetRules; today: string; lastDay: string },
): Person {
  const { kind } = checks;
  const counting = countingAnswers(category.form, row.fields);
  const fields = fieldsOf(category, kind, counting);
  const values = Object.fromEntries(
    fields
      .filter((field) => field.kind !== 'equipment' && field.kind !== 'crew')
      .flatMap((field) => (counting[field.id] === undefined ? [] : [[field.id, counting[field.id]!]])),
  );
  const listed = (list: 'equipment' | 'crew') => fields.filter((field) => field.kind === list).map((field) => field.id);
  const papers = given.map((paper): SetPaper => {
    const rule = category.evidence.find((one) => one.kind === paper.kind);
    return {
      kind: paper.kind,
      name: rule?.name ?? { kk: paper.kind, ru: paper.kind, en: paper.kind },
      sha256: paper.sha256,
      issuedOn: paper.issuedOn,
      translation: translationOf(rule, paper.translation),
    };
  });
  const warnings = warningsOf({ ...checks, values, papers });
  const name = kind === 'badge' ? (counting.name ?? '') : nameOf(counting);
  return {
    applicationId: row.id,
    personId: row.personId,
    name,
    categoryName: category.name,
    warnings,
    missing: missingFor(category, kind, row.fields),
    columns: fields
      .filter((field) => field.kind !== 'equipment' && field.kind !== 'crew')
      .map(({ id, kind: fieldKind, label, choices = [] }) => ({ id, kind: fieldKind, label, choices })),
    data: {
      name,
      category: category.id,
      categoryName: category.name,
      values,
      equipment: listed('equipment').flatMap((id) => equipmentOf(counting[id] ?? '') ?? []),
      crew: listed('crew').flatMap((id) => crewOf(counting[id] ?? '') ?? []),
      papers,
      warnings,
    },
  };
}
