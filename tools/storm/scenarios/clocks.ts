import { setTimeout as wait } from 'node:timers/promises';
import { noClocks } from '../house/clocks.js';
import type { Program } from '../house/house.js';
import { type Stage, until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const PARTS: readonly Program[] = ['redis', 'postgres', 'kafka', 'gateway', 'tickets-1', 'screenings', 'notifications'];
const HOUR_S = 3_600;
const STEP_MS = 4_000;
/** A stepped clock may stop sales for as long as it is wrong, and a little. */
const BACK_WITHIN_MS = 30_000;
const never = () => false;

/** A part's clock is wrong for a while; then it is right again, and people must be able to buy. */
async function step(stage: Stage, part: Program, seconds: number): Promise<void> {
  const { clocks, house } = stage;
  if (!clocks) throw new Error('this house has no clocks');
  const way = seconds > 0 ? 'ahead' : 'behind';
  house.fault(`the clock of ${part} an hour ${way}`);
  const from = Date.now();
  const before = stage.count('order', 201);
  clocks.put(part, seconds);
  await wait(STEP_MS);
  const wrong = stage.count('order', 201) - before;
  clocks.put(part, 0);
  const right = Date.now();
  if (part === 'postgres') stage.clock.push({ from, until: right, offMs: seconds * 1_000 });
  house.fault(`the clock of ${part} right again`);
  const sold = stage.count('order', 201);
  const back = await until(() => stage.count('order', 201) > sold + 1, never, BACK_WITHIN_MS);
  demand(back, `nobody could buy in the half minute after the clock of ${part} was right again`);
  stage.note(`${part} ${way}: ${wrong} orders in ${STEP_MS / 1_000} s, two more ${Date.now() - right} ms after`);
}

/** S12: each part in turn believes that it is an hour later, then an hour earlier. */
export const s12: Scenario = {
  id: 'S12',
  title: 'clocks stepped by an hour, forward and back, on each part in turn, while people buy',
  full: 2,
  ci: false,
  clocks: true,
  impossible: noClocks,
  async run(stage, size) {
    const halls = await stage.sell(...Array.from({ length: 4 }, () => ({ seats: Math.round(200 * size) })));
    let over = false;
    const crowds = (async () => {
      for (let n = 1; !over; n++)
        await stage.crowd(stage.shop(20_000), {
          name: `buyer-${n}`,
          buyers: 16,
          overMs: 6_000,
          sales: halls,
          fates: PEOPLE,
        });
    })();
    await meanwhile(crowds, async () => {
      try {
        for (let times = 0; times < size; times++)
          for (const part of PARTS) for (const seconds of [HOUR_S, -HOUR_S]) await step(stage, part, seconds);
      } finally {
        over = true;
      }
    });
    // What the stores dated an hour ahead waits for an hour: it passes for them now. Nobody else may need it.
    for (const store of ['redis', 'postgres'] as const) stage.clocks?.put(store, HOUR_S + 60);
    stage.clock.push({ from: Date.now(), until: Number.POSITIVE_INFINITY, offMs: (HOUR_S + 60) * 1_000 });
    stage.house.fault('an hour passes for Redis and PostgreSQL');
  },
};
