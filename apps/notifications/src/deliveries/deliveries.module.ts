import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { ForgetOldJob } from './forget-old.job.js';
import { GatherDeliveries } from './gather-deliveries.js';
import { LettersController } from './letters.controller.js';
import { QueueDelivery } from './queue-delivery.js';
import { RecordEdition } from './record-edition.js';
import { ResendDelivery } from './resend-delivery.js';
import { Wakening } from './wakening.js';

@Module({
  controllers: [DeliveriesController, LettersController],
  providers: [
    DeliveriesQueries,
    ForgetOldJob,
    GatherDeliveries,
    QueueDelivery,
    RecordEdition,
    ResendDelivery,
    Wakening,
  ],
  exports: [QueueDelivery, RecordEdition, Wakening],
})
export class DeliveriesModule {}
