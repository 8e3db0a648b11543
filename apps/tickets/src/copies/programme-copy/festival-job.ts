import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';

/**
 * Work that falls due in festival time: looked for again and again while the process lives, one look at a time, and a
 * stop waits for the look under way. A look that fails is reported and the next one does the work.
 */
@Injectable()
export abstract class FestivalJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  /** @param everyMs machine time between two looks */
  protected constructor(
    private readonly what: string,
    private readonly everyMs: number,
    protected readonly logger: Logger,
  ) {}

  /** Does what is due now. */
  abstract look(): Promise<void>;

  /** Does each piece of work by itself: one that fails is reported, and the others are done. */
  protected async each<T>(pieces: readonly T[], work: (piece: T) => Promise<void>): Promise<void> {
    for (const piece of pieces) await work(piece).catch((error) => this.logger.warn({ err: error, piece }, this.what));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look()
        .catch((error) => this.logger.warn({ err: error }, this.what))
        .finally(() => {
          this.looking = undefined;
        });
    }, this.everyMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }
}
