import { Module } from '@nestjs/common';
import { ProgrammeModule } from '../programme/programme.module.js';
import { ScreeningsModule } from '../screenings/screenings.module.js';
import { EditionCalendar } from './edition-calendar.js';
import { PublicOutputsController } from './public-outputs.controller.js';

@Module({
  imports: [ProgrammeModule, ScreeningsModule],
  controllers: [PublicOutputsController],
  providers: [EditionCalendar],
})
export class PublicOutputsModule {}
