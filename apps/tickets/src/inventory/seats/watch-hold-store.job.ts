import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { ReconcileSeats } from './reconcile-seats.js';
import { SeatStatesStore } from './seat-states.store.js';
import { Switchboards } from './switchboards.js';

const TICK_MS = 1_000;
/** Redis is given up after this many silent looks, and trusted again after as many good ones. */
const SURE = 2;
/** Each screening is compared at least this often even when nothing seemed wrong. */
const SWEEP_MS = 30_000;

/**
 * Steps 7 and 8, each second: is this the Redis that we knew, and does it answer at all? A different run or replication
 * history bumps every epoch; silence switches the holds to PostgreSQL, at least 10 s between switches.
 */
@Injectable()
export class WatchHoldStore implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private silent = 0;
  private good = 0;
  private sweptAt = 0;
  private busy = false;

  constructor(
    private readonly database: Database,
    private readonly store: SeatStatesStore,
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
    const identity = await this.store.identity().catch(() => undefined);
    if (identity === undefined) {
      this.good = 0;
      if (++this.silent >= SURE) await this.switchTo('postgres');
      return;
    }
    this.silent = 0;
    await this.recognise(identity);
    if (++this.good >= SURE) await this.switchTo('redis');
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

  /** One process wins the compare-and-set and bumps the epochs; every process then forgets its switchboards. */
  private async recognise(identity: string): Promise<void> {
    const changed = await this.database.query<{ first: boolean }>(
      `WITH before AS (SELECT identity FROM hold_store_state FOR UPDATE),
            seen AS (UPDATE hold_store_state s SET identity = $1 FROM before b WHERE b.identity <> $1 RETURNING b.identity = '' AS first),
            raised AS (UPDATE inventory SET epoch = epoch + 1 WHERE EXISTS (SELECT 1 FROM seen WHERE NOT first) RETURNING 1)
       SELECT first FROM seen`,
      [identity],
    );
    if (changed.length > 0 && !changed[0]?.first) {
      this.logger.warn('another Redis than before: every seat state is rebuilt');
      this.switchboards.forgetAll();
    }
  }

  private async switchTo(store: 'redis' | 'postgres'): Promise<void> {
    const switched = await this.database.query(
      `WITH switched AS (UPDATE hold_store_state SET store = $1, switched_at = clock_timestamp()
                          WHERE store <> $1 AND switched_at < clock_timestamp() - interval '10 seconds' RETURNING 1),
            raised AS (UPDATE inventory SET hold_store = $1, epoch = epoch + 1 WHERE EXISTS (SELECT 1 FROM switched) RETURNING 1)
       SELECT 1 FROM switched`,
      [store],
    );
    if (switched.length === 0) return;
    this.logger.warn({ store }, 'holds are kept elsewhere now');
    this.switchboards.forgetAll();
  }
}
