import { Redis } from 'ioredis';
import type { Stage } from '../stage.js';
import { until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const HOLDS_BETWEEN = 4;
const never = () => false;

/** Everything that Redis keeps, as it stands. */
async function picture(redis: Redis): Promise<[key: string, dump: Buffer][]> {
  const keys = await redis.keys('*');
  const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  return keys.flatMap((key, n) => (dumps[n] ? [[key, dumps[n]] as [string, Buffer]] : []));
}

/**
 * Another server takes over, and what it knows is old: holds and marks from before, under epochs that may still be right.
 * Nobody reaches it before it knows them.
 */
async function failOver(stage: Stage, redis: Redis, old: readonly [string, Buffer][]): Promise<void> {
  const { house } = stage;
  for (const link of house.links.redis) link.set({ cut: true });
  house.kill('redis');
  await until(() => house.running('redis'), never);
  await until(
    () =>
      redis.ping().then(
        () => true,
        () => false,
      ),
    never,
  );
  for (const [key, dump] of old) await redis.restore(key, 0, dump, 'REPLACE');
  house.fault('Redis taken over by a stale replica');
  for (const link of house.links.redis) link.heal();
}

/** S3: Redis forgets everything without dying, and a replica takes over that had not heard the last of it. */
export const s3: Scenario = {
  id: 'S3',
  title: 'FLUSHALL at random, and a stale replica that takes Redis over',
  full: 3.4,
  ci: false,
  async run(stage, size) {
    const { house, dice } = stage;
    const [main] = await stage.sell({ seats: Math.round(60 * size) });
    const redis = new Redis(house.at.redis, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    let flushed = 0;
    let tookOver = 0;
    try {
      const crowd = stage.crowd(stage.shop(90_000), {
        buyers: Math.round(140 * size),
        overMs: 9_000 + 5_000 * size,
        sales: [main!],
        fates: PEOPLE,
        thinkMs: 2_500,
        blind: 0.6,
        tries: 5,
      });
      await meanwhile(crowd, async (ended) => {
        const someHolds = async () => {
          const before = stage.count('hold', 201);
          await until(() => stage.count('hold', 201) > before + HOLDS_BETWEEN, ended, 8_000);
        };
        while (!ended() && flushed + tookOver < 4 + 2 * size) {
          await someHolds();
          if (ended()) return;
          if (dice.next() < 0.5 || tookOver > flushed) {
            house.fault('Redis flushed');
            await redis.flushall();
            flushed += 1;
            continue;
          }
          const old = await picture(redis);
          await someHolds();
          if (ended()) return;
          await failOver(stage, redis, old);
          tookOver += 1;
        }
      });
    } finally {
      redis.disconnect();
    }
    demand(flushed > 0 && tookOver > 0, `Redis was flushed ${flushed} times and taken over ${tookOver} times`);
  },
};
