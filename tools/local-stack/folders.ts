import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';

/** The account that PostgreSQL runs under when we are root: `nobody`, which owns nothing else. */
export const UNPRIVILEGED = 65_534;
export const isRoot = (): boolean => process.getuid?.() === 0;

function findRoot(from: string): string {
  for (let at = from; at !== parse(at).root; at = dirname(at)) {
    if (existsSync(join(at, 'package-lock.json'))) return at;
  }
  return process.cwd();
}

/** The folder of the repository, whether this runs as source or from dist/. */
export const REPOSITORY = findRoot(import.meta.dirname);

function writable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where fetched servers are kept: shared by all clones of a user where that can be written, else in `.local/cache`. */
export function cacheFolder(): string {
  const given = process.env.SEANS_CACHE;
  const shared = given ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'seans');
  return writable(shared) ? shared : join(REPOSITORY, '.local', 'cache');
}

/** True when the unprivileged account can walk down to `folder` (or to where it will be made). */
export function reachableByAll(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

/** A place of this copy alone that every account can walk down to and that outlives a restart of the machine. */
export function reachableFolder(purpose: string): string {
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const copy = createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 12);
  return join(base, `seans-${copy}`, purpose);
}
