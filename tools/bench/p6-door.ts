import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { editionTag, screeningTag, writeAdmissionCode } from '#libs/admission-code';
import { secretHash } from '../../apps/tickets/src/door/devices/device-proof.js';
import { type Bench, quantile } from './bench.js';
import { type Call, steady } from './load.js';
import { onServer, startChild, ticketsHouse } from './tickets-house.js';

const PER_SECOND = 200;
const SCANS = 1_000;
const LIMIT_MS = 20;
const GATES = 8;
/** Five pairs and one that warms up: nobody enters twice. */
const EVENINGS = 6;
const KEY_ID = 1;

interface Person {
  screening: string;
  serial: string;
  code: string;
}

/** P6: a first entry at one of eight gates, online, each with a ticket of its own; all guards on, each scan stored. */
export const doorBench: Bench = {
  id: 'P6',
  title: `scan online, p99 at ${PER_SECOND} scans/s`,
  unit: 'ms',
  target: { text: `<= ${LIMIT_MS} ms`, met: (result) => quantile(result.ours, 0.5) <= LIMIT_MS },
  prepare: async (servers) => {
    const pair = generateKeyPairSync('ed25519');
    const house = await ticketsHouse(servers, EVENINGS, {
      open: true,
      env: {
        ADMISSION_KEY: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
        ADMISSION_KEY_ID: String(KEY_ID),
      },
    });
    const control = await startChild(
      ['dist/tools/bench/controls/bare-check.js'],
      { PUBLIC_KEY: pair.publicKey.export({ format: 'jwk' }).x! },
      '/readyz',
    );
    const evenings = await Promise.all(
      house.screenings.map((screening) =>
        Promise.all(
          Array.from({ length: SCANS }, async (): Promise<Person> => {
            const serial = randomUUID().replaceAll('-', '').slice(0, 20);
            return { screening, serial, code: await codeOf(screening, serial, pair.privateKey) };
          }),
        ),
      ),
    );
    const tokens = Array.from({ length: GATES }, () => randomBytes(20).toString('hex'));
    await stockDoor(house.database, evenings, tokens);
    const scan = ({ screening, code }: Person, n: number): Call => ({
      path: '/door/scans',
      headers: { 'X-Device-Token': tokens[n % GATES]! },
      body: JSON.stringify({ scanId: randomUUID(), screeningId: screening, code, at: new Date().toISOString() }),
    });
    let evening = 0;
    return {
      ours: async () => {
        const people = evenings[evening++]!;
        const sample = await steady(house.tickets, PER_SECOND, SCANS, (n) => scan(people[n]!, n));
        await everybodyIn(house.database, people[0]!.screening);
        return sample;
      },
      control: () =>
        steady(control, PER_SECOND, SCANS, (n) => ({ ...scan(evenings[0]![n]!, n), path: '/scans', headers: {} })),
      end: async () => {
        await control.stop();
        await house.end();
      },
    };
  },
};

function codeOf(screening: string, serial: string, key: Parameters<typeof sign>[2]): Promise<string> {
  return writeAdmissionCode(
    {
      kind: 'ticket',
      keyId: KEY_ID,
      editionTag: editionTag('bench'),
      serial,
      validFrom: new Date('2019-09-13T00:00:00Z'),
      validUntil: new Date('2030-09-21T00:00:00Z'),
      scope: screeningTag(screening),
    },
    (bytes) => sign(null, bytes, key),
  );
}

/** A paid order of one seat for everybody, and gates with a session open. */
async function stockDoor(database: string, evenings: Person[][], tokens: string[]): Promise<void> {
  await onServer(database, async (client) => {
    for (const people of evenings)
      await client.query(
        `WITH who AS (SELECT gen_random_uuid() AS id, n, serial FROM unnest($2::text[]) WITH ORDINALITY AS x(serial, n)),
         placed AS (INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, consent, pay_until)
           SELECT id, serial, 'bench', id, id, 'paid', 'en', 0, 'KZT', '{}', clock_timestamp() FROM who RETURNING id),
         lines AS (INSERT INTO order_line (order_id, line_no, screening_id, seat_id, row_label, seat_label, category, amount, list_amount)
           SELECT id, 1, $1, 's' || n, '1', n::text, 'A', 0, 0 FROM who RETURNING order_id)
         INSERT INTO ticket (order_id, line_no, screening_id, serial, state) SELECT id, 1, $1, serial, 'live' FROM who`,
        [people[0]!.screening, people.map(({ serial }) => serial)],
      );
    for (const [n, token] of tokens.entries())
      await client.query(
        `WITH gate AS (INSERT INTO device (id, edition_id, name, gate, state) VALUES (gen_random_uuid(), 'bench', $1, $1, 'paired') RETURNING id)
         INSERT INTO device_session (hash, device_id, expires_at) SELECT $2, id, clock_timestamp() + interval '1 hour' FROM gate`,
        [`${n + 1}`, secretHash(token)],
      );
    await client.query('ANALYZE');
  });
}

/** Fast refusals would be no figure. */
async function everybodyIn(database: string, screening: string): Promise<void> {
  await onServer(database, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM scan WHERE screening_id = $1 AND let_in AND verdict = 'ok'",
      [screening],
    );
    if (rows[0]?.n !== SCANS) throw new Error(`${rows[0]?.n} of ${SCANS} came in`);
  });
}
