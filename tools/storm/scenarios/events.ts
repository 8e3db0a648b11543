import { DeadLetters } from '#libs/messaging';
import { repeatScreening, type Sale } from '../house/stock.js';
import type { Stage } from '../stage.js';
import { until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const HEARERS = ['tickets', 'accreditations', 'notifications'] as const;
const QUIET = 10;
const LONGEST_MS = 120_000;

/** The version of each screening that tickets has heard. */
function heard(stage: Stage, sales: readonly Sale[]): Promise<Map<string, number>> {
  return stage.house.onDatabase('tickets', async (db) => {
    const { rows } = await db.query<{ id: string; version: string }>(
      'SELECT screening_id AS id, version FROM screening_copy WHERE screening_id = ANY ($1)',
      [sales.map((sale) => sale.id)],
    );
    return new Map(rows.map((row) => [row.id, Number(row.version)]));
  });
}

function letters<T>(
  stage: Stage,
  service: (typeof HEARERS)[number],
  work: (desk: DeadLetters) => Promise<T>,
): Promise<T> {
  return stage.house.onDatabase(service, (db) =>
    work(new DeadLetters(async <R>(sql: string, values?: unknown[]) => (await db.query(sql, values)).rows as R[])),
  );
}

/** The poison is given up, and what waited behind it is heard again; answers how many letters each hearer had. */
async function clearDesk(stage: Stage, poison: string): Promise<Record<string, number>> {
  const had: Record<string, number> = {};
  for (const service of HEARERS)
    had[service] = await letters(stage, service, async (desk) => {
      const open = await desk.list();
      for (const letter of open) if (letter.fact === poison) await desk.drop(letter.id);
      for (const letter of await desk.list()) await desk.replay(letter.id);
      return open.length;
    });
  return had;
}

/** S10: one event that nobody can digest, among thousands that everybody must. */
export const s10: Scenario = {
  id: 'S10',
  title: 'a poison event among thousands: its key waits, all others and the sale go on',
  full: 20,
  ci: true,
  async run(stage, size) {
    const rounds = Math.round(50 * size);
    const [main, ...quiet] = await stage.sell({ seats: 120 }, ...Array.from({ length: QUIET }, () => ({ seats: 4 })));
    const [sick, ...healthy] = quiet as [Sale, ...Sale[]];
    const crowd = stage.crowd(stage.shop(60_000), { buyers: 40, overMs: 6_000, sales: [main!], fates: PEOPLE });
    const last = rounds + 1;
    const poisoned = Math.ceil(rounds / 2);
    let poison = '';
    let waiting = 0;
    await meanwhile(crowd, async () => {
      poison = await repeatScreening(stage.house, quiet, {
        from: 2,
        to: last,
        poison: { sale: sick, version: poisoned },
      });
      stage.house.fault('a poison event');
      const all = await until(
        async () => {
          const versions = await heard(stage, healthy);
          return healthy.every((sale) => versions.get(sale.id) === last);
        },
        () => false,
        LONGEST_MS,
      );
      demand(all, 'the healthy screenings were not heard to the end');
      await until(
        async () => (await letters(stage, 'tickets', (desk) => desk.list())).length === last - poisoned + 1,
        () => false,
        LONGEST_MS,
      );
      waiting = (await letters(stage, 'tickets', (desk) => desk.list())).length;
      const before = (await heard(stage, [sick])).get(sick.id);
      demand(before === poisoned - 1, `the poisoned screening stands at version ${before}, not ${poisoned - 1}`);
    });
    demand(waiting === last - poisoned + 1, `${waiting} letters wait, not ${last - poisoned + 1}`);
    await clearDesk(stage, poison);
    const healed = await until(
      async () => {
        const open = await Promise.all(HEARERS.map((service) => letters(stage, service, (desk) => desk.list())));
        return open.every((list) => list.length === 0) && (await heard(stage, [sick])).get(sick.id) === last;
      },
      () => false,
      LONGEST_MS,
    );
    demand(healed, 'what waited behind the poison was not heard after it was given up');
    demand(stage.count('order', 201) > 10, 'hardly anybody bought meanwhile');
  },
};
