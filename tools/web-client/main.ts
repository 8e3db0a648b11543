import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aHouse } from '../browser-tests/house.js';
import { REPOSITORY } from '../local-stack/index.js';
import { clientTypes } from './client-types.js';

/**
 * `npm run web:client` writes the types of the web's client anew from a house that runs (or one of its own);
 * with `-- --check` it fails when they are not what the gateway says now.
 */
const FILE = join(REPOSITORY, 'apps', 'web', 'src', 'api', 'openapi.generated.ts');

const house = await aHouse();
try {
  const types = await clientTypes(house.facts.web);
  const same = readFileSync(FILE, 'utf8') === types;
  if (process.argv.includes('--check')) {
    process.stdout.write(same ? 'the client is what the gateway says\n' : 'out of date: npm run web:client\n');
    process.exitCode = same ? 0 : 1;
  } else {
    writeFileSync(FILE, types);
    process.stdout.write(same ? 'web client: unchanged\n' : 'web client: written\n');
  }
} finally {
  await house.stop();
}
