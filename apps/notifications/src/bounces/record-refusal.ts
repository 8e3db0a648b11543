import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { isErased } from '../contacts/person-lock.js';
import type { CarrierRefused } from '../sending/carrier.js';
import type { DueDelivery } from '../sending/take-due.js';
import { endsAddress } from './bounce.rules.js';

/** The other side refused at once: an address that does not exist gets no more, a chat that was left is let go. */
@Injectable()
export class RecordRefusal {
  constructor(private readonly database: Database) {}

  async execute(
    { id, person_id: personId, channel, address }: DueDelivery,
    { code, status }: CarrierRefused,
  ): Promise<void> {
    if (channel === 'email' && address !== null && endsAddress(status))
      await this.database.transaction(async (tx) => {
        if (await isErased(tx, personId)) return;
        await tx.query(
          `INSERT INTO suppression (address, id, reason, status) VALUES (lower($1), $2, 'bounced', $3) ON CONFLICT DO NOTHING`,
          [address, newId(), status],
        );
      });
    if (channel === 'telegram' && code === 'telegram-403')
      await this.database.query(
        `UPDATE preference SET chat_id = NULL WHERE chat_id = $1
            AND person_id = (SELECT person_id FROM delivery WHERE id = $2)`,
        [address, id],
      );
  }
}
