import { Injectable } from '@nestjs/common';
import type { DocumentSet, DocumentSets } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, hasRole } from '#libs/service-defaults';
import { Audit } from '../audit/audit.js';
import { DocumentSetPersonRow, DocumentSetRow } from './document-set.entity.js';
import { documentSetUnknown } from './document-set.refusals.js';
import { digestOf } from './document-set.rules.js';

@Injectable()
export class DocumentSetsQueries {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Newest first. */
  async list(editionId: string): Promise<DocumentSets> {
    const rows = await this.database.source.manager.find(DocumentSetRow, {
      where: { editionId },
      order: { frozenAt: 'DESC', id: 'DESC' },
    });
    return { sets: rows.map(view) };
  }

  /** @throws document-set-unknown, also for another edition's officer */
  async one(id: string, officer: Caller): Promise<DocumentSet> {
    const { set, people } = await this.parts(id, officer);
    return {
      ...view(set),
      rows: people.map(({ applicationId, data, sha256 }) => ({
        applicationId,
        name: data?.name ?? null,
        warnings: data?.warnings ?? [],
        sha256,
        intact: data === null || digestOf(data) === sha256,
      })),
      leftOut: set.leftOut,
    };
  }

  /** The frozen rows for a file; who took them is written down first. */
  async forFile(id: string, officer: Caller): Promise<{ set: DocumentSetRow; people: DocumentSetPersonRow[] }> {
    const parts = await this.parts(id, officer);
    await this.database.transaction((tx) =>
      this.audit.record(tx, { actorId: officer.id, action: 'document-set.read', objectId: id }),
    );
    return parts;
  }

  private async parts(id: string, officer: Caller) {
    const manager = this.database.source.manager;
    const set = await manager.findOneBy(DocumentSetRow, { id });
    if (!set || !hasRole(officer, 'accreditation-officer', set.editionId)) throw documentSetUnknown();
    const people = await manager.find(DocumentSetPersonRow, { where: { setId: id }, order: { position: 'ASC' } });
    return { set, people };
  }
}

function view(row: DocumentSetRow): DocumentSets['sets'][number] {
  const { id, editionId, kind, rules, sha256, people, warnings, frozenAt } = row;
  return { id, editionId, kind, rules, sha256, people, warnings, frozenAt: frozenAt.toISOString() };
}
