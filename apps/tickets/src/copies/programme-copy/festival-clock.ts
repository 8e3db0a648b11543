import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Clock, festivalTime, onceItSucceeds } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';

/** How soon a step of the clock is known in every process: a paired device must see it within a second. */
const LOOK_MS = 400;

/** Festival time of each edition: machine time plus the offset that screenings told us. */
@Injectable()
export class FestivalClock implements OnApplicationShutdown {
  private offsets = new Map<string, number>();
  private readonly loaded = onceItSucceeds(() => this.load());
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.timer = setInterval(() => void this.load().catch(() => undefined), LOOK_MS).unref();
  }

  async now(edition: string): Promise<Date> {
    await this.loaded();
    return festivalTime(this.clock.now(), this.offsets.get(edition) ?? 0);
  }

  /** What is added to machine time, ms. */
  async offset(edition: string): Promise<number> {
    await this.loaded();
    return this.offsets.get(edition) ?? 0;
  }

  async load(): Promise<void> {
    const rows = await this.database.hot<{ edition: string; offset: string }>(
      'festival-clock',
      'SELECT edition_id AS edition, offset_ms AS offset FROM festival_clock',
      [],
    );
    this.offsets = new Map(rows.map((row) => [row.edition, Number(row.offset)]));
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
