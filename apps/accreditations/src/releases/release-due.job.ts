import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Clock, SECOND } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK, LOGGER } from '#libs/service-defaults';
import { CarryOutRelease } from './carry-out-release.js';

const EVERY_MS = SECOND;

/** Lets a release go at its time, by festival time; a crash in the middle leaves nothing of it, and it goes again. */
@Injectable()
export class ReleaseDue implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running?: Promise<unknown>;

  constructor(
    private readonly database: Database,
    private readonly carryOut: CarryOutRelease,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.round()
        .catch((error: unknown) => this.log.error({ err: error }, 'decisions could not be released'))
        .finally(() => {
          this.running = undefined;
        });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns how many releases went */
  async round(): Promise<number> {
    const due = await this.database.query<{ id: string }>(
      `SELECT r.id FROM release r LEFT JOIN festival_clock c ON c.edition_id = r.edition_id
        WHERE r.state = 'prepared'
          AND r.release_at <= $1::timestamptz + coalesce(c.offset_ms, 0) * interval '1 millisecond' ORDER BY r.release_at`,
      [this.clock.now()],
    );
    let went = 0;
    for (const { id } of due) if (await this.goes(id)) went++;
    return went;
  }

  /** One that can't go holds up no other; it is tried again. */
  private goes(id: string): Promise<boolean> {
    return this.carryOut.ifDue(id).catch((error: unknown) => {
      this.log.error({ err: error, releaseId: id }, 'a release could not go at its time');
      return false;
    });
  }
}
