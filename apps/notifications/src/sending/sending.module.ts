import { Module } from '@nestjs/common';
import { BouncesModule } from '../bounces/bounces.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { SmsModule } from '../sms/sms.module.js';
import { TelegramModule } from '../telegram/telegram.module.js';
import { FetchDocuments } from './fetch-documents.js';
import { MailCarrier } from './mail-carrier.js';
import { SendDeliveriesJob } from './send-deliveries.job.js';
import { SendDelivery } from './send-delivery.js';
import { TakeDue } from './take-due.js';
import { WriteEnds } from './write-ends.js';

@Module({
  imports: [BouncesModule, DeliveriesModule, SmsModule, TelegramModule],
  providers: [FetchDocuments, MailCarrier, SendDelivery, SendDeliveriesJob, TakeDue, WriteEnds],
})
export class SendingModule {}
