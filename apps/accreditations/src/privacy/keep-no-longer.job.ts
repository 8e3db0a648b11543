import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Nap } from '#libs/messaging';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import { KeepNoLonger } from './keep-no-longer.js';

/** Looks now and then for what is kept no longer; days are what counts, so an hour late is in time. */
@Injectable()
export class KeepNoLongerJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly keep: KeepNoLonger,
    @Inject(SETTINGS) private readonly settings: AccreditationsSettings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.nap.sleep(this.settings.RETENTION_LOOK_SECONDS * 1_000);
      if (this.stopping) return;
      await this.keep.execute().catch((error: unknown) => this.log.warn({ err: error }, 'retention waits'));
    }
  }
}
