import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
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

  async execute(id: string, officer: Caller): Promise<{ paper: EvidenceRow; content: Readable }> {
    const paper = await this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(EvidenceRow, { id });
      const application = found && (await tx.findOneBy(ApplicationRow, { id: found.applicationId }));
      if (!found || !application || !maySee(officer, application)) throw evidenceUnknown();
      await this.audit.record(tx, {
        actorId: officer.id,
        action: 'evidence.read',
        objectId: id,
        facts: { applicationId: application.id, kind: found.kind },
      });
      return found;
    });
    const content = await this.files.read(id).catch((error: unknown) => {
      throw evidenceUnknown({}, { cause: error });
    });
    return { paper, content };
  }
}
