import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './bench.js';
import { ceiling } from './load.js';
import { onServer, SEATS, startChild, ticketsHouse } from './tickets-house.js';

const WORKERS = 32;
const EACH = 150;
const TARGET = 0.7;
const MOST_BYTES = 1_024;

let compressed = Number.NaN;

/** P5: the seat map of a half-sold hall of 2,000 seats, as everybody may read it, against the same bytes from memory. */
export const seatMapBench: Bench = {
  id: 'P5',
  title: `seat map of ${SEATS} seats, half of them sold`,
  unit: 'maps/s',
  target: {
    get text() {
      return `>= ${TARGET.toFixed(2)} of the control, <= 1 kB compressed (${compressed} bytes)`;
    },
    met: (result) => result.ratio.median >= TARGET && compressed <= MOST_BYTES,
  },
  prepare: async (servers) => {
    const house = await ticketsHouse(servers, 1);
    const screening = house.screenings[0]!;
    // Groups of one to four beside each other, as people buy.
    await onServer(house.database, (client) =>
      client.query(
        `INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id)
         SELECT $1, 's' || n, 'block', gen_random_uuid() FROM generate_series(0, $2 - 1) n WHERE hashint4(n / 3) % 2 = 0`,
        [screening, SEATS],
      ),
    );
    const path = `/screenings/${screening}/seats`;
    const map = Buffer.from(await (await fetch(`${house.tickets.url}${path}`)).arrayBuffer());
    compressed = gzipSync(map).length;
    const folder = mkdtempSync(join(tmpdir(), 'seans-bench-'));
    const file = join(folder, 'map.json');
    writeFileSync(file, map);
    const control = await startChild(['dist/tools/bench/controls/bare-map.js'], { MAP_FILE: file }, '/readyz');
    const read = (server: { url: string; pid: number }, at: string) =>
      ceiling(server, WORKERS, EACH, () => ({ method: 'GET', path: at, headers: {}, body: '' }));
    return {
      ours: () => read(house.tickets, path),
      control: () => read(control, '/map'),
      end: async () => {
        await control.stop();
        await house.end();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
