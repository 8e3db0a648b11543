import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../local-stack/index.js';
import type { Login } from './run-file.js';
import { DATA, type ServiceName } from './settings.js';

/** What was prepared last: with which build, in which databases. Preparing the same again would only cost time. */
interface Prepared {
  build: string;
  databases: string[];
  logins: Record<string, Login>;
}

const FILE = join(DATA, 'prepared.json');
const BUILD_STAMP = join(REPOSITORY, 'dist', '.services-stamp');

function currentBuild(): string {
  return existsSync(BUILD_STAMP) ? readFileSync(BUILD_STAMP, 'utf8') : '';
}

/** The logins of the last preparation, when nothing has changed since. */
export function alreadyPrepared(databases: Record<ServiceName, string>): Record<string, Login> | undefined {
  if (!existsSync(FILE)) return undefined;
  const last = JSON.parse(readFileSync(FILE, 'utf8')) as Prepared;
  const same =
    last.build !== '' && last.build === currentBuild() && last.databases.join() === Object.values(databases).join();
  return same ? last.logins : undefined;
}

export function notePrepared(databases: Record<ServiceName, string>, logins: Record<string, Login>): void {
  mkdirSync(DATA, { recursive: true });
  const prepared: Prepared = { build: currentBuild(), databases: Object.values(databases), logins };
  writeFileSync(FILE, JSON.stringify(prepared), { mode: 0o600 });
}
