import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { noSmallDisks, SmallDisk } from '../house/small-disk.js';
import type { Sale } from '../house/stock.js';
import { type Stage, until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const FULL_MS = 6_000;
const PATIENCE_MS = 60_000;
const never = () => false;

/** What there is no room in, and what makes room again. */
interface Full {
  what: string;
  fill(stage: Stage): Promise<() => Promise<void>>;
  /** People buy all the same. */
  sales: boolean;
}

const REDIS: Full = {
  what: 'Redis',
  sales: true,
  fill: async ({ house }) => {
    const redis = new Redis(house.at.redis, '127.0.0.1', { maxRetriesPerRequest: 3 });
    redis.on('error', () => undefined);
    // Less than it uses: with noeviction every write is refused.
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await redis.config('SET', 'maxmemory', '1kb');
    return async () => {
      await redis.config('SET', 'maxmemory', '0');
      redis.disconnect();
    };
  },
};

const POSTGRES: Full = {
  what: 'the disk of PostgreSQL',
  sales: false,
  fill: async ({ house }) => {
    const disk = await house.interrupt('postgres', SmallDisk.under);
    await house.calm();
    disk.fill();
    return async () => disk.free();
  },
};

const KAFKA: Full = {
  what: 'the disk of Kafka',
  sales: true,
  fill: async ({ house }) => {
    const disk = await house.interrupt('kafka', SmallDisk.under);
    await house.calm();
    disk.fill();
    return async () => disk.free();
  },
};

/** Everybody is told no or buys, as it must be; and when there is room again, all is as before by itself. */
async function full(stage: Stage, sale: Sale, size: number, { what, fill, sales }: Full): Promise<void> {
  const { house } = stage;
  const overMs = FULL_MS * (1 + size);
  const crowd = stage.crowd(stage.shop(90_000 + overMs), {
    name: what.replaceAll(' ', '-').toLowerCase(),
    buyers: Math.round(25 + 25 * size),
    overMs: 2 * overMs,
    sales: [sale],
    fates: PEOPLE,
  });
  await meanwhile(crowd, async () => {
    const free = await fill(stage);
    house.fault(`${what} is full`);
    const before = stage.count('order', 201);
    const refused = stage.count('order', 503) + stage.count('hold', 503);
    await wait(overMs);
    if (sales) await until(() => stage.count('order', 201) > before + 2, never, PATIENCE_MS);
    const orders = stage.count('order', 201) - before;
    const no = stage.count('order', 503) + stage.count('hold', 503) - refused;
    stage.note(`while ${what} was full ${orders} orders were placed and ${no} were refused`);
    await free();
    if (sales) demand(orders > 2, `only ${orders} orders were placed while ${what} was full`);
    else demand(no > 0, `nobody noticed that ${what} was full`);
    const after = stage.count('order', 201);
    const back = await until(() => stage.count('order', 201) > after + 2, never, PATIENCE_MS);
    demand(back, `hardly anybody bought when ${what} had room again`);
  });
}

/** S14: no room in Redis, then on PostgreSQL's disk, then on Kafka's. */
export const s14: Scenario = {
  id: 'S14',
  title: 'no room: Redis at its limit, PostgreSQL’s disk full, Kafka’s disk full, while sales go on',
  full: 3,
  ci: false,
  impossible: noSmallDisks,
  async run(stage, size) {
    const halls = await stage.sell(...Array.from({ length: 3 }, () => ({ seats: Math.round(80 + 60 * size) })));
    for (const [n, one] of [REDIS, POSTGRES, KAFKA].entries()) {
      await full(stage, halls[n]!, size, one);
      const left = await stage.rest();
      demand(left.length === 0, `after ${one.what} had room again ${left.join(', ')}`);
    }
  },
};
