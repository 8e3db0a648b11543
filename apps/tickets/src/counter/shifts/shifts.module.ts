import { Module } from '@nestjs/common';
import { ShiftsController } from './shifts.controller.js';
import { ShiftsQueries } from './shifts.queries.js';
import { WorkShift } from './work-shift.js';

@Module({ controllers: [ShiftsController], providers: [ShiftsQueries, WorkShift], exports: [ShiftsQueries] })
export class ShiftsModule {}
