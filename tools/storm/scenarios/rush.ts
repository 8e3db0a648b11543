import type { Stage } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, type Scenario } from './scenario.js';

/** All at once, to see how fast the house is. */
const AT_ONCE = 40;
const TIMES = 10;
const CALM_MS = 6_000;
const CALM_BUYERS = 20;

/** A few buyers; answers from when to when they were there. */
async function calm(stage: Stage, name: string): Promise<[number, number]> {
  const sales = await stage.sell({ seats: 120 });
  const from = Date.now();
  await stage.crowd(stage.shop(60_000), { name, buyers: CALM_BUYERS, overMs: CALM_MS, sales, fates: { buy: 1 } });
  return [from, Date.now()];
}

/** S16: ten times as many people as the house can serve. */
export const s16: Scenario = {
  id: 'S16',
  title: 'ten times as many buyers as can be served, a quarter of a minute for each size',
  full: 4,
  ci: false,
  async run(stage, size) {
    // The first calls of a young house are slow: they would excuse slow ones afterwards.
    await calm(stage, 'warm');
    const before = await calm(stage, 'before');
    const [some, main] = await stage.sell({ seats: 300 }, { seats: Math.round(400 + 400 * size) });
    const began = Date.now();
    await stage.crowd(stage.shop(60_000), {
      name: 'at-once',
      buyers: AT_ONCE,
      overMs: 0,
      sales: [some!],
      fates: { buy: 1 },
    });
    const aSecond = (1_000 * AT_ONCE) / (Date.now() - began);
    const overMs = 15_000 * size;
    const buyers = Math.round((TIMES * aSecond * overMs) / 1_000);
    stage.note(`${Math.round(TIMES * aSecond)} buyers a second, where ${Math.round(aSecond)} can be served`);
    const from = Date.now();
    await stage.crowd(stage.shop(30_000 + overMs), { name: 'rush', buyers, overMs, sales: [main!], fates: PEOPLE });
    const until = Date.now();
    const after = await calm(stage, 'after');
    stage.rushes.push({ before, rush: [from, until], after });
    demand(buyers > 300, `only ${buyers} came`);
  },
};
