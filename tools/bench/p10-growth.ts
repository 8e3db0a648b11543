import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { editionTag, screeningTag, writeAdmissionCode } from '#libs/admission-code';
import { writeHoldToken } from '../../apps/tickets/src/inventory/holds/hold-token.js';
import type { Bench, Sample, Servers } from './bench.js';
import { type Call, ceiling } from './load.js';
import { onServer, SECRET, type TicketsHouse, ticketsHouse } from './tickets-house.js';

/** Screenings that are bought from, and screenings that are sold out and scanned. */
const OPEN = 31;
const SOLD = 6;
const SMALL = 100;
const WORKERS = 16;
const TARGET = 1.1;
const PAST_ORDERS = Number(process.env.BENCH_PAST_ORDERS ?? 1_000_000);
const DEVICE = 'bench-device-token';

type Operation = 'hold' | 'claim' | 'scan' | 'mine';

interface Grown {
  run: Record<Operation, () => Promise<Sample>>;
  end(): Promise<void>;
}

const houses = new Map<string, Promise<Grown>>();

/** Houses are shared by the benches of one run: filling one takes longer than measuring it. */
function grown(servers: Servers, seats: number, past: number): Promise<Grown> {
  const name = `${seats} ${past}`;
  const known = houses.get(name) ?? grow(servers, seats, past);
  houses.set(name, known);
  return known;
}

export async function closeGrownHouses(): Promise<void> {
  for (const house of await Promise.allSettled(houses.values()))
    if (house.status === 'fulfilled') await house.value.end();
  houses.clear();
}

async function grow(servers: Servers, seats: number, past: number): Promise<Grown> {
  const key = generateKeyPairSync('ed25519').privateKey;
  const house = await ticketsHouse(servers, OPEN + SOLD, {
    seats,
    open: true,
    env: { ADMISSION_KEY: key.export({ format: 'der', type: 'pkcs8' }).toString('base64url'), ADMISSION_KEY_ID: '1' },
  });
  const sold = house.screenings.slice(OPEN);
  await onServer(house.database, async (client) => {
    await client.query(
      `WITH made AS (INSERT INTO device (id, edition_id, name, gate, state) VALUES (gen_random_uuid(), 'bench', 'bench', '1', 'paired') RETURNING id)
       INSERT INTO device_session (hash, device_id, expires_at) SELECT $1, id, clock_timestamp() + interval '1 day' FROM made`,
      [createHash('sha256').update(DEVICE).digest('base64url')],
    );
    for (const screening of sold) await sellOut(client, screening, SMALL, 'scan-');
    if (past > 0) await client.query('SET synchronous_commit = off');
    for (let done = 0; done < past; done += 100_000)
      await sellOut(client, `past-${done}`, Math.min(100_000, past - done), 'past-');
    await client.query('ANALYZE');
  });
  const codes = await Promise.all(sold.map((screening) => codesOf(house, screening, key)));
  const run = operations(house, sold, codes);
  // The small house has been measured before the big one is opened: both must have run as long before they are compared.
  for (let round = 0; round < 4; round++) {
    await run.hold();
    await run.scan();
    await run.mine();
  }
  return { run, end: () => house.end() };
}

/** One paid order of one seat for each of so many buyers. */
async function sellOut(
  client: { query(sql: string, values?: unknown[]): Promise<unknown> },
  screening: string,
  count: number,
  buyers: string,
): Promise<void> {
  await client.query(
    `WITH o AS (
       INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, consent, pay_until, paid_at)
       SELECT gen_random_uuid(), $1 || '-' || n, 'bench', $3 || n, $3 || n, 'paid', 'en', 0, 'KZT', '{}', now(), now() FROM generate_series(0, $2 - 1) n
       RETURNING id, substr(number, length($1) + 2) AS n),
     l AS (
       INSERT INTO order_line (order_id, line_no, screening_id, seat_id, row_label, seat_label, category, amount, list_amount)
       SELECT id, 1, $1, 's' || n, '1', n, 'A', 0, 0 FROM o),
     c AS (INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id, line_no) SELECT $1, 's' || n, 'order', id, 1 FROM o)
     INSERT INTO ticket (order_id, line_no, screening_id, serial, state)
     SELECT id, 1, $1, substr(md5($1 || n), 1, 20), 'live' FROM o`,
    [screening, count, buyers],
  );
}

