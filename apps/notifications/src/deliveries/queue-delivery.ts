import { Inject, Injectable } from '@nestjs/common';
import type { Channel, DeliveryState } from '#libs/contracts';
import { type Clock, type Language, newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CLOCK, SETTINGS } from '#libs/service-defaults';
import { besideErasure } from '../contacts/person-lock.js';
import type { NotificationsSettings } from '../settings.js';
import type { Trigger } from '../triggers/trigger-row.rules.js';
import { CLASSES, expiryOf } from './delivery.rules.js';
import { GatherDeliveries } from './gather-deliveries.js';

export interface DeliveryToQueue {
  fact: string;
  /** Machine time of the fact; undefined: now. */
  happenedAt?: Date;
  version?: number;
  personId: string;
  trigger: Pick<Trigger, 'template' | 'deliveryClass' | 'channels' | 'attachments'>;
  /** Id of the thing that it is about. */
  key: string;
  /** Undefined: the contact's. */
  language?: Language;
  data: unknown;
  address?: string;
  expiresAt?: Date;
  resendOf?: string;
}

export interface QueuedDelivery {
  id: string;
  channel: Channel;
  state: DeliveryState;
}

/** Puts a message into the queue of each channel that its row names, once per fact, person, channel and template. */
@Injectable()
export class QueueDelivery {
  private readonly insiders: string[];
  private readonly offered: Channel[];

  constructor(
    private readonly gather: GatherDeliveries,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) settings: NotificationsSettings,
  ) {
    this.insiders = (settings.REHEARSAL_MAIL ?? '').split(',').map((domain) => domain.trim().toLowerCase());
    this.offered = [
      'email',
      'in-app',
      ...(settings.TELEGRAM_BOT_TOKEN ? (['telegram'] as const) : []),
      ...(settings.SMS_PROVIDER === 'none' ? [] : (['sms'] as const)),
    ];
  }

  /**
   * Answers what is new; nothing when all of it was queued before. What is about a rehearsal edition is kept from
   * everybody but the domains that are named for it, also where the address is not known yet. What happened too long ago
   * is written down and never sent: a topic that is read again is quiet.
   */
  async within(tx: Tx, delivery: DeliveryToQueue): Promise<QueuedDelivery[]> {
    const { trigger } = delivery;
    const rules = CLASSES[trigger.deliveryClass];
    const channels = trigger.channels.filter((channel) => this.offered.includes(channel));
    if (channels.length === 0) return [];
    const expires = delivery.expiresAt ?? expiryOf(trigger.deliveryClass, delivery.happenedAt ?? this.clock.now());
    await besideErasure(tx, delivery.personId);
    const made = await tx.query<QueuedDelivery[]>(
      `WITH made AS (
         INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, version, language, data, address,
                               attachments, expires_at, resend_of, state, trouble, sent_at)
         SELECT n.id, $1, $2, n.channel, $3, $4, $5, $6, $7, $8, CASE WHEN c.erased THEN '{}'::jsonb ELSE $9::jsonb END, CASE WHEN c.erased IS NOT TRUE THEN $10 END,
                $11, $12, $13, s.state, s.trouble, CASE WHEN s.state = 'sent' THEN clock_timestamp() END
           FROM unnest($14::uuid[], $15::text[]) AS n(id, channel)
           LEFT JOIN contact c ON c.person_id = $2 LEFT JOIN preference p ON p.person_id = $2
          CROSS JOIN LATERAL (
            SELECT EXISTS (SELECT 1 FROM edition_copy e WHERE e.edition_id = $9::jsonb->>'editionId' AND e.rehearsal)
               AND NOT coalesce(lower(split_part(coalesce($10, c.email), '@', 2)) = ANY ($16), false) AS outside) r
          CROSS JOIN LATERAL (
            SELECT CASE WHEN c.erased OR r.outside OR (n.channel <> 'in-app' AND $4 = ANY (p.left_classes)) THEN 'withheld'
                        WHEN $12 <= clock_timestamp() THEN 'expired'
                        WHEN n.channel = 'in-app' THEN 'sent'
                        WHEN n.channel = 'email' AND c.person_id IS NULL AND $10 IS NULL THEN 'awaiting-contact'
                        ELSE 'queued' END AS state,
                   CASE WHEN c.erased THEN 'person-erased' WHEN r.outside THEN 'rehearsal'
                        WHEN n.channel <> 'in-app' AND $4 = ANY (p.left_classes) THEN 'left'
                        WHEN $12 <= clock_timestamp() THEN 'old-fact' END AS trouble) s
          WHERE n.channel IN ('email', 'in-app') OR $10 IS NOT NULL
             OR (n.channel = 'telegram' AND p.chat_id IS NOT NULL AND p.telegram)
             OR (n.channel = 'sms' AND p.phone IS NOT NULL AND p.sms)
         ON CONFLICT (fact, person_id, channel, template) DO NOTHING RETURNING id, channel, state),
       counted AS (
         INSERT INTO note_count (person_id, last) SELECT $2, 1 FROM made WHERE channel = 'in-app' AND state = 'sent'
         ON CONFLICT (person_id) DO UPDATE SET last = note_count.last + 1 RETURNING last),
       noted AS (
         INSERT INTO note (person_id, number, delivery_id)
         SELECT $2, c.last, m.id FROM made m CROSS JOIN counted c WHERE m.channel = 'in-app' AND m.state = 'sent')
       SELECT id, channel, state FROM made`,
      [
        delivery.fact,
        delivery.personId,
        trigger.template,
        trigger.deliveryClass,
        rules.priority,
        delivery.key,
        delivery.version ?? null,
        delivery.language ?? null,
        JSON.stringify(delivery.data),
        delivery.address ?? null,
        trigger.attachments,
        expires,
        delivery.resendOf ?? null,
        channels.map(() => newId()),
        channels,
        this.insiders,
      ],
    );
    if (rules.gathers && delivery.resendOf === undefined)
      for (const one of made) if (one.state === 'queued') await this.gather.within(tx, delivery.personId, one);
    return made;
  }
}
