import { Injectable } from '@nestjs/common';
import type { EventData, PersonRecorded, Received } from '#libs/contracts';
import type { Tx } from '#libs/persistence';

/** Keeps how a person can be reached, as told on `people`; the highest version counts. */
@Injectable()
export class RecordContact {
  async within(tx: Tx, { aggregate, version, data }: Received<typeof PersonRecorded>): Promise<void> {
    const { email, name, language }: EventData<typeof PersonRecorded> = data;
    await tx.query(
      `INSERT INTO contact (person_id, version, email, name, language) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (person_id) DO UPDATE
         SET version = excluded.version, email = excluded.email, name = excluded.name,
             language = excluded.language, erased = false
       WHERE contact.version < excluded.version`,
      [aggregate, version, email, name, language],
    );
  }

  /** Forgets a person: the address goes, and what was not sent yet is withheld. */
  async erase(tx: Tx, personId: string, version: number): Promise<void> {
    await tx.query(
      `INSERT INTO contact (person_id, version, erased) VALUES ($1, $2, true)
       ON CONFLICT (person_id) DO UPDATE
         SET version = greatest(contact.version, excluded.version), email = NULL, name = NULL, language = NULL,
             erased = true`,
      [personId, version],
    );
    await tx.query(
      `UPDATE delivery SET data = '{}', address = NULL,
              state = CASE WHEN state IN ('sent', 'failed', 'expired') THEN state ELSE 'withheld' END,
              trouble = CASE WHEN state IN ('sent', 'failed', 'expired') THEN trouble ELSE 'person-erased' END
        WHERE person_id = $1`,
      [personId],
    );
  }
}
