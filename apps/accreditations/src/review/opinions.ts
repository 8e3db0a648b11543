import { Injectable } from '@nestjs/common';
import type { CategoryRow, ReviewApplication } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { ApplicationRow } from '../applications/application.entity.js';

interface Opinion {
  by: string;
  reason: string | null;
  /** Festival time. */
  at: Date;
}

/** How many officers must agree before an approval counts. */
export function opinionsNeeded(category: Pick<CategoryRow, 'secondOpinion'>): number {
  return category.secondOpinion ? 2 : 1;
}

/** Who would approve an application, where one officer alone may not. */
@Injectable()
export class Opinions {
  /** Adds the officer's and says whether enough different ones agree now. */
  async agreed(
    tx: Tx,
    application: Pick<ApplicationRow, 'id'>,
    category: CategoryRow,
    { by, reason, at }: Opinion,
  ): Promise<boolean> {
    if (opinionsNeeded(category) === 1) return true;
    await tx.query(
      `INSERT INTO application_opinion (application_id, officer_id, reason, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (application_id, officer_id) DO UPDATE SET reason = excluded.reason, at = excluded.at`,
      [application.id, by, reason, at],
    );
    return (await this.of(tx, application.id)).length >= opinionsNeeded(category);
  }

  async of(tx: Tx, applicationId: string): Promise<ReviewApplication['opinions']> {
    const rows: { by: string; reason: string | null; at: Date }[] = await tx.query(
      'SELECT officer_id AS by, reason, at FROM application_opinion WHERE application_id = $1 ORDER BY at, officer_id',
      [applicationId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}
