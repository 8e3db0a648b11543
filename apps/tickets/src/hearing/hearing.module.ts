import { Module } from '@nestjs/common';
import { BadgeHoldersModule } from '../copies/badge-holders/badge-holders.module.js';
import { ProgrammeCopyModule } from '../copies/programme-copy/programme-copy.module.js';
import { AccreditationsConsumer } from './accreditations.consumer.js';
import { PeopleConsumer } from './people.consumer.js';
import { ScreeningsConsumer } from './screenings.consumer.js';

@Module({
  imports: [ProgrammeCopyModule, BadgeHoldersModule],
  controllers: [ScreeningsConsumer, AccreditationsConsumer, PeopleConsumer],
})
export class HearingModule {}
