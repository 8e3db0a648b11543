import { Module } from '@nestjs/common';
import { ContactsModule } from '../contacts/contacts.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { InboxModule } from '../inbox/inbox.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { EditionsConsumer } from './editions.consumer.js';
import { PeopleConsumer } from './people.consumer.js';
import { TriggersConsumer } from './triggers.consumer.js';

@Module({
  imports: [ContactsModule, DeliveriesModule, InboxModule, RemindersModule],
  controllers: [EditionsConsumer, PeopleConsumer, TriggersConsumer],
})
export class HearingModule {}