async function codesOf(house: TicketsHouse, screening: string, key: KeyObject): Promise<string[]> {
  const serials: string[] = [];
  await onServer(house.database, async (client) => {
    const { rows } = await client.query<{ serial: string }>('SELECT serial FROM ticket WHERE screening_id = $1', [
      screening,
    ]);
    serials.push(...rows.map((row) => row.serial));
  });
  const day = 86_400_000;
  return Promise.all(
    serials.map((serial) =>
      writeAdmissionCode(
        {
          kind: 'ticket',
          keyId: 1,
          editionTag: editionTag('bench'),
          serial,
          validFrom: new Date(Date.now() - day),
          validUntil: new Date(Date.now() + day),
          scope: screeningTag(screening),
        },
        (bytes) => sign(null, bytes, key),
      ),
    ),
  );
}

function operations(house: TicketsHouse, sold: string[], codes: string[][]): Grown['run'] {
  const open = house.screenings.slice(0, OPEN);
  const tokens = (prefix: string) =>
    Promise.all(Array.from({ length: WORKERS }, (_, worker) => house.token(`${prefix}${worker}`)));
  /** Milliseconds that one operation takes when so many ask at once. */
  const time = async (each: number, next: (worker: number) => Call): Promise<Sample> => {
    const sample = await ceiling(house.tickets, WORKERS, each, next);
    return { ...sample, value: 1_000 / sample.value };
  };
  let claimed = 0;
  return {
    // Each buyer takes the own four seats anew; the last screening is held in, the others are bought from.
    hold: async () => {
      const known = await tokens('holder-');
      return time(120, (worker) => ({
        path: '/holds',
        headers: { Authorization: `Bearer ${known[worker]}`, 'Idempotency-Key': randomUUID() },
        body: JSON.stringify({
          screeningId: open[OPEN - 1],
          seats: [0, 1, 2, 3].map((n) => `s${worker * 4 + n}`),
        }),
      }));
    },
    claim: async () => {
      const known = await tokens('buyer-');
      return time(10, (worker) => {
        const n = claimed++;
        const screening = open[n % (OPEN - 1)]!;
        const seats = [`s${Math.floor(n / (OPEN - 1))}`];
        const until = Date.now() + 60_000;
        const hold = { hold: randomUUID(), screening, plan: 1, buyer: `buyer-${worker}`, seats, until };
        return {
          path: '/orders',
          headers: { Authorization: `Bearer ${known[worker]}`, 'Idempotency-Key': randomUUID() },
          body: JSON.stringify({
            holds: [writeHoldToken(hold, SECRET)],
            language: 'en',
            consent: { terms: true, version: 'bench' },
          }),
        };
      });
    },
    // Every code enters once in a run; what the run before wrote is taken away.
    scan: async () => {
      await onServer(house.database, (client) => client.query('DELETE FROM scan'));
      let n = 0;
      return time(30, () => {
        const [at, index] = [n % SOLD, Math.floor(n++ / SOLD)];
        return {
          path: '/door/scans',
          headers: { 'X-Device-Token': DEVICE },
          body: JSON.stringify({
            scanId: randomUUID(),
            screeningId: sold[at],
            code: codes[at]![index],
            at: new Date().toISOString(),
          }),
        };
      });
    },
    mine: async () => {
      const known = await tokens('scan-');
      return time(80, (worker) => ({
        method: 'GET',
        path: '/my/orders',
        headers: { Authorization: `Bearer ${known[worker]}` },
        body: '',
      }));
    },
  };
}

const WORDS: Record<Operation, string> = { hold: 'hold', claim: 'claim', scan: 'scan', mine: 'my tickets' };

function growthBench(operation: Operation, what: string, seats: number, past: number): Bench {
  return {
    id: `P10 ${operation} ${what}`,
    title: `${WORDS[operation]} at ${what} against ${SMALL} seats and no past orders`,
    unit: 'ms',
    target: { text: `<= ${TARGET.toFixed(1)} of the small house`, met: (result) => result.ratio.median <= TARGET },
    prepare: async (servers) => {
      const [small, big] = [await grown(servers, SMALL, 0), await grown(servers, seats, past)];
      return { ours: big.run[operation], control: small.run[operation], end: async () => undefined };
    },
  };
}

/** P10: each deed takes as long in a big house, and after a million orders, as in a small new one. */
export const growthBenches: readonly Bench[] = (['hold', 'claim', 'scan', 'mine'] as const).flatMap((operation) => [
  growthBench(operation, '2,000 seats', 2_000, 0),
  growthBench(operation, '10,000 seats', 10_000, 0),
  growthBench(operation, `${PAST_ORDERS.toLocaleString('en')} past orders`, SMALL, PAST_ORDERS),
]);
