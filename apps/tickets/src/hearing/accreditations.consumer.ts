import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Type } from 'typebox';
import {
  ApplicationAppealed,
  ApplicationDecided,
  ApplicationLapsed,
  BadgeIssued,
  BadgeRevoked,
  type EventData,
  type Received,
} from '#libs/contracts';
import { type EventContext, Hearing } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { Access, Answers, valid } from '#libs/service-defaults';
import { CancelBooking } from '../afterwards/bookings/cancel-booking.js';
import { GiveUpBookings } from '../afterwards/bookings/give-up-bookings.js';
import { RecordBadge } from '../copies/badge-holders/record-badge.js';
import type { ClaimedSeat } from '../inventory/seats/inventory.port.js';

/** The same envelope that goes through Kafka. */
const BadgeStateEnvelope = Type.Object({
  fact: Type.String({ format: 'uuid' }),
  type: Type.Literal(BadgeRevoked.type),
  aggregate: Type.String(),
  version: Type.Integer(),
  time: Type.String({ format: 'date-time' }),
  data: BadgeRevoked.data,
});
interface BadgeStateEnvelope {
  fact: string;
  type: string;
  aggregate: string;
  version: number;
  time: string;
  data: EventData<typeof BadgeRevoked>;
}

/** What accreditations tells. Ends of badges come twice, by Kafka and at once by HTTP, through one inbox. */
@Controller()
export class AccreditationsConsumer {
  constructor(
    private readonly hearing: Hearing,
    private readonly badges: RecordBadge,
    private readonly bookings: CancelBooking,
    private readonly givenUp: GiveUpBookings,
  ) {}

  @EventPattern<string>(BadgeIssued.type)
  async issued(@Payload() told: Received<typeof BadgeIssued>, @Ctx() context: EventContext): Promise<void> {
    await this.badges.issued(context.tx, told);
    const restored = await this.givenUp.restore(context.tx, told.data.accreditationId);
    context.afterCommit(() => void this.givenUp.restored(restored));
  }

  @EventPattern<string>(BadgeRevoked.type)
  async ended(@Payload() told: Received<typeof BadgeRevoked>, @Ctx() context: EventContext): Promise<void> {
    const freed = await this.apply(context.tx, told);
    context.afterCommit(() => void this.bookings.told(freed));
  }

  @EventPattern<string[]>([ApplicationDecided.type, ApplicationLapsed.type, ApplicationAppealed.type])
  async application(@Payload() told: Received, @Ctx() context: EventContext): Promise<void> {
    await this.badges.application(context.tx, told);
  }

  /** Holds the 5 seconds of a revocation while Kafka is down. */
  @Post('internal/door/badge-states')
  @HttpCode(200)
  @Access('service')
  @Answers('The gates know')
  async atOnce(@Body(valid(BadgeStateEnvelope)) body: BadgeStateEnvelope): Promise<{ applied: true }> {
    await this.hearing.hear('accreditations', [{ ...body, time: body.time }]);
    return { applied: true };
  }

  /** Revoked: its future bookings end in the same transaction. Suspended, lost or replaced: they are kept. */
  private async apply(tx: Tx, told: Received<typeof BadgeRevoked>): Promise<ClaimedSeat[]> {
    await this.badges.ended(tx, told);
    return told.data.state === 'revoked' ? this.bookings.allOf(tx, told.data.accreditationId) : [];
  }
}
