import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { mayDo } from '../applications/application.rules.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { WithdrawApplication } from '../applications/withdraw-application.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';
import { filesOf, OF_PERSON, PERSONAL_DATA } from './personal-data.js';

/**
 * Forgets a person: what is open is withdrawn, a badge ends, and every word and paper goes. Ids, states and times stay,
 * so that quotas and the audit log still add up. Doing it twice changes nothing.
 */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly withdraw: WithdrawApplication,
    private readonly files: EvidenceFiles,
  ) {}

  /** Answers the files that must go once the transaction is committed. */
  async within(tx: Tx, personId: string): Promise<string[]> {
    const ids: { id: string }[] = await tx.query('SELECT id FROM application WHERE person_id = $1 ORDER BY id', [
      personId,
    ]);
    for (const { id } of ids) {
      const application = await this.steps.lock(tx, id);
      if (mayDo(application.state, 'withdraw', 'applicant', application.held !== null))
        await this.withdraw.within(tx, { id, personId });
    }
    const files: { id: string }[] = await tx.query(filesOf(OF_PERSON), [personId]);
    for (const { forget } of PERSONAL_DATA) await tx.query(forget(OF_PERSON), [personId]);
    return files.map(({ id }) => id);
  }

  async removeFiles(files: readonly string[]): Promise<void> {
    for (const id of files) await this.files.remove(id);
  }
}
