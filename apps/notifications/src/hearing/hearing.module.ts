import { Module } from '@nestjs/common';
import { ContactsModule } from '../contacts/contacts.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { SendingModule } from '../sending/sending.module.js';
import { EditionsConsumer } from './editions.consumer.js';
import { PeopleConsumer } from './people.consumer.js';
import { TriggersConsumer } from './triggers.consumer.js';

@Module({
  imports: [ContactsModule, DeliveriesModule, SendingModule],
  controllers: [EditionsConsumer, PeopleConsumer, TriggersConsumer],
})
export class HearingModule {}
