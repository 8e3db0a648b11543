import { randomUUID } from 'node:crypto';
import type { Bench } from './bench.js';
import { ceiling } from './load.js';
import { startChild, ticketsHouse } from './tickets-house.js';

const WORKERS = 32;
const EACH = 150;
const TARGET = 0.6;

/** P1: hold four seats at the service's door, all guards on. Each buyer takes the own seats anew with another key. */
export const holdBench: Bench = {
  id: 'P1',
  title: 'hold 4 seats over HTTP',
  unit: 'holds/s',
  target: { text: `>= ${TARGET.toFixed(2)} of the control`, met: (result) => result.ratio.median >= TARGET },
  prepare: async (servers) => {
    const house = await ticketsHouse(servers, 1);
    const control = await startChild(
      ['dist/tools/bench/controls/bare-hold.js'],
      { REDIS_URL: servers.redis },
      '/readyz',
    );
    const seatsOf = (worker: number) => [0, 1, 2, 3].map((n) => `s${worker * 4 + n}`);
    return {
      ours: async () => {
        const tokens = await Promise.all(
          Array.from({ length: WORKERS }, (_, worker) => house.token(`buyer-${worker}`)),
        );
        return ceiling(house.tickets, WORKERS, EACH, (worker) => ({
          path: '/holds',
          headers: { Authorization: `Bearer ${tokens[worker]}`, 'Idempotency-Key': randomUUID() },
          body: JSON.stringify({ screeningId: house.screenings[0], seats: seatsOf(worker) }),
        }));
      },
      control: () =>
        ceiling(control, WORKERS, EACH, (worker) => ({
          path: '/holds',
          headers: {},
          body: JSON.stringify({ id: randomUUID(), buyer: `buyer-${worker}`, seats: seatsOf(worker) }),
        })),
      end: async () => {
        await control.stop();
        await house.end();
      },
    };
  },
};
