import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isRoot } from '../local-stack/index.js';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A Chromium: CHROMIUM_PATH, one that is installed, or Debian's package when we are root there (Ubuntu's is an empty
 * shell around a snap). Undefined when there is none.
 */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  const found = PLACES.find((path) => existsSync(path));
  if (found) return found;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!isRoot() || !/^ID=debian$/m.test(release)) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env });
  if (install().status !== 0) {
    spawnSync('apt-get', ['update', '-q'], { env });
    install();
  }
  return PLACES.find((path) => existsSync(path));
}
