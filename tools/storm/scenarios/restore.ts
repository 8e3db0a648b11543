import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SERVICES } from '../../supervisor/settings.js';
import { Backup } from '../house/backup.js';
import { PROGRAMS } from '../house/house.js';
import { type Stage, until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const SOME_ORDERS = 8;
const never = () => false;

/** What its owner does after a restore: every fact is told once more, to brokers that know nothing. */
async function tellEverything(stage: Stage): Promise<number> {
  let told = 0;
  for (const service of SERVICES)
    told += await stage.house.onDatabase(service, async (db) => {
      const { rows } = await db.query<{ there: boolean }>(`SELECT to_regclass('outbox') IS NOT NULL AS there`);
      if (!rows[0]?.there) return 0;
      return (await db.query('UPDATE outbox SET published_at = NULL')).rowCount ?? 0;
    });
  return told;
}

/** S19: all is lost but a backup that was made while people bought, and the log since. */
export const s19: Scenario = {
  id: 'S19',
  title:
    'a restore: a backup made under load and the log since; Kafka and Redis come back empty, every fact is told anew',
  full: 3,
  ci: false,
  async run(stage, size) {
    const { house } = stage;
    const [main] = await stage.sell({ seats: Math.round(120 * size) });
    const overMs = 20_000 + 10_000 * size;
    const crowd = stage.crowd(stage.shop(120_000 + overMs), {
      buyers: Math.round(60 * size),
      overMs,
      sales: [main!],
      fates: PEOPLE,
    });
    const orders = () => stage.count('order', 201);
    let since = 0;
    let told = 0;
    await meanwhile(crowd, async (ended) => {
      await until(() => orders() > SOME_ORDERS, ended);
      const folder = house.at.files;
      const backup = await house.onDatabase('tickets', (db) =>
        Backup.of(db, folder, join(dirname(folder), 'storm-backup')),
      );
      house.fault('a backup while people buy');
      const before = orders();
      await until(() => orders() > before + SOME_ORDERS, ended);
      since = orders() - before;
      for (const program of PROGRAMS) house.kill(program);
      house.kill('redis');
      const lost = house.interrupt('kafka', async (files) => rmSync(join(files, 'data'), { recursive: true }));
      await house.interrupt('postgres', (files) => backup.restore(files));
      await lost;
      await until(() => house.running('postgres'), never);
      told = await tellEverything(stage);
      house.fault('all lost; the backup restored');
      stage.note(`${since} orders after the backup; ${told} facts told anew to an empty Kafka`);
      await house.calm();
    });
    demand(since > SOME_ORDERS, `only ${since} orders were placed after the backup`);
    demand(told > 3 * since, `only ${told} facts were told anew`);
  },
};
