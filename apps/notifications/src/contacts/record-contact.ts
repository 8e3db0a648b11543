import { Injectable } from '@nestjs/common';
import type { EventData, PersonRecorded, Received } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { aloneForErasure, besideErasure } from './person-lock.js';

/** Keeps how a person can be reached, as told on `people`; the highest version counts. */
@Injectable()
export class RecordContact {
  async within(tx: Tx, { aggregate, version, data }: Received<typeof PersonRecorded>): Promise<void> {
    const { email, name, language }: EventData<typeof PersonRecorded> = data;
    await besideErasure(tx, aggregate);
    await tx.query(
      `INSERT INTO contact (person_id, version, email, name, language) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (person_id) DO UPDATE
         SET version = excluded.version, email = excluded.email, name = excluded.name,
             language = excluded.language, erased = false
       WHERE contact.version < excluded.version`,
      [aggregate, version, email, name, language],
    );
    await tx.query(
      `UPDATE delivery SET state = 'queued', next_try_at = clock_timestamp()
        WHERE person_id = $1 AND state = 'awaiting-contact' AND EXISTS (SELECT 1 FROM contact WHERE person_id = $1 AND NOT erased)`,
      [aggregate],
    );
  }

  /**
   * Forgets a person: addresses, numbers, wishes and what was written about him go, what was not sent yet is withheld.
   * That something was sent stays.
   */
  async erase(tx: Tx, personId: string, version: number): Promise<void> {
    await aloneForErasure(tx, personId);
    await tx.query(
      `DELETE FROM suppression WHERE address IN (SELECT lower(email) FROM contact WHERE person_id = $1)
          OR address IN (SELECT b.address FROM bounce b JOIN delivery d ON d.id = b.delivery_id WHERE d.person_id = $1)`,
      [personId],
    );
    await tx.query('DELETE FROM bounce WHERE delivery_id IN (SELECT id FROM delivery WHERE person_id = $1)', [
      personId,
    ]);
    await tx.query('DELETE FROM preference WHERE person_id = $1', [personId]);
    await tx.query('DELETE FROM link_code WHERE person_id = $1', [personId]);
    await tx.query('DELETE FROM note WHERE person_id = $1', [personId]);
    await tx.query('DELETE FROM visit_hold WHERE person_id = $1', [personId]);
    await tx.query(
      `INSERT INTO contact (person_id, version, erased) VALUES ($1, $2, true)
       ON CONFLICT (person_id) DO UPDATE
         SET version = greatest(contact.version, excluded.version), email = NULL, name = NULL, language = NULL,
             erased = true`,
      [personId, version],
    );
    await tx.query(
      `UPDATE delivery SET data = '{}', facts = '{}', content_digest = NULL, address = NULL,
              state = CASE WHEN state IN ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact') THEN 'withheld' ELSE state END,
              trouble = CASE WHEN state IN ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact') THEN 'person-erased' ELSE trouble END
        WHERE person_id = $1`,
      [personId],
    );
  }
}
