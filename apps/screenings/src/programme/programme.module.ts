import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { ScreeningsModule } from '../screenings/screenings.module.js';
import { SeatPlansModule } from '../seat-plans/seat-plans.module.js';
import { ImportProgramme } from './import-programme.js';
import { ProgrammeController } from './programme.controller.js';
import { ProgrammeQueries } from './programme.queries.js';

@Module({
  imports: [EditionsModule, SeatPlansModule, ScreeningsModule],
  controllers: [ProgrammeController],
  providers: [ImportProgramme, ProgrammeQueries],
  exports: [ProgrammeQueries, SeatPlansModule],
})
export class ProgrammeModule {}
