import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { QueueDelivery } from './queue-delivery.js';
import { RecordEdition } from './record-edition.js';

@Module({
  controllers: [DeliveriesController],
  providers: [DeliveriesQueries, QueueDelivery, RecordEdition],
  exports: [QueueDelivery, RecordEdition],
})
export class DeliveriesModule {}
