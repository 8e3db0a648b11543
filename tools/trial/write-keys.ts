import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeys } from '../supervisor/keys.js';
import { SERVICES } from '../supervisor/settings.js';

/**
 * `write-keys.js FOLDER`: for a trial with containers, once: `FOLDER/<service>/service.env` with the keys and secrets of
 * each service and of the payment sandbox, and the data folders given to the account that the containers run as.
 */
const ACCOUNT = 1_000;
const folder = process.argv[2] ?? '/keys';

function write(name: string, variables: Record<string, string>): void {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  const lines = Object.entries(variables).map(([variable, value]) => `${variable}='${value}'\n`);
  const file = join(home, 'service.env');
  writeFileSync(file, lines.join(''), { mode: 0o400 });
  chownSync(file, ACCOUNT, ACCOUNT);
}

if (!existsSync(join(folder, 'gateway', 'service.env'))) {
  const { signing, trusted, secrets } = makeKeys();
  for (const service of SERVICES) {
    write(service, { ...secrets, SIGNING_KEY: signing[service], TRUSTED_KEYS: JSON.stringify(trusted) });
  }
  write('payments', {
    MERCHANT_SECRET: secrets.FREEDOMPAY_SECRET ?? '',
    STRIPE_SECRET_KEY: secrets.STRIPE_SECRET_KEY ?? '',
    STRIPE_WEBHOOK_SECRET: secrets.STRIPE_WEBHOOK_SECRET ?? '',
  });
}
const data = '/data';
for (const name of existsSync(data) ? readdirSync(data) : []) chownSync(join(data, name), ACCOUNT, ACCOUNT);
