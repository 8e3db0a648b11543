import { randomUUID } from 'node:crypto';
import { writeHoldToken } from '../../apps/tickets/src/inventory/holds/hold-token.js';
import type { Bench } from './bench.js';
import { type Call, ceiling } from './load.js';
import { SECRET, ticketsHouse } from './tickets-house.js';

const WORKERS = 16;
const EACH = 20;
const HALLS = 50;

/** P4: all buyers in one hall against the same load over fifty halls, in the same process. */
function hallBench(id: string, title: string, counted: boolean, target: number): Bench {
  return {
    id,
    title,
    unit: 'orders/s',
    target: { text: `>= ${target.toFixed(2)} of ${HALLS} halls`, met: (result) => result.ratio.median >= target },
    prepare: async (servers) => {
      const house = await ticketsHouse(servers, 1 + HALLS, { counted });
      const [hot = '', ...halls] = house.screenings;
      const sold = { one: 0, many: 0 };
      const order = (token: string | undefined, worker: number, screening: string, seat: number): Call => ({
        path: '/orders',
        headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() },
        body: JSON.stringify({
          holds: [
            writeHoldToken(
              {
                hold: randomUUID(),
                screening,
                plan: 1,
                buyer: `buyer-${worker}`,
                seats: [`s${seat}`],
                until: Date.now() + 60_000,
              },
              SECRET,
            ),
          ],
          language: 'en',
          consent: { terms: true, version: 'bench' },
        }),
      });
      const tokens = () => Promise.all(Array.from({ length: WORKERS }, (_, worker) => house.token(`buyer-${worker}`)));
      return {
        ours: async () => {
          const known = await tokens();
          return ceiling(house.tickets, WORKERS, EACH, (worker) => order(known[worker], worker, hot, sold.one++));
        },
        control: async () => {
          const known = await tokens();
          return ceiling(house.tickets, WORKERS, EACH, (worker) => {
            const n = sold.many++;
            return order(known[worker], worker, halls[n % HALLS]!, Math.floor(n / HALLS));
          });
        },
        end: () => house.end(),
      };
    },
  };
}

export const oneHallBench = hallBench('P4', 'all buyers in one hall, one share for everybody', false, 0.9);
export const countedHallBench = hallBench('P4 counted', 'all buyers in one hall, counted allocations', true, 0.5);
