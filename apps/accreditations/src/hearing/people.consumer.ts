import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Logger } from 'pino';
import type { Received } from '#libs/contracts';
import { type EventContext, tombstoneOf } from '#libs/messaging';
import { LOGGER } from '#libs/service-defaults';
import { ErasePerson } from '../privacy/erase-person.js';

/** Names and addresses on `people` are no business of this service; that somebody must be forgotten is. */
@Controller()
export class PeopleConsumer {
  constructor(
    private readonly erase: ErasePerson,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @EventPattern<string>(tombstoneOf('people'))
  async erased(@Payload() { aggregate }: Received, @Ctx() context: EventContext): Promise<void> {
    const papers = await this.erase.within(context.tx, aggregate);
    context.afterCommit(() => {
      this.erase
        .removeFiles(papers)
        .catch((error: unknown) =>
          this.log.error({ err: error, papers }, 'papers of an erased person are still there'),
        );
    });
  }
}
