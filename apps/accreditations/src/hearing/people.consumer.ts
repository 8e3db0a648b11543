import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Received } from '#libs/contracts';
import { type EventContext, tombstoneOf } from '#libs/messaging';
import { ErasePerson } from '../privacy/erase-person.js';

/** Names and addresses on `people` are no business of this service; that somebody must be forgotten is. */
@Controller()
export class PeopleConsumer {
  constructor(private readonly erase: ErasePerson) {}

  @EventPattern<string>(tombstoneOf('people'))
  async erased(@Payload() { aggregate }: Received, @Ctx() context: EventContext): Promise<void> {
    await this.erase.within(context.tx, aggregate);
  }
}
