import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SendLoginMail as SendLoginMailBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { QueueDelivery } from '../deliveries/queue-delivery.js';
import { SendDeliveriesJob } from '../sending/send-deliveries.job.js';

/** Queues the mail with a link that signs in. The same link twice is one mail. */
@Injectable()
export class SendLoginMail {
  constructor(
    private readonly database: Database,
    private readonly deliveries: QueueDelivery,
    private readonly sender: SendDeliveriesJob,
  ) {}

  async execute({ personId, email, language, link, expiresAt }: SendLoginMailBody): Promise<string> {
    // The link is a credential: what is kept as the fact's name must not be one.
    const fact = createHash('sha256').update(link).digest('hex');
    const id = await this.database.transaction((tx) =>
      this.deliveries.within(tx, {
        fact,
        personId,
        template: 'login-link',
        deliveryClass: 'login',
        key: personId,
        language,
        data: { link, expiresAt },
        address: email,
        expiresAt: new Date(expiresAt),
      }),
    );
    this.sender.wake();
    return id;
  }
}
