import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Received } from '#libs/contracts';
import { type EventContext, tombstoneOf } from '#libs/messaging';
import { AnswerInvitation } from '../inventory/allocations/invitations/answer-invitation.js';

/** Somebody must be forgotten. Tickets keeps ids; the only names it has are those on invitation lists. */
@Controller()
export class PeopleConsumer {
  constructor(private readonly invitations: AnswerInvitation) {}

  @EventPattern<string>(tombstoneOf('people'))
  async erased(@Payload() told: Received, @Ctx() { tx }: EventContext): Promise<void> {
    await this.invitations.forget(tx, told.aggregate);
  }
}
