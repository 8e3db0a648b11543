/**
 * `check-lock.mjs [--complete]`: fails unless the lock file names every optional package of every platform. A registry that
 * mirrors only some platforms makes npm leave the others out, and then `npm ci` fails everywhere. With --complete the
 * missing ones are added, with the platform that their names tell.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'package-lock.json';
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const { packages } = lock;

/** Where `name` is found from `path`, as Node looks for it. */
function resolve(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at ? `${at}/` : ''}node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') return undefined;
  }
}

function entry(name, version, dev) {
  const words = name.replace(/^@[^/]+\//, '').split(/[-.]/);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const musl = words.some((word) => word.startsWith('musl'));
  const glibc = words.some((word) => word.startsWith('gnu'));
  const libc = os[0] === 'linux' && (musl || glibc) ? [musl ? 'musl' : 'glibc'] : undefined;
  return { version, ...(cpu.length > 0 && { cpu }), ...(dev && { dev }), ...(libc && { libc }), optional: true, os };
}

const missing = [];
for (const [path, { optionalDependencies = {}, dev }] of Object.entries({ ...packages })) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!/^\d/.test(version) || resolve(path, name)) continue;
    missing.push(`${name}@${version}`);
    const place = `node_modules/${name}`;
    packages[packages[place] ? `${path}/${place}` : place] = entry(name, version, dev);
  }
}

if (missing.length > 0 && process.argv.includes('--complete')) {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`added ${missing.length} packages of other platforms\n`);
} else if (missing.length > 0) {
  process.stdout.write(`missing in ${FILE}:\n${missing.join('\n')}\nrun: node .ci/check-lock.mjs --complete\n`);
  process.exitCode = 1;
}
