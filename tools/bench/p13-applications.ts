import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { AccreditationFile } from '#libs/contracts';
import { scriptFold, searchFold } from '#libs/kernel';
import { migrateDatabase } from '#libs/persistence';
import { publicKeyOf, TokenSigner } from '#libs/service-defaults';
import { accreditationsDatabase } from '../../apps/accreditations/src/database.js';
import type { Bench } from './bench.js';
import { patience } from './load.js';
import { onServer, startChild } from './tickets-house.js';

const APPLICATIONS = 20_000;
const EDITION = 'bench';
const TARGET_MS = 50;
const WORKERS = 2;
const EACH = 100;
const FIRST = ['Айгүл', 'Ерлан', 'Гүлнәр', 'John', 'Ирина', 'Әлихан', 'Marie', 'Тимур', 'Жанар', 'Olga'];
const LAST = [
  'Сәрсенова',
  'Жұмабаев',
  'Smith',
  'Петрова',
  'Бөкейхан',
  'Dubois',
  'Каримов',
  'Ахметова',
  'Kim',
  'Нұрланұлы',
];
/** Across scripts and in all positions: a name of one in a hundred, an outlet of one in two thousand, and nobody. */
const SEARCHES = ['aigul sarsenova', 'gazette 17', 'Жумабаев', 'nobody at all'];

const STATES = [
  'submitted',
  'under-review',
  'information-requested',
  'waitlisted',
  'approved',
  'rejected',
  'withdrawn',
];

/** Rows as the service itself writes them; steps too, since the queue shows how long each has waited. */
async function stock(client: pg.Client, file: AccreditationFile): Promise<void> {
  await client.query(`INSERT INTO edition_copy (edition_id, version, name, date_from, date_to, timezone)
    VALUES ('${EDITION}', 1, '{"kk":"x","ru":"x","en":"x"}', '2019-09-14', '2019-09-20', 'Asia/Almaty')`);
  const rows = Array.from({ length: APPLICATIONS }, (_, n) => {
    const name = `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}`;
    const outlet = `Gazette ${n % 2_000}`;
    const words = `${name} ${outlet}`;
    return { n, name, outlet, search: searchFold(words), key: scriptFold(words), state: STATES[n % STATES.length] };
  });
  await client.query(
    `INSERT INTO application (id, edition_id, category, person_id, state, version, language, fields, outlet_key, search, search_key,
                              country, submitted_at)
     SELECT ('019d2c3e-0000-7000-8000-' || lpad(to_hex(r.n), 12, '0'))::uuid, '${EDITION}', $2, gen_random_uuid()::text, r.state, 4, 'kk',
            jsonb_build_object('name', r.name, 'outlet', r.outlet, 'country', 'KZ', 'about', repeat('why ', 100)), lower(r.outlet), r.search,
            r.key, 'KZ', '2019-08-01T00:00:00Z'
       FROM jsonb_to_recordset($1::jsonb) AS r(n int, name text, outlet text, search text, key text, state text)`,
    [JSON.stringify(rows), file.categories[0]!.id],
  );
  await client.query(
    `INSERT INTO application_step (application_id, version, at, state, command, actor, actor_id)
     SELECT a.id, v, '2019-08-01T00:00:00Z'::timestamptz + v * interval '1 hour', 'submitted', 'submit', 'applicant', a.person_id
       FROM application a, generate_series(1, 4) v`,
  );
  await client.query('VACUUM ANALYZE');
}

function bench(id: string, title: string, query: (n: number) => string): Bench {
  return {
    id,
    title: `${title} of ${APPLICATIONS} applications, p95`,
    unit: 'ms',
    target: {
      text: `<= ${TARGET_MS} ms`,
      met: (result) => result.ours.every((value) => value <= TARGET_MS),
    },
    prepare: async ({ kafka, postgres }) => {
      const name = `bench_applications_${randomBytes(4).toString('hex')}`;
      const url = new URL(postgres);
      url.pathname = `/${name}`;
      await onServer(postgres, (client) => client.query(`CREATE DATABASE ${name}`));
      await migrateDatabase(accreditationsDatabase, url.href);
      const folder = mkdtempSync(join(tmpdir(), 'seans-bench-'));
      const key = generateKeyPairSync('ed25519').privateKey;
      const jwk = { ...publicKeyOf(key).export({ format: 'jwk' }), kid: 'gateway-1', alg: 'EdDSA' };
      const service = await startChild(
        ['--import', './dist/libs/service-defaults/src/preload.js', 'dist/apps/accreditations/src/main.js'],
        {
          SEANS_ENV: 'development',
          NODE_ENV: 'production',
          LOG_LEVEL: 'error',
          DATABASE_URL: url.href,
          KAFKA_BROKERS: kafka,
          KAFKA_TOPIC_PREFIX: `${name}-`,
          UPLOADS_DIR: folder,
          TRUSTED_KEYS: JSON.stringify({ keys: [jwk] }),
        },
        '/readyz',
      );
      const token = await new TokenSigner('gateway', key).forCaller(
        { kind: 'person', id: '019d2c3e-0000-7000-8000-00000000000a', roles: ['admin'] },
        'accreditations',
        110,
      );
      const file = JSON.parse(readFileSync('data/almaty-2019/accreditation.json', 'utf8')) as AccreditationFile;
      const loaded = await fetch(`${service.url}/editions/${EDITION}/categories`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': randomBytes(16).toString('hex'),
        },
        body: JSON.stringify({ ...file, edition: EDITION }),
      });
      if (!loaded.ok) throw new Error(`categories: ${loaded.status} ${await loaded.text()}`);
      await onServer(url.href, (client) => stock(client, file));
      const control = await startChild(
        ['dist/tools/bench/controls/bare-list.js'],
        { DATABASE_URL: url.href },
        '/readyz',
      );
      const call = (path: string) => ({
        method: 'GET' as const,
        path,
        headers: { Authorization: `Bearer ${token}` },
        body: '',
      });
      return {
        ours: () =>
          patience(service, WORKERS, EACH, (n) => call(`/review/applications?edition=${EDITION}&limit=50${query(n)}`)),
        control: () =>
          patience(control, WORKERS, EACH, (n) =>
            call(
              `/applications?${query(n).replace(/search=([^&]*)/, (_, words: string) => `search=${encodeURIComponent(scriptFold(decodeURIComponent(words)))}`)}`,
            ),
          ),
        end: async () => {
          await Promise.all([service.stop(), control.stop()]);
          await onServer(postgres, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
          rmSync(folder, { recursive: true, force: true });
        },
      };
    },
  };
}

/** P13: what an officer waits for who opens the queue, or looks for somebody in any script. */
export const firstPageBench = bench('P13 page', 'first page', () => '');
export const searchBench = bench(
  'P13 search',
  'search',
  (n) => `&search=${encodeURIComponent(SEARCHES[n % SEARCHES.length]!)}`,
);
