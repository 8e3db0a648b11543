import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { EditionRecorded, FestivalClockSet, type Received, ScreeningRecorded } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { RecordEdition } from '../deliveries/record-edition.js';
import { RemindJob } from '../reminders/remind.job.js';
import { TrackVisits } from '../reminders/track-visits.js';

/** Which edition is only rehearsed, what its clock shows, and when its screenings begin. */
@Controller()
export class EditionsConsumer {
  constructor(
    private readonly editions: RecordEdition,
    private readonly visits: TrackVisits,
    private readonly reminders: RemindJob,
  ) {}

  @EventPattern<string>(EditionRecorded.type)
  async recorded(@Payload() told: Received<typeof EditionRecorded>, @Ctx() context: EventContext): Promise<void> {
    await this.editions.within(context.tx, told);
    context.afterCommit(() => this.reminders.wake());
  }

  @EventPattern<string>(FestivalClockSet.type)
  async clock(@Payload() told: Received<typeof FestivalClockSet>, @Ctx() context: EventContext): Promise<void> {
    await this.editions.clockSet(context.tx, told);
    context.afterCommit(() => this.reminders.wake());
  }

  @EventPattern<string>(ScreeningRecorded.type)
  async screening(@Payload() told: Received<typeof ScreeningRecorded>, @Ctx() context: EventContext): Promise<void> {
    await this.visits.screening(context.tx, told);
    context.afterCommit(() => this.reminders.wake());
  }
}
