import { randomUUID } from 'node:crypto';
import { writeHoldToken } from '../../apps/tickets/src/inventory/holds/hold-token.js';
import type { Bench } from './bench.js';
import { ceiling } from './load.js';
import { SEATS, SECRET, startChild, ticketsHouse } from './tickets-house.js';

const WORKERS = 16;
const EACH = 40;
const RUNS = 6;
const TARGET = 0.6;
const PER_SCREENING = SEATS / 4;

/** P2: a purchase that survives a crash: order, four claims, four tickets, ledger or none, outbox, idempotency. */
export const purchaseBench: Bench = {
  id: 'P2',
  title: 'durable purchase of 4 seats',
  unit: 'orders/s',
  target: { text: `>= ${TARGET.toFixed(2)} of the control`, met: (result) => result.ratio.median >= TARGET },
  prepare: async (servers) => {
    const house = await ticketsHouse(servers, Math.ceil((WORKERS * EACH * RUNS) / PER_SCREENING) + 1);
    const control = await startChild(
      ['dist/tools/bench/controls/bare-purchase.js'],
      { DATABASE_URL: house.database },
      '/readyz',
    );
    const sold = { ours: 0, control: 0 };
    const place = (side: 'ours' | 'control') => {
      const n = sold[side]++;
      const first = (n % PER_SCREENING) * 4;
      return {
        screening: house.screenings[Math.floor(n / PER_SCREENING)]!,
        seats: [0, 1, 2, 3].map((k) => `s${first + k}`),
      };
    };
    return {
      ours: async () => {
        const tokens = await Promise.all(
          Array.from({ length: WORKERS }, (_, worker) => house.token(`buyer-${worker}`)),
        );
        return ceiling(house.tickets, WORKERS, EACH, (worker) => {
          const { screening, seats } = place('ours');
          const hold = {
            hold: randomUUID(),
            screening,
            plan: 1,
            buyer: `buyer-${worker}`,
            seats,
            until: Date.now() + 60_000,
          };
          return {
            path: '/orders',
            headers: { Authorization: `Bearer ${tokens[worker]}`, 'Idempotency-Key': randomUUID() },
            body: JSON.stringify({
              holds: [writeHoldToken(hold, SECRET)],
              language: 'en',
              consent: { terms: true, version: 'bench' },
            }),
          };
        });
      },
      control: () =>
        ceiling(control, WORKERS, EACH, () => ({
          path: '/orders',
          headers: {},
          body: JSON.stringify({ id: randomUUID(), ...place('control') }),
        })),
      end: async () => {
        await control.stop();
        await house.end();
      },
    };
  },
};
