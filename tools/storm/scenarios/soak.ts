import { growthOf } from '../checker/growth.js';
import { pairGate } from '../house/stock.js';
import { noVitals, watchVitals } from '../house/vitals.js';
import type { Stage } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

/** Of each size; an hour is `--minutes 60`. */
const ROUND_MS = 15_000;
const LOOKS = 60;
const MB = 1_048_576;

/** A quarter of a minute of an ordinary day: a new screening, people who buy, visitors who enter. */
async function round(stage: Stage, n: number, device: string): Promise<void> {
  const [sale, open] = await stage.sell({ seats: 80 }, { seats: 40, open: true });
  const shop = stage.shop(ROUND_MS + 20_000);
  await Promise.all([
    stage.crowd(shop, { name: `buyer-${n}`, buyers: 25, overMs: ROUND_MS, sales: [sale!], fates: PEOPLE }),
    stage.crowd(shop, {
      name: `visitor-${n}`,
      buyers: 8,
      overMs: ROUND_MS,
      sales: [open!],
      fates: { buy: 1 },
      after: async (buyer, at, order) => {
        for (const ticket of order.tickets) await buyer.scan(at, ticket.admissionCode, device);
      },
    }),
  ]);
}

/** S18: an ordinary day, hour after hour. */
export const s18: Scenario = {
  id: 'S18',
  title: 'a soak: people buy and enter all the time; memory, open files and waiting facts must not grow',
  full: 12,
  ci: false,
  impossible: noVitals,
  async run(stage, size) {
    const rounds = Math.ceil(size);
    const device = await pairGate(stage.house);
    const days = (async () => {
      for (let n = 1; n <= rounds; n++) await round(stage, n, device);
    })();
    const everyMs = Math.max(1_000, (rounds * ROUND_MS) / LOOKS);
    await meanwhile(days, (ended) => watchVitals(stage.house, stage.samples, everyMs, ended));
    for (const [program, all] of Map.groupBy(stage.samples, (one) => one.program)) {
      const memory = growthOf(all, (one) => one.memory);
      const handles = growthOf(all, (one) => one.handles);
      if (!memory || !handles || program.startsWith('all')) continue;
      const [was, is] = memory.map((bytes) => Math.round(bytes / MB));
      stage.note(`${program}: ${was} to ${is} MB, ${handles[0]} to ${handles[1]} open files`);
    }
    demand(stage.samples.length > 100, 'the programs were hardly looked at');
    demand(stage.count('order', 201) > 10 * size, 'hardly anybody bought');
    demand(stage.count('scan', 200) > 2 * size, 'hardly anybody entered');
  },
};
