import { Module } from '@nestjs/common';
import { EditionsController } from './editions.controller.js';
import { EditionsQueries } from './editions.queries.js';
import { SetFestivalClock } from './set-festival-clock.js';
import { SpeakEdition } from './speak-edition.js';

@Module({
  controllers: [EditionsController],
  providers: [EditionsQueries, SetFestivalClock, SpeakEdition],
  exports: [EditionsQueries, SpeakEdition],
})
export class EditionsModule {}
