import { Module } from '@nestjs/common';
import { ImportSeatPlan } from './import-seat-plan.js';
import { RecordSeatPlan } from './record-seat-plan.js';
import { SeatPlansController } from './seat-plans.controller.js';
import { SeatPlansQueries } from './seat-plans.queries.js';

@Module({
  controllers: [SeatPlansController],
  providers: [SeatPlansQueries, ImportSeatPlan, RecordSeatPlan],
  exports: [RecordSeatPlan, SeatPlansQueries],
})
export class SeatPlansModule {}
