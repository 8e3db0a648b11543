import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { EditionRecorded, FestivalClockSet, type Received, ScreeningRecorded, SeatPlanRecorded } from '#libs/contracts';
import type { EventContext } from '#libs/messaging';
import { HearScreening } from '../afterwards/seating-moves/hear-screening.js';
import { FestivalClock } from '../copies/programme-copy/festival-clock.js';
import { RecordProgramme } from '../copies/programme-copy/record-programme.js';
import { BlockPolicies } from '../inventory/allocations/blocks/block-policies.js';
import { SeatMap } from '../inventory/seats/seat-map.js';
import { Switchboards } from '../inventory/seats/switchboards.js';

/** What screenings tells: the copy and its consequences commit together. */
@Controller()
export class ScreeningsConsumer {
  constructor(
    private readonly record: RecordProgramme,
    private readonly heard: HearScreening,
    private readonly clock: FestivalClock,
    private readonly switchboards: Switchboards,
    private readonly map: SeatMap,
    private readonly policies: BlockPolicies,
  ) {}

  @EventPattern<string>(EditionRecorded.type)
  async edition(@Payload() told: Received<typeof EditionRecorded>, @Ctx() context: EventContext): Promise<void> {
    await this.record.edition(context.tx, told);
    context.afterCommit(() => void this.clock.load());
  }

  @EventPattern<string>(FestivalClockSet.type)
  async festivalClock(@Payload() told: Received<typeof FestivalClockSet>, @Ctx() context: EventContext): Promise<void> {
    await this.record.clock(context.tx, told);
    context.afterCommit(() => void this.clock.load());
  }

  @EventPattern<string>(SeatPlanRecorded.type)
  async seatPlan(@Payload() told: Received<typeof SeatPlanRecorded>, @Ctx() { tx }: EventContext): Promise<void> {
    await this.record.plan(tx, told.data);
  }

  @EventPattern<string>(ScreeningRecorded.type)
  async screening(@Payload() told: Received<typeof ScreeningRecorded>, @Ctx() context: EventContext): Promise<void> {
    const applied = await this.heard.within(context.tx, told);
    const kept = applied ? await this.policies.within(context.tx, told.data) : [];
    context.afterCommit(() => {
      void this.policies.told(kept);
      void this.switchboards.read(told.data.screeningId).catch(() => undefined);
      this.map.touch(told.data.screeningId);
    });
  }
}
