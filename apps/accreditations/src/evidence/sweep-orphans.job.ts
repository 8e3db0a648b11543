import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Clock, HOUR } from '#libs/kernel';
import { CLOCK, LOGGER } from '#libs/service-defaults';
import { EvidenceFiles } from './evidence-files.store.js';

const EVERY_MS = HOUR;
/** Longer than any upload, and any use case between the file and its row. */
const ON_ITS_WAY_MS = HOUR;

/** Removes files that a crash left behind between the store and the database, or between an erasure and the store. */
@Injectable()
export class SweepOrphans implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running?: Promise<unknown>;

  constructor(
    private readonly files: EvidenceFiles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.round()
        .catch((error: unknown) => this.log.warn({ err: error }, 'orphaned files could not be looked for'))
        .finally(() => {
          this.running = undefined;
        });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns how many files nothing belonged to */
  async round(olderThanMs = ON_ITS_WAY_MS): Promise<number> {
    const gone = await this.files.sweep(new Date(this.clock.now().getTime() - olderThanMs));
    if (gone > 0) this.log.info({ gone }, 'files that nothing belonged to were removed');
    return gone;
  }
}
