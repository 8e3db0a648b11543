import { Injectable } from '@nestjs/common';
import type { Channel, DeliveryState } from '#libs/contracts';
import { isId, type Language } from '#libs/kernel';
import { Idempotency } from '#libs/service-defaults';
import type { Template } from '../letters/letter.rules.js';
import type { Attachments } from '../triggers/trigger-row.rules.js';
import { deliveryNotKept, deliveryUnderWay, deliveryUnknown } from './delivery.refusals.js';
import type { DeliveryClass } from './delivery.rules.js';
import { QueueDelivery } from './queue-delivery.js';

interface Original {
  person_id: string;
  channel: Channel;
  template: Template;
  class: DeliveryClass;
  key: string;
  version: string | null;
  language: Language | null;
  data: object;
  attachments: Attachments;
  state: DeliveryState;
}

/** An admin sends a message again: a new delivery, linked to the first, with documents as they are now. */
@Injectable()
export class ResendDelivery {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly queue: QueueDelivery,
  ) {}

  async execute(id: string, admin: string, key: string): Promise<{ deliveryId: string }> {
    return this.idempotency.once({ key, caller: admin, operation: 'resend-delivery', body: { id } }, async (tx) => {
      const [first] = isId(id)
        ? await tx.query<Original[]>('SELECT * FROM delivery WHERE id = $1 FOR UPDATE', [id])
        : [];
      if (!first) throw deliveryUnknown();
      if (['queued', 'in-flight', 'waiting-retry', 'awaiting-contact'].includes(first.state)) throw deliveryUnderWay();
      // What a digest gathered hangs on the first; a link that signs in was never kept.
      if (first.class === 'login' || first.template === 'digest' || Object.keys(first.data).length === 0)
        throw deliveryNotKept();
      const [made] = await this.queue.within(tx, {
        fact: `resend:${id}:${key}`,
        version: first.version === null ? undefined : Number(first.version),
        personId: first.person_id,
        trigger: {
          template: first.template,
          deliveryClass: first.class,
          channels: [first.channel],
          attachments: first.attachments,
        },
        key: first.key,
        language: first.language ?? undefined,
        data: first.data,
        resendOf: id,
      });
      if (!made) throw deliveryNotKept();
      return { deliveryId: made.id };
    });
  }
}
