import { setTimeout as wait } from 'node:timers/promises';
import type { Sale } from '../house/stock.js';
import type { Buyer, Shop } from '../load/buyer.js';
import type { Stage } from '../stage.js';
import { demand, type Scenario } from './scenario.js';

const LATE_MS = 2_500;
const PAIRS = 12;

/**
 * One seat, two buyers with a token for it: the first one's order ends at once, the second one buys, and only then the
 * first one's mark arrives, where that order went through the instance whose Redis is far away.
 */
async function changeHands(
  stage: Stage,
  shop: Shop,
  sale: Sale,
  round: number,
  n: number,
): Promise<() => Promise<void>> {
  const seat = sale.seats[n % sale.seats.length]!;
  const [first, second] = ['first', 'second'].map((who) => stage.buyer(shop, `${who}-${round}-${n}`)) as [Buyer, Buyer];
  const early = await second.hold(sale, [seat]);
  if (early.token) await second.drop(early.token);
  const { token } = await first.hold(sale, [seat]);
  return async () => {
    if (!token || !early.token) return;
    const claimed = first.order(token);
    await wait(LATE_MS / 10);
    await stage.age();
    // By now a worker has ended it; the mark is still on its way.
    await wait(LATE_MS / 3);
    await Promise.all([claimed, second.order(early.token)]);
  };
}

/** S13 in small: seats change hands while the news of one instance for Redis travel slowly. */
export const s13: Scenario = {
  id: 'S13',
  title: 'slow links: seats change hands while the marks of one instance arrive late',
  full: 3,
  ci: false,
  async run(stage, size) {
    const { house } = stage;
    const [sale] = await stage.sell({ seats: PAIRS });
    const shop = stage.shop(60_000 + 20_000 * size);
    for (let round = 0; round < 2 * size; round++) {
      const deeds = [];
      for (let n = 0; n < PAIRS; n++) deeds.push(await changeHands(stage, shop, sale!, round, n));
      house.fault(`Redis is ${LATE_MS} ms away from one instance`);
      house.links.redis[0].set({ delayMs: LATE_MS });
      await Promise.all(deeds.map((deed) => deed()));
      house.links.redis[0].heal();
      await stage.rest();
    }
    demand(stage.count('order', 201) > 2 * PAIRS, 'seats hardly changed hands');
  },
};
