import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { SECOND } from '#libs/kernel';
import { LOGGER } from '#libs/service-defaults';
import { DrawBatch } from './draw-batch.js';

const EVERY_MS = SECOND;

/** Draws the batches that wait, one at a time, and forgets old ones; another process takes over what this one leaves when it dies. */
@Injectable()
export class DrawBatches implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running?: Promise<unknown>;
  private stopping = false;

  constructor(
    private readonly batches: DrawBatch,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.round()
        .catch((error: unknown) => this.log.warn({ err: error }, 'a batch of badges could not be drawn'))
        .finally(() => {
          this.running = undefined;
        });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns how many batches were drawn */
  async round(): Promise<number> {
    await this.batches.forgetOld();
    let drawn = 0;
    while (!this.stopping && (await this.batches.next(() => this.stopping))) drawn++;
    return drawn;
  }
}
