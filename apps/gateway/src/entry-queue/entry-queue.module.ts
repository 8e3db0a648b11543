import { Module } from '@nestjs/common';
import { EntryGate } from './entry-gate.js';
import { EntryQueueController } from './entry-queue.controller.js';
import { EntryQueues } from './entry-queues.js';
import { QueuePlaces } from './queue-places.js';

@Module({
  controllers: [EntryQueueController],
  providers: [EntryQueues, QueuePlaces, EntryGate],
  exports: [EntryGate],
})
export class EntryQueueModule {}
