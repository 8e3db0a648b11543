import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { PersonRecorded, type Received } from '#libs/contracts';
import { type EventContext, tombstoneOf } from '#libs/messaging';
import { RecordContact } from '../contacts/record-contact.js';
import { Wakening } from '../deliveries/wakening.js';

/** How people can be reached, and that somebody must be forgotten. */
@Controller()
export class PeopleConsumer {
  constructor(
    private readonly contacts: RecordContact,
    private readonly wakening: Wakening,
  ) {}

  @EventPattern<string>(PersonRecorded.type)
  async recorded(@Payload() told: Received<typeof PersonRecorded>, @Ctx() context: EventContext): Promise<void> {
    await this.contacts.within(context.tx, told);
    context.afterCommit(() => this.wakening.call());
  }

  @EventPattern<string>(tombstoneOf('people'))
  async erased(@Payload() told: Received, @Ctx() { tx }: EventContext): Promise<void> {
    await this.contacts.erase(tx, told.aggregate, told.version);
  }
}
