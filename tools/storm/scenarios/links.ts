import type { Sale } from '../house/stock.js';
import type { Shop } from '../load/asker.js';
import type { Buyer } from '../load/buyer.js';
import { type Stage, until } from '../stage.js';
import { demand, type Scenario } from './scenario.js';

const LATE_MS = 2_500;
const PAIRS = 12;

interface Pair {
  first: Buyer;
  second: Buyer;
  /** Both hold a token for the same seat: the second one let it go. */
  tokens?: [string, string];
}

async function pairs(stage: Stage, shop: Shop, sale: Sale, round: number): Promise<Pair[]> {
  return Promise.all(
    sale.seats.map(async (seat, n) => {
      const first = stage.buyer(shop, `first-${round}-${n}`);
      const second = stage.buyer(shop, `second-${round}-${n}`);
      const early = await second.hold(sale, [seat]);
      if (early.token) await second.drop(early.token);
      const { token } = await first.hold(sale, [seat]);
      return { first, second, ...(token && early.token && { tokens: [token, early.token] as [string, string] }) };
    }),
  );
}

function count(stage: Stage, sql: string): Promise<number> {
  return stage.house.onDatabase('tickets', async (db) => {
    const { rows } = await db.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`);
    return Number(rows[0]?.n);
  });
}

const never = () => false;

/** The second one asks again until the seat is his, or the late mark has come. */
async function insist({ second, tokens }: Pair): Promise<void> {
  for (const end = Date.now() + LATE_MS; Date.now() < end; await second.think(20, 60))
    if ((await second.order(tokens![1])).order) return;
}

/**
 * On every seat the first one gives the order up as soon as it is answered, the second one buys, and only then the first
 * one's mark arrives, where that order went through the instance whose Redis is far away.
 */
async function changeHands(stage: Stage, shop: Shop, sale: Sale, round: number): Promise<void> {
  const { house } = stage;
  await until(async () => (await count(stage, `inventory WHERE hold_store <> 'redis'`)) === 0, never);
  const ready = (await pairs(stage, shop, sale, round)).filter((pair) => pair.tokens);
  const [far] = house.links.redis;
  if (round > 0) {
    house.fault(`Redis is ${LATE_MS} ms away from one instance`);
    far.set({ delayMs: LATE_MS });
  }
  await Promise.all(
    ready.map(async (pair) => {
      const { order } = await pair.first.order(pair.tokens![0]);
      if (order) await Promise.all([pair.first.cancel(order), insist(pair)]);
    }),
  );
  far.heal();
  // The late marks must find the seats as they are now.
  await until(() => far.underWay === 0, never);
  await stage.rest();
}

/** S13 in small: seats change hands while the news of one instance for Redis travel slowly. */
export const s13: Scenario = {
  id: 'S13',
  title: 'slow links: seats change hands while the marks of one instance arrive late',
  full: 3,
  ci: false,
  async run(stage, size) {
    const [sale] = await stage.sell({ seats: PAIRS });
    const shop = stage.shop(60_000 + 30_000 * size);
    // The first round warms the house up.
    for (let round = 0; round <= 1 + size; round++) await changeHands(stage, shop, sale!, round);
    demand(stage.count('order', 201) > 2 * PAIRS, 'seats hardly changed hands');
  },
};
