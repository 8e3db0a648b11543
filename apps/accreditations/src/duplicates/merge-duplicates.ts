import { Injectable } from '@nestjs/common';
import type { DismissDuplicates, MergeDuplicates as MergeBody, MergedApplications } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ENDED } from '../applications/application.rules.js';
import { openedAnswers } from '../applications/sealed-answers.js';
import { WithdrawApplication } from '../applications/withdraw-application.js';
import { Audit } from '../audit/audit.js';
import { ReviewAccess } from '../review/review-access.js';
import { notMergeable } from './duplicate.refusals.js';

/** An officer's word on a pair: one person's, of whose applications one goes on, or two people after all. */
@Injectable()
export class MergeDuplicates {
  constructor(
    private readonly database: Database,
    private readonly access: ReviewAccess,
    private readonly withdraw: WithdrawApplication,
    private readonly audit: Audit,
  ) {}

  /**
   * `drop` ends as withdrawn, its place and badge with it, and stays whole behind `keep`. Told twice it is one merge.
   * @throws application-unknown, not-mergeable
   */
  async within(tx: Tx, officer: Caller, { keep, drop, reason }: MergeBody): Promise<void> {
    if (keep === drop) throw notMergeable({ why: 'the same application' });
    const [first, second] = keep < drop ? [keep, drop] : [drop, keep];
    const locked = [await this.access.lock(tx, first, officer), await this.access.lock(tx, second, officer)];
    const kept = locked.find(({ id }) => id === keep)!;
    const dropped = locked.find(({ id }) => id === drop)!;
    if (kept.editionId !== dropped.editionId) throw notMergeable({ why: 'two editions' });
    const [known]: { into: string | null }[] = await tx.query(
      'SELECT merged_into AS into FROM application WHERE id = $1',
      [drop],
    );
    if (known?.into === keep) return;
    if (ENDED.includes(kept.state) || ENDED.includes(dropped.state))
      throw notMergeable({ keep: kept.state, drop: dropped.state });
    await this.withdraw.within(tx, {
      id: drop,
      personId: dropped.personId,
      merged: { officerId: officer.id, reason },
    });
    await tx.query('UPDATE application SET merged_into = $2 WHERE id = $1 OR merged_into = $1', [drop, keep]);
    await this.audit.record(tx, {
      actorId: officer.id,
      action: 'application.merge',
      objectId: keep,
      facts: { merged: drop },
    });
  }

  async dismiss(tx: Tx, officer: Caller, { first, second }: DismissDuplicates): Promise<void> {
    const [one, other] = first < second ? [first, second] : [second, first];
    if (one === other) throw notMergeable({ why: 'the same application' });
    await this.access.lock(tx, one, officer);
    await this.access.lock(tx, other, officer);
    await tx.query(
      'INSERT INTO not_duplicates (first, second, said_by) VALUES ($1, $2, $3) ON CONFLICT (first, second) DO NOTHING',
      [one, other, officer.id],
    );
  }

  /** What was merged into an application, with its history. @throws application-unknown */
  async mergedInto(officer: Caller, id: string): Promise<MergedApplications> {
    await this.database.transaction((tx) => this.access.lock(tx, id, officer));
    const merged = await this.database.query<MergedApplications['merged'][number]>(
      `SELECT a.id, a.person_id AS "personId", a.category, a.fields,
              (SELECT jsonb_agg(jsonb_build_object('at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                                  'state', s.state, 'by', s.actor, 'reason', s.reason) ORDER BY s.version)
                 FROM application_step s WHERE s.application_id = a.id) AS history
         FROM application a WHERE a.merged_into = $1 ORDER BY a.id`,
      [id],
    );
    return { merged: merged.map((one) => ({ ...one, fields: openedAnswers(one.fields) })) };
  }
}
