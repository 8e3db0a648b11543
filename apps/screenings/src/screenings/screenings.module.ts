import { Module } from '@nestjs/common';
import { CreateScreening } from './create-screening.js';
import { MoveScreening } from './move-screening.js';
import { ScreeningsController } from './screenings.controller.js';
import { ScreeningsQueries } from './screenings.queries.js';
import { SpeakScreenings } from './speak-screenings.js';

@Module({
  controllers: [ScreeningsController],
  providers: [CreateScreening, MoveScreening, ScreeningsQueries, SpeakScreenings],
  exports: [ScreeningsQueries, SpeakScreenings],
})
export class ScreeningsModule {}
