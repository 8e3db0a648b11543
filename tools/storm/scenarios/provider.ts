import { setTimeout as wait } from 'node:timers/promises';
import type { Sale } from '../house/stock.js';
import type { Shop } from '../load/asker.js';
import { misbehave, tell } from '../load/crowd.js';
import type { Dice } from '../random.js';
import { type Stage, until } from '../stage.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

/** How a provider may tell what became of a payment. */
function badManners(dice: Dice): object | undefined {
  return dice.one<object | undefined>([
    undefined,
    undefined,
    { duplicateCallbacks: 2 },
    { reorder: true },
    { delayMs: 1_500 },
    { forgeSignature: true },
    { wrongAmount: 1 },
    { wrongCurrency: true },
    { dropCallback: true },
    { loseAnswers: 2 },
    { checkUrlSkip: true },
  ]);
}

const SLOW_MS = 600;

/**
 * Pays in the moment in which the order ends: the worker has asked the provider, heard "not paid" and is on its way to
 * give the seats back when the money comes.
 */
async function payWhileItEnds(stage: Stage, shop: Shop, sale: Sale, name: string): Promise<boolean> {
  const buyer = stage.buyer(shop, name);
  const seat = buyer.dice.one(sale.seats);
  const { token } = await buyer.hold(sale, [seat]);
  const { order } = token ? await buyer.order(token) : {};
  const page = order && (await buyer.openPayment(order));
  if (!order || !page) return false;
  await misbehave(shop.payments, page, { checkUrlSkip: true });
  stage.house.links.provider.set({ delayMs: SLOW_MS });
  await stage.age([order.id]);
  await wait(buyer.dice.between(1.6 * SLOW_MS, 1.75 * SLOW_MS));
  const paid = await buyer.pay(order, page);
  await wait(SLOW_MS);
  stage.house.links.provider.heal();
  await buyer.settled(order);
  return paid.status === 303;
}

/** S7: the provider tells everything three times, late, out of order, forged and wrong; and money comes in the last moment. */
export const s7: Scenario = {
  id: 'S7',
  title: 'payment webhooks tripled, reordered, late, forged, wrong amount, lost; money in the last moment',
  full: 4,
  ci: true,
  async run(stage, size) {
    const { house } = stage;
    const [main, last] = await stage.sell({ seats: Math.round(120 * size) }, { seats: 200 });
    house.fault('webhooks tripled, shuffled, a fifth of the answers lost');
    house.door.mischief = { copies: 3, loseAnswers: 0.2, shuffleMs: 200 };
    await stage.crowd(stage.shop(45_000 + 10_000 * size), {
      buyers: Math.round(60 * size),
      overMs: 4_000 + 3_000 * size,
      sales: [main!],
      fates: { buy: 8, 'decline-first': 1, 'give-back': 1 },
      faults: badManners,
    });
    house.door.orderly();
    // Nothing else may ask the provider while it is slow: the workers would come to these orders too late.
    await stage.rest();
    let paid = 0;
    const shop = stage.shop(120_000);
    for (let round = 0; round < 4 * size; round++)
      if (await payWhileItEnds(stage, shop, last!, `late-${round + 1}`)) paid += 1;
    house.fault(`${paid} paid in the moment in which their order ended`);
    demand(paid > 1, 'nobody paid in the last moment');
    demand(house.door.passed > 60, 'the provider hardly called');
  },
};

/** Longer than tickets waits for a payment page. */
const SILENT_MS = 9_000;

/** S8: every fifth payment page is opened in silence, and as many results are told much later. */
export const s8: Scenario = {
  id: 'S8',
  title: 'the provider times out on a fifth of all calls and answers later',
  full: 4,
  ci: false,
  async run(stage, size) {
    const [main] = await stage.sell({ seats: Math.round(100 * size) });
    const shop = stage.shop(60_000 + 15_000 * size);
    const crowd = stage.crowd(shop, {
      buyers: Math.round(60 * size),
      overMs: 8_000 + 4_000 * size,
      sales: [main!],
      fates: { buy: 8, 'decline-first': 1, 'give-back': 1 },
      faults: (dice) => (dice.next() < 0.2 ? { delayMs: 5_000 } : undefined),
    });
    let silences = 0;
    await meanwhile(crowd, async (ended) => {
      for (let orders = 0; !ended(); orders += 5) {
        await until(() => stage.count('order', 201) >= orders, ended);
        if (ended()) return;
        stage.house.fault('the provider opens a page in silence');
        await tell(shop.payments, { next: { timeoutInit: SILENT_MS } });
        silences += 1;
      }
    });
    demand(silences > 3, 'the provider was hardly ever silent');
    demand(stage.count('pay', 303) > 10, 'hardly anybody paid');
  },
};

/** S9: one key, a hundred times at once, and across the death of who answers. */
export const s9: Scenario = {
  id: 'S9',
  title: 'one Idempotency-Key 100 times at once and across a crash',
  full: 4,
  ci: true,
  async run(stage, size) {
    const { house } = stage;
    const [sale] = await stage.sell({ seats: Math.round(60 * size) });
    const shop = stage.shop(60_000 + 20_000 * size);
    let answered = 0;
    for (let round = 0; round < 4 * size; round++) {
      const buyer = stage.buyer(shop, `insistent-${round + 1}`);
      const { token } = await buyer.hold(sale!, sale!.seats.slice(2 * round, 2 * round + 2));
      if (!token) continue;
      const key = buyer.dice.uuid();
      const crash = round % 2 === 1;
      const all = buyer.orderAtOnce(token, 100, key);
      if (crash) {
        // While some of the hundred are under way.
        await wait(buyer.dice.between(2, 40));
        house.kill('tickets-1');
        house.kill('tickets-2');
      }
      answered += (await all).filter((one) => one.status === 201).length;
      const { order } = await buyer.order(token, key);
      if (!order) throw new Error(`${buyer.name} got no order in the end`);
      const page = await buyer.openPayment(order);
      if (page) await buyer.pay(order, page);
      const paid = await buyer.settled(order);
      demand(paid?.state === 'paid', `${buyer.name}'s order is ${paid?.state}`);
      await buyer.order(token, key);
    }
    demand(answered > 4, 'hardly any of the hundred was answered');
  },
};
