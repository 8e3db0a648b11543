import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Language, newId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CLOCK, SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';
import { type DeliveryClass, expiryOf } from './delivery.rules.js';

export interface DeliveryToQueue {
  fact: string;
  personId: string;
  template: string;
  deliveryClass: DeliveryClass;
  /** Id of the thing that it is about. */
  key: string;
  /** Undefined: the contact's. */
  language?: Language;
  data: unknown;
  address?: string;
  expiresAt?: Date;
}

/** Puts a message into the queue, once per fact, person, channel and template. */
@Injectable()
export class QueueDelivery {
  private readonly insiders: string[];

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS) settings: NotificationsSettings,
  ) {
    this.insiders = (settings.REHEARSAL_MAIL ?? '').split(',').map((domain) => domain.trim().toLowerCase());
  }

  /**
   * Answers the delivery's id; that of the first one when it was queued before. What is about a rehearsal edition is
   * kept from everybody but the domains that are named for it, also where the address is not known yet.
   */
  async within(tx: Tx, delivery: DeliveryToQueue): Promise<string> {
    const expires = delivery.expiresAt ?? expiryOf(delivery.deliveryClass, this.clock.now());
    const [made] = await tx.query<{ id: string }[]>(
      `INSERT INTO delivery (id, fact, person_id, channel, template, class, key, language, data, address, expires_at, state, trouble)
       SELECT $1, $2, $3, 'email', $4, $5, $6, $7, CASE WHEN c.erased THEN '{}'::jsonb ELSE $8::jsonb END, $9, $10,
              CASE WHEN c.erased OR r.outside THEN 'withheld' WHEN c.person_id IS NULL AND $9::text IS NULL THEN 'awaiting-contact'
                   ELSE 'queued' END,
              CASE WHEN c.erased THEN 'person-erased' WHEN r.outside THEN 'rehearsal' END
         FROM (SELECT 1) one LEFT JOIN contact c ON c.person_id = $3
        CROSS JOIN LATERAL (
          SELECT EXISTS (SELECT 1 FROM edition_copy e WHERE e.edition_id = $8::jsonb->>'editionId' AND e.rehearsal)
             AND NOT coalesce(lower(split_part(coalesce($9, c.email), '@', 2)) = ANY ($11), false) AS outside) r
       ON CONFLICT (fact, person_id, channel, template) DO NOTHING RETURNING id`,
      [
        newId(),
        delivery.fact,
        delivery.personId,
        delivery.template,
        delivery.deliveryClass,
        delivery.key,
        delivery.language ?? null,
        JSON.stringify(delivery.data),
        delivery.address ?? null,
        expires,
        this.insiders,
      ],
    );
    if (made) return made.id;
    const [known] = await tx.query<{ id: string }[]>(
      `SELECT id FROM delivery WHERE fact = $1 AND person_id = $2 AND channel = 'email' AND template = $3`,
      [delivery.fact, delivery.personId, delivery.template],
    );
    if (!known) throw new Error('the first of two equal deliveries is not committed yet');
    return known.id;
  }
}
