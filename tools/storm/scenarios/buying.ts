import { setTimeout as wait } from 'node:timers/promises';
import type { Sale } from '../house/stock.js';
import type { Fate } from '../load/crowd.js';
import type { Stage } from '../stage.js';
import { until } from '../stage.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

/** What people do in a shop. */
export const PEOPLE: Partial<Record<Fate, number>> = {
  buy: 10,
  extend: 1,
  'leave-hold': 1,
  'leave-order': 1,
  cancel: 1,
  'decline-first': 0.5,
  'give-back': 2,
  exchange: 1,
};

const HOT_ROW_MS = 150;

/**
 * Stops a sale and opens it again while orders wait for a place in its counted share: whoever has looked at the
 * switchboard before the stop must be through before the stop is.
 */
async function stopAndOpen(stage: Stage, sale: Sale): Promise<void> {
  const { house } = stage;
  const busy = house.onDatabase('tickets', async (db) => {
    await db.query('BEGIN');
    await db.query(`SELECT 1 FROM usage_limit WHERE id LIKE $1 ORDER BY id FOR UPDATE`, [`%${sale.id}%`]);
    await wait(HOT_ROW_MS);
    await db.query('COMMIT');
  });
  await wait(HOT_ROW_MS / 2);
  const from = await setOnSale(stage, sale, false);
  await busy;
  await wait(HOT_ROW_MS);
  const until = await setOnSale(stage, sale, true);
  stage.stops.push({ screening: sale.id, from, until });
}

/** The moment at which it was so, by the database's clock, the screening's lock in hand. */
async function setOnSale(stage: Stage, sale: Sale, open: boolean): Promise<number> {
  return stage.house.onDatabase('tickets', async (db) => {
    await db.query('BEGIN');
    await db.query('SELECT pg_advisory_xact_lock(screening_lock($1))', [sale.id]);
    const { rows } = await db.query<{ at: number }>(
      `UPDATE inventory SET on_sale = $2 WHERE screening_id = $1 RETURNING extract(epoch FROM clock_timestamp())::float8 * 1000 AS at`,
      [sale.id, open],
    );
    await db.query('COMMIT');
    return rows[0]?.at ?? 0;
  });
}

/** S1: everybody wants the same seats, and the house does nothing but sell; its manager stops one sale and opens it again. */
export const s1: Scenario = {
  id: 'S1',
  title: 'many buyers, few seats, overlapping picks, no faults',
  full: 4.2,
  ci: true,
  async run(stage, size) {
    const buyers = Math.round(120 * size);
    const [main, counted] = await stage.sell({ seats: Math.round(72 * size) }, { seats: 60, counted: 18 });
    const shop = stage.shop(60_000);
    const overMs = 5_000 * size;
    const both = Promise.all([
      stage.crowd(shop, { buyers, overMs, sales: [main!], fates: PEOPLE }),
      stage.crowd(shop, {
        name: 'patient',
        buyers: Math.round(60 * size),
        overMs,
        sales: [counted!],
        fates: { buy: 4, cancel: 1 },
        tries: 6,
        thinkMs: 50,
      }),
    ]);
    await meanwhile(both, async (ended) => {
      await until(() => stage.count('order', 201) > 10, ended);
      for (let stops = 0; stops < 4 + 2 * size && !ended(); stops++) await stopAndOpen(stage, counted!);
    });
    demand(stage.count('order', 201) > 20, 'hardly anybody bought');
  },
};

/** New holds between two deaths of Redis: few enough that five deaths fit before the hall is sold. */
const HOLDS_BETWEEN = 4;

/** S2: the same while Redis is killed and comes back empty. */
export const s2: Scenario = {
  id: 'S2',
  title: 'the same with Redis killed and restarted empty five times',
  full: 3.4,
  ci: true,
  async run(stage, size) {
    const [main] = await stage.sell({ seats: Math.round(60 * size) });
    const crowd = stage.crowd(stage.shop(90_000), {
      buyers: Math.round(140 * size),
      overMs: 9_000 + 5_000 * size,
      sales: [main!],
      fates: PEOPLE,
      // Whoever thinks loses the hold with Redis; the token is still good.
      thinkMs: 2_500,
      blind: 0.6,
      tries: 5,
    });
    let kills = 0;
    await meanwhile(crowd, async (ended) => {
      while (kills < 5 && !ended()) {
        const before = stage.count('hold', 201);
        await until(() => stage.count('hold', 201) > before + HOLDS_BETWEEN, ended, 8_000);
        if (ended()) return;
        if (stage.house.kill('redis')) kills += 1;
        await until(
          () => stage.house.running('redis'),
          () => false,
        );
      }
    });
    demand(kills === 5, `Redis was killed ${kills} times only`);
  },
};
