import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { BadgesModule } from '../badges/badges.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { PeopleConsumer } from './people.consumer.js';
import { ProgrammeConsumer } from './programme.consumer.js';
import { TicketsConsumer } from './tickets.consumer.js';

@Module({
  imports: [EditionsModule, BadgesModule, ApplicationsModule, PrivacyModule],
  controllers: [ProgrammeConsumer, PeopleConsumer, TicketsConsumer],
})
export class HearingModule {}
