import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/persistence';
import type { QuotaPlace } from './quota.rules.js';

/** Counted places: taken all or none in the transaction of the approval, never above the capacity. */
@Injectable()
export class Quotas {
  /**
   * Takes a place of each; where one is full nothing is taken and that one is answered.
   * The counter's row lock, taken in the order of ids, makes approvals of one outlet wait for each other.
   */
  async take(tx: Tx, applicationId: string, places: readonly QuotaPlace[]): Promise<QuotaPlace | undefined> {
    const ordered = [...places].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const place of ordered)
      await tx.query('INSERT INTO quota (id, capacity) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [
        place.id,
        place.capacity,
      ]);
    const free: { id: string; free: boolean }[] = await tx.query(
      'SELECT id, used < capacity AS free FROM quota WHERE id = ANY ($1) ORDER BY id FOR UPDATE',
      [ordered.map((place) => place.id)],
    );
    const full = places.find((place) => !free.find((row) => row.id === place.id)?.free);
    if (full) return full;
    for (const place of ordered) {
      await tx.query('UPDATE quota SET used = used + 1 WHERE id = $1', [place.id]);
      await tx.query('INSERT INTO quota_use (quota_id, application_id) VALUES ($1, $2)', [place.id, applicationId]);
    }
    return undefined;
  }

  /** Gives back every place of an application; giving back twice changes nothing. */
  async release(tx: Tx, applicationId: string): Promise<void> {
    await tx.query(
      `WITH gone AS (DELETE FROM quota_use WHERE application_id = $1 RETURNING quota_id)
       UPDATE quota SET used = used - 1 WHERE id IN (SELECT quota_id FROM gone)`,
      [applicationId],
    );
  }

  async used(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
    const rows: { id: string; used: number }[] = await tx.query('SELECT id, used FROM quota WHERE id = ANY ($1)', [
      ids,
    ]);
    return new Map(rows.map((row) => [row.id, row.used]));
  }
}
