import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { AccreditationFeePaid, LostBadgeShown, type Received } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { PayApplication } from '../applications/pay-application.js';
import { RecordAlert } from '../badges/record-alert.js';

/** What tickets tells: that a fee was paid, and that a lost badge was shown at a door. */
@Controller()
export class TicketsConsumer {
  constructor(
    private readonly pay: PayApplication,
    private readonly alerts: RecordAlert,
  ) {}

  @EventPattern<string>(AccreditationFeePaid.type)
  async paid(@Payload() { data }: Received<typeof AccreditationFeePaid>, @Ctx() { tx }: EventContext): Promise<void> {
    await this.pay.within(tx, { applicationId: data.applicationId, orderId: data.orderId });
  }

  @EventPattern<string>(LostBadgeShown.type)
  async lostShown(@Payload() { data }: Received<typeof LostBadgeShown>, @Ctx() { tx }: EventContext): Promise<void> {
    await this.alerts.within(tx, { ...data, at: new Date(data.at) });
  }
}
