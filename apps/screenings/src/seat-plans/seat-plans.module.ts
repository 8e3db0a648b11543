import { Module } from '@nestjs/common';
import { RecordSeatPlan } from './record-seat-plan.js';
import { SeatPlansController } from './seat-plans.controller.js';
import { SeatPlansQueries } from './seat-plans.queries.js';

@Module({
  controllers: [SeatPlansController],
  providers: [SeatPlansQueries, RecordSeatPlan],
  exports: [RecordSeatPlan],
})
export class SeatPlansModule {}
