import { Module } from '@nestjs/common';
import { FetchDocuments } from './fetch-documents.js';
import { MailCarrier } from './mail-carrier.js';
import { SendDeliveriesJob } from './send-deliveries.job.js';
import { SendDelivery } from './send-delivery.js';

@Module({
  providers: [FetchDocuments, MailCarrier, SendDelivery, SendDeliveriesJob],
  exports: [SendDeliveriesJob],
})
export class SendingModule {}
