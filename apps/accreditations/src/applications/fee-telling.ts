import { Injectable } from '@nestjs/common';
import type { CategoryRow, DemandFee } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { ApplicationRow } from './application.entity.js';

/** The round is counted where it is written. */
type Demanded = Omit<DemandFee, 'round'>;

/**
 * What tickets must hear about the fee of an accreditation, written in the transaction that decides it; a job tells it
 * until tickets has taken it.
 */
@Injectable()
export class FeeTelling {
  private readonly told = new WeakSet<Tx>();

  /** True when the transaction that ran on `tx` has something to tell. */
  toldTickets(tx: Tx): boolean {
    return this.told.has(tx);
  }

  /** The fee may be paid until then; festival time. */
  async open(tx: Tx, application: ApplicationRow, category: CategoryRow, payUntil: Date): Promise<void> {
    const { fee } = category;
    if (fee?.currency !== 'KZT') throw new Error('a fee is paid in tenge');
    const body: Demanded = {
      applicationId: application.id,
      personId: application.personId,
      editionId: application.editionId,
      name: category.name,
      amount: fee.amount,
      currency: 'KZT',
      payUntil: payUntil.toISOString(),
    };
    await this.want(tx, application.id, 'open', body);
  }

  /** Nobody may pay it any more; nothing where there never was one. Told again where it was told before. */
  async withdraw(tx: Tx, applicationId: string): Promise<void> {
    const [row]: { body: Demanded }[] = await tx.query('SELECT body FROM fee_telling WHERE application_id = $1', [
      applicationId,
    ]);
    if (row) await this.want(tx, applicationId, 'withdrawn', row.body);
  }

  private async want(tx: Tx, applicationId: string, want: 'open' | 'withdrawn', body: Demanded): Promise<void> {
    await tx.query(
      `INSERT INTO fee_telling (application_id, want, body) VALUES ($1, $2, $3)
       ON CONFLICT (application_id) DO UPDATE SET want = excluded.want, body = excluded.body, attempts = 0,
         round = fee_telling.round + 1, next_try_at = now(), taken_at = NULL`,
      [applicationId, want, JSON.stringify(body)],
    );
    this.told.add(tx);
  }
}
