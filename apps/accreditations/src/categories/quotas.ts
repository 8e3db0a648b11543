import { Injectable } from '@nestjs/common';
import type { QuotaList, QuotaOver, QuotaScope } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { QuotaPlace } from './quota.rules.js';

/** Counted places: taken all or none in the transaction of the approval, above the capacity only by an override. */
@Injectable()
export class Quotas {
  /**
   * Takes a place of each; where one is full nothing is taken and that one is answered. Places that the application
   * has already stay its own.
   * The counter's row lock, taken in the order of ids, makes approvals of one outlet wait for each other.
   * @param override takes a place beyond a full quota that allows it
   */
  async take(
    tx: Tx,
    application: { id: string; editionId: string; category: string },
    places: readonly QuotaPlace[],
    override = false,
  ): Promise<QuotaPlace | undefined> {
    const has = new Set(await this.of(tx, application.id));
    const wanted = places.filter((place) => !has.has(place.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (wanted.length === 0) return undefined;
    for (const place of wanted)
      await tx.query(
        `INSERT INTO quota (id, capacity, edition_id, category, scope, subject) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO NOTHING`,
        [place.id, place.capacity, application.editionId, application.category, place.of, place.subject],
      );
    const ids = wanted.map((place) => place.id);
    const free: { id: string; free: boolean }[] = await tx.query(
      'SELECT id, used < capacity AS free FROM quota WHERE id = ANY ($1) ORDER BY id FOR UPDATE',
      [ids],
    );
    const full = places.find(
      (place) =>
        ids.includes(place.id) &&
        !free.find((row) => row.id === place.id)?.free &&
        !(override && place.whenFull === 'override'),
    );
    if (full) return full;
    await tx.query('UPDATE quota SET used = used + 1 WHERE id = ANY ($1)', [ids]);
    await tx.query('INSERT INTO quota_use (quota_id, application_id) SELECT unnest($1::text[]), $2', [
      ids,
      application.id,
    ]);
    return undefined;
  }

  /**
   * Gives back the places of an application, or those that it no longer needs; giving back twice changes nothing.
   * @returns the counters that have a place more
   */
  async release(tx: Tx, applicationId: string, keep: readonly string[] = []): Promise<string[]> {
    const gone = (await this.of(tx, applicationId)).filter((id) => !keep.includes(id));
    if (gone.length === 0) return [];
    await tx.query('SELECT 1 FROM quota WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [gone]);
    const freed: { id: string }[] = await tx.query(
      `WITH gone AS (DELETE FROM quota_use WHERE application_id = $1 AND quota_id = ANY ($2) RETURNING quota_id),
            back AS (UPDATE quota SET used = used - 1 WHERE id IN (SELECT quota_id FROM gone) RETURNING id)
       SELECT id FROM back ORDER BY id`,
      [applicationId, gone],
    );
    return freed.map((row) => row.id);
  }

  /** The counters that an application has a place of. */
  async of(tx: Tx, applicationId: string): Promise<string[]> {
    const rows: { id: string }[] = await tx.query('SELECT quota_id AS id FROM quota_use WHERE application_id = $1', [
      applicationId,
    ]);
    return rows.map((row) => row.id);
  }

  async used(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
    const rows: { id: string; used: number }[] = await tx.query('SELECT id, used FROM quota WHERE id = ANY ($1)', [
      ids,
    ]);
    return new Map(rows.map((row) => [row.id, row.used]));
  }

  /** Every counter of an edition with its use, those who wait for it, and who is over where a number was lowered. */
  async list(tx: Tx, editionId: string): Promise<QuotaList> {
    const quotas: QuotaList['quotas'] = await tx.query(
      `SELECT q.scope AS "of", q.category, q.subject, q.capacity, q.used,
              (SELECT count(*)::int FROM application a WHERE a.state = 'waitlisted' AND a.wants @> ARRAY[q.id]) AS waiting
         FROM quota q WHERE q.edition_id = $1 ORDER BY q.id`,
      [editionId],
    );
    return { quotas, over: await this.over(tx, editionId) };
  }

  /** Whose number lies below its use; the applications that took their places last stand first. */
  async over(tx: Tx, editionId: string): Promise<QuotaOver[]> {
    const rows: {
      of: QuotaScope;
      category: string;
      subject: string | null;
      capacity: number;
      used: number;
      applications: string[];
    }[] = await tx.query(
      `SELECT q.scope AS "of", q.category, q.subject, q.capacity, q.used,
              ARRAY(SELECT u.application_id FROM quota_use u WHERE u.quota_id = q.id
                     ORDER BY u.taken_at DESC, u.application_id DESC LIMIT q.used - q.capacity) AS applications
         FROM quota q WHERE q.edition_id = $1 AND q.used > q.capacity ORDER BY q.id`,
      [editionId],
    );
    return rows;
  }

  /** Sets the number of counters that exist; those above it keep what they have. */
  async resize(tx: Tx, ids: readonly string[], capacity: number): Promise<void> {
    await tx.query('UPDATE quota SET capacity = $2 WHERE id = ANY ($1) AND capacity <> $2', [ids, capacity]);
  }

  /** Sets the number of every counter of a scope but those that have one of their own. */
  async resizeAll(
    tx: Tx,
    of: { editionId: string; category: string; scope: QuotaScope },
    capacity: number,
    except: readonly string[],
  ): Promise<void> {
    await tx.query(
      `UPDATE quota SET capacity = $4
        WHERE edition_id = $1 AND category = $2 AND scope = $3 AND NOT id = ANY ($5) AND capacity <> $4`,
      [of.editionId, of.category, of.scope, capacity, except],
    );
  }
}
