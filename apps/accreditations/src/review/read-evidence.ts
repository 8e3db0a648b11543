import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ApplicationRow, EvidenceRow } from '../applications/application.entity.js';
import { Audit } from '../audit/audit.js';
import { evidenceUnknown } from '../evidence/evidence.refusals.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { maySee } from './review-access.js';

/** Gives a paper to an officer; who read it is written down before the first byte leaves. */
@Injectable()
export class ReadEvidence {
  constructor(
    private readonly database: Database,
    private readonly files: EvidenceFiles,
    private readonly audit: Audit,
  ) {}

  /** @throws evidence-unknown, also for a paper of another edition or of a draft */
  async find(id: string, officer: Caller, tx: Tx = this.database.source.manager): Promise<EvidenceRow> {
    const found = await tx.findOneBy(EvidenceRow, { id });
    const application = found && (await tx.findOneBy(ApplicationRow, { id: found.applicationId }));
    if (!found || !application || !maySee(officer, application)) throw evidenceUnknown();
    return found;
  }

  async execute(id: string, officer: Caller): Promise<{ paper: EvidenceRow; content: Readable }> {
    const paper = await this.database.transaction(async (tx) => {
      const found = await this.find(id, officer, tx);
      await this.audit.record(tx, {
        actorId: officer.id,
        action: 'evidence.read',
        objectId: id,
        facts: { applicationId: found.applicationId, kind: found.kind },
      });
      return found;
    });
    return { paper, content: await this.files.read(id) };
  }
}
