import { Injectable } from '@nestjs/common';
import type { Channel } from '#libs/contracts';
import { newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { OWN_TRIGGERS } from '../triggers/trigger.rules.js';
import { CLASSES, GATHER_MS, SINGLES_BEFORE_DIGEST } from './delivery.rules.js';

const GATHERING = Object.entries(CLASSES).flatMap(([name, rules]) => (rules.gathers ? [name] : []));
/** How long a digest waits for more. */
const WAIT_SECONDS = 120;

/** Many changes within minutes become one letter: the first few go out one by one, those after them are gathered. */
@Injectable()
export class GatherDeliveries {
  /** Called for a message that was just queued. */
  async within(tx: Tx, personId: string, { id, channel }: { id: string; channel: Channel }): Promise<void> {
    const { digest } = OWN_TRIGGERS;
    if (!digest.channels.includes(channel)) return;
    const [recent] = await tx.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM delivery
        WHERE person_id = $1 AND channel = $2 AND class = ANY ($3) AND resend_of IS NULL
          AND queued_at > clock_timestamp() - make_interval(secs => $4::float8)
          AND (state NOT IN ('withheld', 'expired', 'suppressed') OR digest_id IS NOT NULL)`,
      [personId, channel, GATHERING, GATHER_MS / 1_000],
    );
    if ((recent?.n ?? 0) <= SINGLES_BEFORE_DIGEST) return;
    const digestId = newId();
    const [open] = await tx.query<{ id: string }[]>(
      `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, data, attachments, state, next_try_at, expires_at)
       VALUES ($1::uuid, 'digest:' || $1::text, $2, $3, 'digest', $4, $5, $2, '{}', $6, 'queued',
               clock_timestamp() + interval '${WAIT_SECONDS} seconds', clock_timestamp() + make_interval(secs => $7::float8))
       ON CONFLICT (person_id, channel) WHERE template = 'digest' AND state = 'queued'
       DO UPDATE SET template = delivery.template RETURNING id`,
      [
        digestId,
        personId,
        channel,
        digest.deliveryClass,
        CLASSES[digest.deliveryClass].priority,
        digest.attachments,
        CLASSES[digest.deliveryClass].maxAge / 1_000,
      ],
    );
    // Those that nobody sent yet go in as well.
    await tx.query(
      `UPDATE delivery SET state = 'withheld', trouble = 'in-digest', digest_id = $1
        WHERE person_id = $2 AND channel = $3 AND state = 'queued' AND template <> 'digest'
          AND (id = $4 OR (class = ANY ($5) AND attempts = 0 AND resend_of IS NULL))`,
      [open?.id, personId, channel, id, GATHERING],
    );
  }
}
