import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Gauge, Registry } from 'prom-client';
import { Health, LOGGER } from '#libs/service-defaults';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { HoldStoreState } from './hold-store-state.js';
import { INVENTORY } from './inventory.port.js';
import { PgInventory } from './pg-inventory.js';
import { RebuildSeats } from './rebuild-seats.js';
import { ReconcileSeats } from './reconcile-seats.js';
import { SeatMap } from './seat-map.js';
import { SeatStatesStore } from './seat-states.store.js';
import { SeatStreams } from './seat-streams.js';
import { SeatsController } from './seats.controller.js';
import { Switchboards } from './switchboards.js';
import { WatchHoldStore } from './watch-hold-store.job.js';

/** A call that Redis does not answer in this time is given up: the database decides without it. */
const COMMAND_TIMEOUT_MS = 1_500;

/** Redis as tickets wants it: no queue while it is away, no endless retry of one command, quick to come back. */
export function connectRedis(url: string): Redis {
  return new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(50 * times, 500),
    lazyConnect: false,
  });
}

@Injectable()
class RedisConnection implements OnApplicationShutdown {
  constructor(
    readonly redis: Redis,
    health: Health,
    metrics: Registry,
    @Inject(LOGGER) logger: Logger,
  ) {
    const up = new Gauge({ name: 'redis_up', help: '1 while the hold store answers', registers: [metrics] });
    redis.on('ready', () => up.set(1));
    redis.on('error', (error) => {
      up.set(0);
      logger.debug({ err: error }, 'redis connection');
    });
    health.addPart(async () => ({ name: 'redis', ok: redis.status === 'ready' }));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}

@Module({})
export class SeatsModule {
  static for(redisUrl: string, role: { jobs: boolean }): DynamicModule {
    const redis = connectRedis(redisUrl);
    return {
      module: SeatsModule,
      global: true,
      imports: [ProgrammeCopyModule],
      controllers: [SeatsController],
      providers: [
        { provide: Redis, useValue: redis },
        { provide: SeatStatesStore, useValue: new SeatStatesStore(redis) },
        { provide: INVENTORY, useClass: PgInventory },
        RedisConnection,
        Switchboards,
        HoldStoreState,
        RebuildSeats,
        ReconcileSeats,
        SeatMap,
        SeatStreams,
        ...(role.jobs ? [WatchHoldStore] : []),
      ],
      exports: [INVENTORY, SeatStatesStore, Switchboards, HoldStoreState, RebuildSeats, ReconcileSeats, SeatMap],
    };
  }
}
