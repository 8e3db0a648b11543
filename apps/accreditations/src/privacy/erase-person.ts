import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import { mayDo } from '../applications/application.rules.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { WithdrawApplication } from '../applications/withdraw-application.js';
import { EvidenceFiles } from '../evidence/evidence-files.store.js';

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

  /** Answers the papers whose files must go once the transaction is committed. */
  async within(tx: Tx, personId: string): Promise<string[]> {
    const ids: { id: string }[] = await tx.query('SELECT id FROM application WHERE person_id = $1 ORDER BY id', [
      personId,
    ]);
    const papers: string[] = [];
    for (const { id } of ids) {
      const application = await this.steps.lock(tx, id);
      if (mayDo(application.state, 'withdraw', 'applicant')) await this.withdraw.within(tx, { id, personId });
      const gone: { id: string }[] = await tx.query('SELECT id FROM evidence WHERE application_id = $1', [id]);
      papers.push(...gone.map((paper) => paper.id));
      await tx.query('DELETE FROM evidence WHERE application_id = $1', [id]);
      await tx.query(
        `UPDATE application SET fields = '{}', search = '', outlet_key = NULL, request = NULL, reason = NULL WHERE id = $1`,
        [id],
      );
      await tx.query('UPDATE application_step SET reason = NULL WHERE application_id = $1', [id]);
      await tx.query(
        `UPDATE badge SET holder = jsonb_set(jsonb_set(holder, '{name}', '""'), '{line}', 'null') WHERE application_id = $1`,
        [id],
      );
    }
    return papers;
  }

  async removeFiles(papers: readonly string[]): Promise<void> {
    for (const id of papers) await this.files.remove(id);
  }
}
