import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SendLoginMail as SendLoginMailBody } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { QueueDelivery } from '../deliveries/queue-delivery.js';
import { Wakening } from '../deliveries/wakening.js';
import { OWN_TRIGGERS } from '../triggers/trigger.rules.js';

/** Queues the mail with a link that signs in. The same link twice is one mail. */
@Injectable()
export class SendLoginMail {
  constructor(
    private readonly database: Database,
    private readonly deliveries: QueueDelivery,
    private readonly wakening: Wakening,
  ) {}

  async execute({ personId, email, language, link, expiresAt }: SendLoginMailBody): Promise<string> {
    // The link is a credential: what is kept as the fact's name must not be one.
    const fact = createHash('sha256').update(link).digest('hex');
    const id = await this.database.transaction(async (tx) => {
      const [made] = await this.deliveries.within(tx, {
        fact,
        personId,
        trigger: OWN_TRIGGERS['login-link'],
        key: personId,
        language,
        data: { link, expiresAt },
        address: email,
        expiresAt: new Date(expiresAt),
      });
      if (made) return made.id;
      const [known] = await tx.query<{ id: string }[]>(
        `SELECT id FROM delivery WHERE fact = $1 AND person_id = $2 AND channel = 'email' AND template = 'login-link'`,
        [fact, personId],
      );
      if (!known) throw new Error('the first of two equal mails is not committed yet');
      return known.id;
    });
    this.wakening.call();
    return id;
  }
}
