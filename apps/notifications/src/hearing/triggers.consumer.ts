import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { isNobody, type Received } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { QueueDelivery } from '../deliveries/queue-delivery.js';
import { Wakening } from '../deliveries/wakening.js';
import { InboxStreams } from '../inbox/inbox-streams.js';
import { TrackVisits } from '../reminders/track-visits.js';
import { HEARD_TYPES, triggersOf } from '../triggers/trigger.rules.js';

/** Everything that somebody is told about, and what it means for reminders. */
@Controller()
export class TriggersConsumer {
  constructor(
    private readonly deliveries: QueueDelivery,
    private readonly visits: TrackVisits,
    private readonly wakening: Wakening,
    private readonly inboxes: InboxStreams,
  ) {}

  @EventPattern<string[]>([...HEARD_TYPES])
  async happened(@Payload() told: Received, @Ctx() context: EventContext): Promise<void> {
    await this.visits.within(context.tx, told);
    for (const trigger of triggersOf(told.type)) {
      if (trigger.silent(told.data)) continue;
      for (const personId of trigger.recipients(told.data).filter((person) => !isNobody(person)))
        await this.deliveries.within(context.tx, {
          fact: told.fact,
          happenedAt: told.time,
          version: told.version,
          personId,
          trigger,
          key: trigger.key(told.data),
          language: trigger.language(told.data),
          data: told.data,
        });
    }
    context.afterCommit(() => {
      this.wakening.call();
      this.inboxes.wake();
    });
  }
}
