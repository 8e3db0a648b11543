import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '#libs/service-defaults';
import { FiscalRegister } from './fiscal-register.js';
import { RecordFiscalReceipts } from './record-fiscal-receipts.js';

const TICK_MS = 1_000;
const MOST = 50;

/** Registers what is queued, and looks after the counter's register. */
@Injectable()
export class FiscalReceiptsJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private working?: Promise<void>;

  constructor(
    private readonly record: RecordFiscalReceipts,
    private readonly register: FiscalRegister,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.working ??= this.tick().finally(() => {
        this.working = undefined;
      });
    }, TICK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  async tick(): Promise<void> {
    try {
      while ((await this.record.execute(MOST)) === MOST);
      await this.register.lookAfter();
    } catch (error) {
      this.logger.warn({ err: error }, 'fiscal receipts job');
    }
  }
}
