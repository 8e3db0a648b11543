import { Module } from '@nestjs/common';
import { BounceListener } from './bounce-listener.js';
import { BouncesController } from './bounces.controller.js';
import { RecordBounce } from './record-bounce.js';
import { RecordRefusal } from './record-refusal.js';

@Module({
  controllers: [BouncesController],
  providers: [BounceListener, RecordBounce, RecordRefusal],
  exports: [RecordRefusal],
})
export class BouncesModule {}
