import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '#libs/service-defaults';
import { HoldStoreState } from './hold-store-state.js';
import { ReconcileSeats } from './reconcile-seats.js';
import { Switchboards } from './switchboards.js';

const TICK_MS = 1_000;
/** Redis is given up after this many silent looks, and trusted again after as many good ones. */
const SURE = 2;
/** Each screening is compared at least this often even when nothing seemed wrong. */
const SWEEP_MS = 30_000;

/** Steps 7 and 8, each second: is this the Redis that we knew, and does it answer at all? */
@Injectable()
export class WatchHoldStore implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private silent = 0;
  private good = 0;
  private sweptAt = 0;
  private busy = false;

  constructor(
    private readonly state: HoldStoreState,
    private readonly switchboards: Switchboards,
    private readonly reconcile: ReconcileSeats,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.tick(), TICK_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async tick(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.look();
    } catch (error) {
      this.logger.warn({ err: error }, 'hold store watch');
    } finally {
      this.busy = false;
    }
  }

  private async look(): Promise<void> {
    if (!(await this.state.meet())) {
      this.good = 0;
      if (++this.silent >= SURE) await this.state.silent();
      return;
    }
    this.silent = 0;
    if (++this.good >= SURE) await this.state.steady();
    for (const screening of this.reconcile.takeSuspects()) await this.compare(screening);
    if (Date.now() - this.sweptAt > SWEEP_MS) {
      this.sweptAt = Date.now();
      for (const board of this.switchboards.known()) if (board.onSale) await this.compare(board.screeningId);
    }
  }

  private async compare(screening: string): Promise<void> {
    await this.reconcile.execute(screening).catch((error) => {
      this.logger.debug({ err: error, screening }, 'reconcile');
      this.reconcile.suspect(screening);
    });
  }
}
