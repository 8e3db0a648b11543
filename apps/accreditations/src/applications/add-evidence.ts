import type { Readable } from 'node:stream';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, Not } from 'typeorm';
import type { EvidenceRule } from '#libs/contracts';
import { newId, Refusal } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { Idempotency } from '#libs/service-defaults';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { evidenceApproved, evidenceTooMany, evidenceUnknown } from '../evidence/evidence.refusals.js';
import { LARGEST_BYTES, ruleFor, shownName } from '../evidence/evidence.rules.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { JudgeFile, type KeptFile } from '../evidence/judge-file.js';
import { RemoveFiles } from '../evidence/remove-files.job.js';
import { ApplicationRow, EvidenceRow } from './application.entity.js';
import { applicationUnknown } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { papersThatCount } from './held-approval.js';
import type { UploadTold } from './upload-form.js';

export interface Upload {
  applicationId: string;
  personId: string;
  key: string;
  fileName: string | undefined;
  file: Readable;
  /** Known only after the file where the form sends it behind. */
  told: () => Promise<UploadTold>;
}

/** Takes a paper: streams it in first, then judges it by its content; what is refused leaves nothing behind. */
@Injectable()
export class AddEvidence implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly categories: CategoriesQueries,
    private readonly files: EvidenceFiles,
    private readonly judge: JudgeFile,
    private readonly steps: ApplicationSteps,
    private readonly idempotency: Idempotency,
    private readonly removing: RemoveFiles,
  ) {}

  onModuleInit(): void {
    this.files.ownedBy(async (ids) => {
      const rows = await this.database.query<{ id: string }>('SELECT id FROM evidence WHERE id = ANY ($1)', [[...ids]]);
      return rows.map((row) => row.id);
    });
  }

  /** The rules of the application, or a no before the first byte is read. */
  async rules(id: string, personId: string): Promise<EvidenceRule[]> {
    const application = await this.database.source.manager.findOneBy(ApplicationRow, { id, personId });
    if (!application) throw applicationUnknown();
    this.steps.require(application, 'save', 'applicant');
    return (await this.categories.one(application.editionId, application.category)).evidence;
  }

  /** @param limit of the kind, where it is known before the file */
  async execute(upload: Upload, limit = LARGEST_BYTES): Promise<string> {
    const { applicationId, personId, key } = upload;
    const id = newId();
    const stored = await this.files.receive(id, upload.file, limit);
    try {
      const told = await upload.told();
      const rules = await this.rules(applicationId, personId);
      const kept = await this.judge.execute(id, ruleFor(rules, told.kind), stored);
      const call = { key, caller: personId, operation: 'add-evidence', body: { applicationId, ...told, ...stored } };
      const first = await this.idempotency.once(call, (tx) => this.record(tx, upload, { id, told, kept }));
      if (first.id !== id) await this.files.remove(id);
      return first.id;
    } catch (error) {
      // What was refused goes at once. After anything else, a lost answer to COMMIT say, the paper may stand in the
      // database: whether nothing belongs to the file is for the sweep to see.
      if (error instanceof Refusal) await this.files.remove(id).catch(() => undefined);
      throw error;
    }
  }

  private async record(
    tx: Tx,
    upload: Upload,
    { id, told, kept }: { id: string; told: UploadTold; kept: KeptFile },
  ): Promise<{ id: string }> {
    const application = await this.steps.lock(tx, upload.applicationId, upload.personId);
    this.steps.require(application, 'save', 'applicant');
    await this.add(tx, application, { id, told, kept, fileName: upload.fileName });
    await tx.update(ApplicationRow, { id: application.id }, { version: application.version + 1 });
    return { id };
  }

  /** Gives a kept file to a locked application. */
  async add(
    tx: Tx,
    application: ApplicationRow,
    paper: { id: string; told: UploadTold; kept: KeptFile; fileName: string | undefined },
  ): Promise<void> {
    const { kind, issuedOn, translation } = paper.told;
    const category = await this.categories.one(application.editionId, application.category, tx);
    const rule = ruleFor(category.evidence, kind);
    // What was approved stays until its change is decided: a new paper comes beside it.
    const counting = application.held ? await papersThatCount(tx, [application.id]) : [];
    const count = await tx.countBy(EvidenceRow, { applicationId: application.id, kind, id: Not(In(counting)) });
    if (count >= rule.maxCount) throw evidenceTooMany({ kind, maxCount: rule.maxCount });
    await tx.insert(EvidenceRow, {
      id: paper.id,
      applicationId: application.id,
      kind,
      fileName: shownName(paper.fileName),
      issuedOn,
      translation,
      ...paper.kept,
    });
  }

  /** Takes a paper back while the application may still be changed. */
  async remove(command: { applicationId: string; personId: string; evidenceId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const application = await this.steps.lock(tx, command.applicationId, command.personId);
      this.steps.require(application, 'save', 'applicant');
      if (application.held && (await papersThatCount(tx, [application.id])).includes(command.evidenceId))
        throw evidenceApproved();
      const gone = await tx.delete(EvidenceRow, { id: command.evidenceId, applicationId: application.id });
      if (!gone.affected) throw evidenceUnknown();
      await tx.query('INSERT INTO file_removal (person_id, file_id) VALUES ($1, $2)', [
        application.personId,
        command.evidenceId,
      ]);
      await tx.update(ApplicationRow, { id: application.id }, { version: application.version + 1 });
    });
    await this.removing.remove({ id: command.evidenceId });
  }
}
