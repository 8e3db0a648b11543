import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import type { EvidenceRule } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { Idempotency } from '#libs/service-defaults';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { evidenceTooMany, evidenceTypeRefused, evidenceUnknown } from '../evidence/evidence.refusals.js';
import { acceptedType, LARGEST_BYTES, ruleFor, type StoredFile, shownName } from '../evidence/evidence.rules.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { stripPicture } from '../evidence/strip-picture.rules.js';
import { ApplicationRow, EvidenceRow } from './application.entity.js';
import { applicationUnknown } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';

export interface Upload {
  applicationId: string;
  personId: string;
  key: string;
  fileName: string | undefined;
  file: Readable;
  /** Known only after the file where the form sends it behind. */
  kind: () => Promise<string>;
}

/** Takes a paper: streams it to the disk first, then judges it by its content; what is refused leaves nothing behind. */
@Injectable()
export class AddEvidence {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly files: EvidenceFiles,
    private readonly steps: ApplicationSteps,
    private readonly idempotency: Idempotency,
  ) {}

  /** The rules of the application, or a no before the first byte is read. */
  async rules(id: string, personId: string): Promise<EvidenceRule[]> {
    const application = await this.database.source.manager.findOneBy(ApplicationRow, { id, personId });
    if (!application) throw applicationUnknown();
    this.steps.require(application, 'save', 'applicant');
    return (await this.categories.one(application.editionId, application.category)).evidence;
  }

  /** @param limit of the kind, where it is known before the file */
  async execute(upload: Upload, limit = LARGEST_BYTES): Promise<string> {
    const id = newId();
    const stored = await this.files.write(id, upload.file, limit);
    try {
      const { applicationId, personId, key } = upload;
      const kind = await upload.kind();
      const size = await this.strip(id, stored);
      const call = { key, caller: personId, operation: 'add-evidence', body: { applicationId, kind, ...stored } };
      const kept = await this.idempotency.once(call, (tx) => this.record(tx, upload, { id, kind, stored, size }));
      if (kept.id !== id) await this.files.remove(id);
      return kept.id;
    } catch (error) {
      await this.files.remove(id);
      throw error;
    }
  }

  private async record(
    tx: Tx,
    upload: Upload,
    { id, kind, stored, size }: { id: string; kind: string; stored: StoredFile; size: number },
  ): Promise<{ id: string }> {
    const application = await this.steps.lock(tx, upload.applicationId, upload.personId);
    this.steps.require(application, 'save', 'applicant');
    const category = await this.categories.one(application.editionId, application.category, tx);
    const rule = ruleFor(category.evidence, kind);
    const type = acceptedType(rule, stored);
    const count = await tx.countBy(EvidenceRow, { applicationId: application.id, kind });
    if (count >= rule.maxCount) throw evidenceTooMany({ kind, maxCount: rule.maxCount });
    await tx.insert(EvidenceRow, {
      id,
      applicationId: application.id,
      kind,
      fileName: shownName(upload.fileName),
      type,
      bytes: size,
      sha256: stored.sha256,
    });
    await tx.update(ApplicationRow, { id: application.id }, { version: application.version + 1 });
    return { id };
  }

  /** A picture is kept without the place and the camera that it names; answers its size. */
  private async strip(id: string, { type, bytes }: StoredFile): Promise<number> {
    if (type !== 'image/jpeg' && type !== 'image/png') return bytes;
    const stripped = stripPicture(type, await buffer(await this.files.read(id)));
    if (!stripped) throw evidenceTypeRefused({ type });
    if (stripped.length !== bytes) await this.files.replace(id, stripped);
    return stripped.length;
  }

  /** Takes a paper back while the application may still be changed. */
  async remove(command: { applicationId: string; personId: string; evidenceId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await this.steps.lock(tx, command.applicationId, command.personId);
      this.steps.require(application, 'save', 'applicant');
      const gone = await tx.delete(EvidenceRow, { id: command.evidenceId, applicationId: application.id });
      if (!gone.affected) throw evidenceUnknown();
      await tx.update(ApplicationRow, { id: application.id }, { version: application.version + 1 });
    });
    await this.files.remove(command.evidenceId);
  }
}
