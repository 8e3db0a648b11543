import { Injectable } from '@nestjs/common';
import type { Channel } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { UNHURRIED_FROM } from '../deliveries/delivery.rules.js';
import type { Attachments } from '../triggers/trigger-row.rules.js';

export interface DueDelivery {
  id: string;
  person_id: string;
  channel: Channel;
  template: string;
  class: string;
  key: string;
  version: string | null;
  language: Language;
  data: unknown;
  attachments: Attachments;
  /** A mail address, a chat or a number, by channel; null where it went away meanwhile. */
  address: string | null;
  priority: number;
  attempts: number;
  maybe_repeated: boolean;
  queued_at: Date;
  unhurried: boolean;
}

/** How long a try belongs to whoever took it; a process that died loses it after that. */
const LEASE_SECONDS = 60;
/** How long it does from the handing over on: the longest answer of a mail server, and the longest writing down of it. */
const HAND_OVER_SECONDS = 120;

const OPEN = `state IN ('queued', 'in-flight', 'waiting-retry') AND next_try_at <= clock_timestamp() AND expires_at > clock_timestamp()`;

const TAKE = `
  WITH urgent AS (
    SELECT id FROM delivery WHERE ${OPEN} AND priority < ${UNHURRIED_FROM}
     ORDER BY priority, next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED),
  rest AS (
    SELECT id FROM delivery WHERE ${OPEN} AND priority >= ${UNHURRIED_FROM}
     ORDER BY priority, next_try_at LIMIT least($2, $1 - (SELECT count(*) FROM urgent)) FOR UPDATE SKIP LOCKED),
  due AS (
    SELECT o.*, CASE o.channel WHEN 'email' THEN coalesce(o.address, c.email) WHEN 'telegram' THEN CASE WHEN p.telegram THEN p.chat_id END
                               ELSE coalesce(o.address, CASE WHEN p.sms THEN p.phone END) END AS reach,
           coalesce(o.language, c.language, 'kk') AS speaks,
           -- Whoever asks for a link to sign in may have mended the mailbox.
           o.channel = 'email' AND o.class <> 'login' AND EXISTS (
             SELECT 1 FROM suppression s WHERE s.address = lower(coalesce(o.address, c.email))) AS suppressed
      FROM (SELECT id FROM urgent UNION ALL SELECT id FROM rest) u JOIN delivery o ON o.id = u.id
      LEFT JOIN contact c ON c.person_id = o.person_id LEFT JOIN preference p ON p.person_id = o.person_id),
  taken AS (
    UPDATE delivery d SET
           state = CASE WHEN due.suppressed THEN 'suppressed' ELSE 'in-flight' END,
           trouble = CASE WHEN due.suppressed THEN 'bounced-before' ELSE d.trouble END,
           attempts = d.attempts + CASE WHEN due.suppressed THEN 0 ELSE 1 END,
           next_try_at = clock_timestamp() + interval '${LEASE_SECONDS} seconds',
           -- Who had it in hand before us died in the middle: it may be out already.
           maybe_repeated = d.maybe_repeated OR (d.state = 'in-flight' AND d.handed_over),
           handed_over = false
      FROM due WHERE d.id = due.id
     RETURNING d.*, due.reach, due.speaks),
  abandoned AS (
    UPDATE delivery_attempt a SET ended_at = clock_timestamp(),
           outcome = CASE WHEN a.handed_over_at IS NULL THEN 'not-handed-over' ELSE 'unknown' END
      FROM taken t WHERE a.delivery_id = t.id AND a.number = t.attempts - 1 AND a.ended_at IS NULL AND t.state = 'in-flight'),
  started AS (
    INSERT INTO delivery_attempt (delivery_id, number) SELECT id, attempts FROM taken WHERE state = 'in-flight')
  SELECT id, person_id, channel, template, class, key, version, speaks AS language, data, attachments, reach AS address,
         attempts, maybe_repeated, queued_at, priority, priority >= ${UNHURRIED_FROM} AS unhurried, state = 'suppressed' AS suppressed
    FROM taken ORDER BY priority, queued_at`;

/** Takes what is due, the urgent first, in one statement. The try is written down before anything is handed over. */
@Injectable()
export class TakeDue {
  constructor(private readonly database: Database) {}

  /**
   * @param room how many at most
   * @param unhurried how many at most of the classes that keep to the set rate
   */
  async execute(room: number, unhurried: number): Promise<{ due: DueDelivery[]; suppressed: number }> {
    const rows = await this.database.hot<DueDelivery & { suppressed: boolean }>('take-due', TAKE, [room, unhurried]);
    const due = rows.filter((row) => !row.suppressed);
    return { due, suppressed: rows.length - due.length };
  }

  /** From here on the other side may have it, and the try is ours anew. False: somebody else has taken it over. */
  async handOver({ id, attempts }: DueDelivery): Promise<boolean> {
    const rows = await this.database.hot<{ id: string }>(
      'hand-over',
      `WITH ours AS (
         UPDATE delivery SET handed_over = true, next_try_at = clock_timestamp() + interval '${HAND_OVER_SECONDS} seconds'
          WHERE id = $1 AND attempts = $2 AND state = 'in-flight' RETURNING id),
       marked AS (
         UPDATE delivery_attempt a SET handed_over_at = clock_timestamp() FROM ours
          WHERE a.delivery_id = ours.id AND a.number = $2)
       SELECT id FROM ours`,
      [id, attempts],
    );
    return rows.length > 0;
  }

  /**
   * A message and the contact that it waits for may be written at the same moment, neither seeing the other: what is left
   * waiting by that is found here.
   */
  async findContacts(): Promise<void> {
    await this.database.query(
      `UPDATE delivery d SET state = 'queued', next_try_at = clock_timestamp()
        WHERE state = 'awaiting-contact' AND EXISTS (SELECT 1 FROM contact c WHERE c.person_id = d.person_id AND NOT c.erased)`,
    );
  }

  /** What is too old to be of use ends here; credentials leave with it. */
  async expire(): Promise<void> {
    await this.database.query(
      `UPDATE delivery SET state = 'expired', trouble = coalesce(trouble, 'too-old'), address = NULL,
              data = CASE WHEN class = 'login' THEN '{}'::jsonb ELSE data END
        WHERE state IN ('queued', 'waiting-retry', 'awaiting-contact') AND expires_at <= clock_timestamp()`,
    );
    await this.database.query(
      `WITH old AS (
         UPDATE delivery SET state = 'expired', trouble = 'too-old', address = NULL, maybe_repeated = maybe_repeated OR handed_over,
                data = CASE WHEN class = 'login' THEN '{}'::jsonb ELSE data END
          WHERE state = 'in-flight' AND next_try_at <= clock_timestamp() AND expires_at <= clock_timestamp() RETURNING id)
       UPDATE delivery_attempt a SET ended_at = clock_timestamp(),
              outcome = CASE WHEN a.handed_over_at IS NULL THEN 'not-handed-over' ELSE 'unknown' END
         FROM old WHERE a.delivery_id = old.id AND a.ended_at IS NULL`,
    );
  }
}
