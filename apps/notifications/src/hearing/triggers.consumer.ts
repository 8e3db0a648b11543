import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Received } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { QueueDelivery } from '../deliveries/queue-delivery.js';
import { SendDeliveriesJob } from '../sending/send-deliveries.job.js';
import { TRIGGERS, triggerOf } from '../triggers/trigger.rules.js';

/** Everything that somebody gets a mail about. */
@Controller()
export class TriggersConsumer {
  constructor(
    private readonly deliveries: QueueDelivery,
    private readonly sender: SendDeliveriesJob,
  ) {}

  @EventPattern<string[]>(TRIGGERS.map(({ type }) => type))
  async happened(@Payload() told: Received, @Ctx() context: EventContext): Promise<void> {
    const trigger = triggerOf(told.type);
    if (!trigger) throw new Error(`${told.type} has no trigger`);
    if (trigger.silent(told.data)) return;
    await this.deliveries.within(context.tx, {
      fact: told.fact,
      personId: trigger.recipient(told.data),
      template: trigger.template,
      deliveryClass: trigger.deliveryClass,
      key: trigger.key(told.data),
      language: trigger.language(told.data),
      data: told.data,
    });
    context.afterCommit(() => this.sender.wake());
  }
}
