import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { EditionRecorded, FestivalClockSet, type Received } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { Editions } from '../editions/editions.js';

/** What screenings tells: the days of an edition and its festival time. */
@Controller()
export class ProgrammeConsumer {
  constructor(private readonly editions: Editions) {}

  @EventPattern<string>(EditionRecorded.type)
  async edition(@Payload() told: Received<typeof EditionRecorded>, @Ctx() { tx }: EventContext): Promise<void> {
    await this.editions.recorded(tx, told);
  }

  @EventPattern<string>(FestivalClockSet.type)
  async clock(@Payload() told: Received<typeof FestivalClockSet>, @Ctx() { tx }: EventContext): Promise<void> {
    await this.editions.clockSet(tx, told);
  }
}
