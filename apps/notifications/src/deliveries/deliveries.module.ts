import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesQueries } from './deliveries.queries.js';
import { QueueDelivery } from './queue-delivery.js';

@Module({
  controllers: [DeliveriesController],
  providers: [DeliveriesQueries, QueueDelivery],
  exports: [QueueDelivery],
})
export class DeliveriesModule {}
