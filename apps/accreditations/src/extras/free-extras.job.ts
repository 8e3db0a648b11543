import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { SECOND } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { Extras } from './extras.js';

const EVERY_MS = 15 * SECOND;

/** Gives on the places at events whose holders lost their badges for good. */
@Injectable()
export class FreeExtras implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running?: Promise<unknown>;

  constructor(
    private readonly database: Database,
    private readonly extras: Extras,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.round()
        .catch((error: unknown) => this.log.warn({ err: error }, 'places of ended badges could not be freed'))
        .finally(() => {
          this.running = undefined;
        });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns how many places became free */
  async round(): Promise<number> {
    const due = await this.database.query<{ editionId: string; extraId: string }>(
      `SELECT DISTINCT r.edition_id AS "editionId", r.extra_id AS "extraId" FROM extra_request r
        WHERE r.state = 'granted'
          AND NOT EXISTS (SELECT 1 FROM badge b WHERE b.edition_id = r.edition_id AND b.person_id = r.person_id
                             AND b.state IN ('live', 'suspended'))`,
    );
    let freed = 0;
    for (const extra of due) freed += await this.database.transaction((tx) => this.extras.freeEnded(tx, extra));
    return freed;
  }
}
