import { Injectable } from '@nestjs/common';
import { writeLetter } from '../letters/write-letter.js';
import { attachmentsOf } from '../triggers/trigger.rules.js';
import { FetchDocuments } from './fetch-documents.js';
import { MailCarrier } from './mail-carrier.js';
import type { DueDelivery } from './send-deliveries.job.js';

/** One try: documents from their owner, the text in the person's language, the mail server. */
@Injectable()
export class SendDelivery {
  constructor(
    private readonly documents: FetchDocuments,
    private readonly carrier: MailCarrier,
  ) {}

  async execute(delivery: DueDelivery): Promise<void> {
    const kind = attachmentsOf(delivery.template);
    const { attachments, facts } = await this.documents.execute(kind, delivery.key, delivery.language);
    const mail = writeLetter(delivery.template, delivery.language, delivery.data, facts);
    await this.carrier.carry({
      ...mail,
      id: delivery.id,
      to: delivery.email,
      language: delivery.language,
      attachments,
    });
  }
}
