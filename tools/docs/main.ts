import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { mailLayouts } from '../mail-layouts/compile-layouts.js';
import { accreditationSchema } from './accreditation-schema.js';
import { asyncApi } from './asyncapi.js';
import { door } from './door.js';
import { events } from './events.js';
import { letterExamples } from './letter-examples.js';
import { licences } from './licences.js';
import { notifications } from './notifications.js';
import { problems } from './problems.js';
import { settings } from './settings.js';
import { states } from './states.js';

/**
 * `npm run docs` writes what is generated from the code into docs/; `npm run docs -- --check` fails when a page there is
 * not what the code says now.
 */
const PAGES: Record<string, () => string | Promise<string>> = {
  'apps/notifications/src/letters/letter-layout.generated.ts': mailLayouts,
  'apps/notifications/src/letters/letter-examples.generated.ts': letterExamples,
  'docs/events.md': events,
  'docs/asyncapi.json': asyncApi,
  'docs/problems.md': problems,
  'docs/settings.md': settings,
  'docs/door.md': door,
  'docs/states.md': states,
  'docs/notifications.md': notifications,
  'docs/licences.md': licences,
  'data/accreditation.schema.json': accreditationSchema,
};

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [file, make] of Object.entries(PAGES)) {
  const text = `${(await make()).trimEnd()}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(file);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (check && stale.length > 0) {
  process.stderr.write(`out of date: ${stale.join(', ')}; npm run docs writes them anew\n`);
  process.exit(1);
}
process.stdout.write(stale.length === 0 ? 'docs: up to date\n' : `docs: wrote ${stale.join(', ')}\n`);
