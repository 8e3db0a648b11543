import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { newId } from '#libs/kernel';
import { readProgrammeFolder } from './programme-files.js';

/**
 * Sends a programme folder through the public API, as a festival's programmer would:
 * `node dist/tools/import/import-programme.js [--api URL] [--email E --password P] [--folder data/almaty-2019] [--dry-run]`.
 * Without arguments the running installation's `.local/run.json` says where and as whom.
 */
interface RunFile {
  web?: string;
  api?: string;
  logins?: Record<string, { email: string; password: string } | undefined>;
}

const { values } = parseArgs({
  options: {
    api: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    folder: { type: 'string', default: 'data/almaty-2019' },
    'dry-run': { type: 'boolean', default: false },
  },
});

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

function target(): { api: string; email: string; password: string } {
  const file = resolve('.local/run.json');
  const run: RunFile = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const login = run.logins?.admin;
  const api = values.api ?? run.api ?? run.web;
  const email = values.email ?? login?.email;
  const password = values.password ?? login?.password;
  if (!api || !email || !password)
    fail('Where to? Give --api, --email and --password, or start the installation first (it writes .local/run.json).');
  return { api: `${api.replace(/\/$/, '').replace(/\/api$/, '')}/api`, email, password };
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function send(
  api: string,
  path: string,
  cookie: string,
  body: unknown,
  how: { method?: 'GET' | 'POST' | 'PUT'; headers?: Record<string, string> } = {},
): Promise<Answer & { cookie: string }> {
  const response = await fetch(`${api}${path}`, {
    method: how.method ?? 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': newId(),
      Origin: new URL(api).origin,
      ...(cookie ? { Cookie: cookie } : {}),
      ...how.headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: Error) => fail(`${api} does not answer: ${error.message}`));
  const text = await response.text();
  const given = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  const parsed = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {};
  return { status: response.status, body: parsed, cookie: [cookie, ...given].filter(Boolean).join('; ') };
}

function explain({ status, body }: Answer): never {
  const errors = (body.errors ?? []) as { field: string; reason: string }[];
  for (const error of errors) process.stderr.write(`  ${error.field}: ${error.reason}\n`);
  fail(`refused (${status} ${body.code ?? ''}): ${body.title ?? ''}`);
}

const { api, email, password } = target();
const folder = resolve(values.folder);
const files = readProgrammeFolder(folder);
const editionId = files
  .map((file) => JSON.parse(file.text) as { edition?: { id?: string } })
  .find((content) => content.edition?.id)?.edition?.id;
if (!editionId) fail(`${folder} names no edition`);

const session = await send(api, '/session/sign-in', '', { email, password });
if (session.status >= 300) explain(session);
const path = `/screenings/editions/${editionId}/import${values['dry-run'] ? '?dryRun=true' : ''}`;
const answer = await send(api, path, session.cookie, { files });
if (answer.status >= 300) explain(answer);
const counts = answer.body.counts as { kind: string; created: number; changed: number; unchanged: number }[];
for (const { kind, created, changed, unchanged } of counts)
  say(`  ${kind.padEnd(12)} ${created} created, ${changed} changed, ${unchanged} unchanged`);
say(`${editionId}: ${answer.body.changed ? 'imported' : 'nothing changed'}${values['dry-run'] ? ' (dry run)' : ''}`);

const accreditation = join(folder, 'accreditation.json');
if (existsSync(accreditation) && !values['dry-run']) {
  const body = JSON.parse(readFileSync(accreditation, 'utf8')) as unknown;
  const imported = await send(api, `/accreditations/editions/${editionId}/categories`, session.cookie, body);
  if (imported.status >= 300) explain(imported);
  say(`${editionId}: accreditation categories imported`);
}

/** Price rules are put where they differ; a promo code that exists stays as it was made. */
async function importPrices(file: string): Promise<void> {
  const { priceRules, promoCodes } = JSON.parse(readFileSync(file, 'utf8')) as {
    priceRules: unknown;
    promoCodes: { code: string }[];
  };
  const at = `/tickets/editions/${editionId}`;
  const now = await send(api, `${at}/price-rules/all`, session.cookie, undefined, { method: 'GET' });
  if (now.status >= 300) explain(now);
  if (!isDeepStrictEqual(now.body.rules, priceRules)) {
    const headers = { 'If-Match': `"${now.body.version}"` };
    const put = await send(api, `${at}/price-rules`, session.cookie, priceRules, { method: 'PUT', headers });
    if (put.status >= 300) explain(put);
  }
  for (const code of promoCodes) {
    const made = await send(api, `${at}/promo-codes`, session.cookie, code);
    if (made.status >= 300 && made.body.code !== 'promo-code-taken') explain(made);
  }
  say(`${editionId}: price rules and ${promoCodes.length} promo codes imported`);
}

const prices = join(folder, 'tickets.json');
if (existsSync(prices) && !values['dry-run']) await importPrices(prices);

const holidays = join(folder, 'public-holidays.json');
if (existsSync(holidays) && !values['dry-run']) {
  const { days } = JSON.parse(readFileSync(holidays, 'utf8')) as { days: string[] };
  const at = `/notifications/editions/${editionId}/public-holidays`;
  const put = await send(api, at, session.cookie, { days }, { method: 'PUT' });
  if (put.status >= 300) explain(put);
  say(`${editionId}: ${days.length} public holidays imported`);
}
