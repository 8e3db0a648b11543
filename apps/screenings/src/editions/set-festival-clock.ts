import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { FestivalClockView } from '#libs/contracts';
import { type Clock, festivalTime } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK, type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { EditionRow } from './edition.entity.js';
import { clockStandsStill, editionUnknown } from './edition.refusals.js';
import { SpeakEdition } from './speak-edition.js';

/** Moves an edition's festival time, in development and test; the new offset is told to every service. */
@Injectable()
export class SetFestivalClock implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly speak: SpeakEdition,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A festival that really happens must not run on a moved clock: the boot refuses one. */
  async onModuleInit(): Promise<void> {
    if (this.settings.SEANS_ENV !== 'production') return;
    const moved = await this.database
      .query<{ id: string }>('SELECT id FROM edition WHERE offset_ms <> 0')
      .catch(() => []);
    if (moved.length > 0) throw new Error(`festival time of ${moved.map((row) => row.id).join(', ')} is moved`);
  }

  execute(command: { editionId: string; now: Date }): Promise<FestivalClockView> {
    if (this.settings.SEANS_ENV === 'production') throw clockStandsStill();
    return this.database.transaction(async (tx) => {
      const edition = await tx.findOne(EditionRow, {
        where: { id: command.editionId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!edition) throw editionUnknown({ editionId: command.editionId });
      edition.offsetMs = command.now.getTime() - this.clock.now().getTime();
      edition.version += 1;
      await tx.update(EditionRow, { id: edition.id }, { offsetMs: edition.offsetMs, version: edition.version });
      await this.speak.clockSet(tx, edition);
      return {
        editionId: edition.id,
        offsetMs: edition.offsetMs,
        now: festivalTime(this.clock.now(), edition.offsetMs).toISOString(),
        timezone: edition.timezone,
      };
    });
  }
}
