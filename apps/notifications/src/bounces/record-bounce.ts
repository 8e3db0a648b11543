import { Injectable } from '@nestjs/common';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { besideErasure } from '../contacts/person-lock.js';
import { type BounceKind, endsAddress, PATIENCE, PATIENCE_DAYS } from './bounce.rules.js';

export interface Bounce {
  deliveryId: string;
  kind: BounceKind;
  status?: string;
  /** Whom it names, in small letters. Whoever got one mail can write reports: no other address is believed to be meant. */
  recipients: readonly string[];
}

/** A mail came back: its delivery says so, and an address that is of no use gets no more. Told twice, it is once. */
@Injectable()
export class RecordBounce {
  constructor(private readonly database: Database) {}

  /** False when there is no such mail of ours. */
  execute({ deliveryId, kind, status, recipients }: Bounce): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [owner] = await tx.query<{ person_id: string }[]>('SELECT person_id FROM delivery WHERE id = $1', [
        deliveryId,
      ]);
      if (!owner) return false;
      await besideErasure(tx, owner.person_id);
      const [mail] = await tx.query<{ address: string | null }[]>(
        `SELECT lower(coalesce(d.address, c.email)) AS address FROM delivery d LEFT JOIN contact c ON c.person_id = d.person_id
          WHERE d.id = $1 AND d.channel = 'email' AND NOT coalesce(c.erased, false) FOR UPDATE OF d`,
        [deliveryId],
      );
      if (!mail) return false;
      if (kind !== 'complaint')
        await tx.query(
          `UPDATE delivery SET state = 'bounced', trouble = $2, address = NULL,
                  data = CASE WHEN class = 'login' THEN '{}'::jsonb ELSE data END
            WHERE id = $1 AND state IN ('sent', 'in-flight', 'waiting-retry')`,
          [deliveryId, status ?? 'bounced'],
        );
      // Another address: it was forwarded there, or the contact has a new one since, or somebody made the report up.
      if (mail.address === null || !recipients.includes(mail.address)) return true;
      await tx.query(
        `INSERT INTO bounce (id, delivery_id, address, kind, status) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [newId(), deliveryId, mail.address, kind, status ?? null],
      );
      await this.suppress(tx, mail.address, kind, status);
      return true;
    });
  }

  private async suppress(
    tx: Parameters<Parameters<Database['transaction']>[0]>[0],
    address: string,
    kind: BounceKind,
    status: string | undefined,
  ): Promise<void> {
    const [failures] = await tx.query<{ n: number }[]>(
      `SELECT count(DISTINCT delivery_id)::int AS n FROM bounce WHERE address = $1 AND kind <> 'complaint'
          AND at > clock_timestamp() - interval '${PATIENCE_DAYS} days'`,
      [address],
    );
    if (kind !== 'complaint' && !endsAddress(status) && (failures?.n ?? 0) < PATIENCE) return;
    await tx.query(
      'INSERT INTO suppression (address, id, reason, status) VALUES ($1, $2, $3, $4) ON CONFLICT (address) DO NOTHING',
      [address, newId(), kind === 'complaint' ? 'complained' : 'bounced', status ?? null],
    );
  }
}
