import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { mayDo } from '../applications/application.rules.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { WithdrawApplication } from '../applications/withdraw-application.js';
import { RemoveFiles } from '../evidence/remove-files.job.js';
import { OF_PERSON, PERSONAL_DATA } from './personal-data.js';

/**
 * Forgets a person: what is open is withdrawn, a badge ends, and every word and paper goes. Ids, states and times stay,
 * so that quotas and the audit log still add up. Doing it twice changes nothing.
 */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly steps: ApplicationSteps,
    private readonly withdraw: WithdrawApplication,
    private readonly removing: RemoveFiles,
  ) {}

  /** Files are written down and go after the commit; until then they count as left. */
  async within(tx: Tx, personId: string): Promise<void> {
    const ids: { id: string }[] = await tx.query('SELECT id FROM application WHERE person_id = $1 ORDER BY id', [
      personId,
    ]);
    for (const { id } of ids) {
      const application = await this.steps.lock(tx, id);
      if (mayDo(application.state, 'withdraw', 'applicant', application.held !== null))
        await this.withdraw.within(tx, { id, personId });
    }
    for (const { forget } of PERSONAL_DATA) await tx.query(forget(OF_PERSON), [personId]);
    this.removing.soon(tx);
  }
}
