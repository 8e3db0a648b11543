import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '#libs/service-defaults';
import { DriveMove } from './drive-move.js';
import { MovesQueries } from './moves.queries.js';

const LOOK_MS = 1_000;

/** Asks tickets again for what a move waits for, settles what can't be undone any more, gives up what nobody confirmed. */
@Injectable()
export class MovesJob implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  constructor(
    private readonly moves: MovesQueries,
    private readonly drive: DriveMove,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look()
        .catch((error) => this.logger.warn({ err: error }, 'moves'))
        .finally(() => {
          this.looking = undefined;
        });
    }, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  async look(): Promise<void> {
    for (const { id, what } of await this.moves.due())
      await this.drive[what](id).catch((error) => this.logger.warn({ err: error, move: id }, 'a move waits'));
  }
}
