import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ROOT } from './install.mjs';
import { Trouble } from './say.mjs';

const SKIPPED = new Set(['node_modules', 'dist', '.local', '.git', 'fixtures']);

function* files(folder, skip = () => false) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (SKIPPED.has(entry.name) || skip(path)) continue;
    if (entry.isDirectory()) yield* files(path, skip);
    else yield path;
  }
}

const WEB = join(ROOT, 'apps', 'web');
const isWeb = (path) => path === WEB;

/** Changes whenever a file of the build does: its place, size or time. */
function fingerprint(folders, single, skip) {
  const hash = createHash('sha256').update(process.version);
  for (const folder of folders) {
    for (const path of files(join(ROOT, folder), skip)) {
      const { size, mtimeMs } = statSync(path);
      hash.update(`${relative(ROOT, path)} ${size} ${mtimeMs}\n`);
    }
  }
  for (const name of single) if (existsSync(join(ROOT, name))) hash.update(readFileSync(join(ROOT, name)));
  return hash.digest('hex');
}

function upToDate(name, print) {
  const stamp = join(ROOT, 'dist', `.${name}-stamp`);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

function run(node, args, code, what) {
  const result = spawnSync(node, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (result.status === 0) return;
  const words = `${result.error?.message ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  if (/ENOSPC|no space left/i.test(words)) throw Object.assign(new Error(words), { code: 'ENOSPC' });
  throw new Trouble(code, `${what} failed.\n${words.split('\n').slice(0, 30).join('\n')}`);
}

/** Scripts, templates and fonts that the programs read at run time stand beside them in dist/ too. */
function copyAssets() {
  for (const folder of ['apps', 'libs', 'tools']) {
    for (const path of files(join(ROOT, folder), isWeb)) {
      if (/\.(tsx?|mjs|sh|xml)$|tsconfig.*\.json$/.test(path)) continue;
      const target = join(ROOT, 'dist', relative(ROOT, path));
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(path, target);
    }
  }
}

/** Compiles the services and tools into dist/ unless nothing changed. */
export function buildServices(node) {
  const print = fingerprint(['apps', 'libs', 'tools'], ['tsconfig.json', 'package-lock.json'], isWeb);
  if (upToDate('services', print)) return 'unchanged';
  run(node, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json'], 'build-failed', 'The compiler');
  copyAssets();
  writeFileSync(join(ROOT, 'dist', '.services-stamp'), print);
  return 'compiled';
}

/** Beside each text file its compressed forms, so that the server never compresses one. */
function compressWeb() {
  for (const path of files(join(ROOT, 'dist', 'web'))) {
    if (!/\.(html|js|mjs|css|svg|json|webmanifest|wasm|txt)$/.test(path)) continue;
    const content = readFileSync(path);
    if (content.length < 1_024) continue;
    const brotli = {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    };
    writeFileSync(`${path}.br`, brotliCompressSync(content, brotli));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** Bundles the web into dist/web unless nothing changed. */
export function buildWeb(node) {
  const config = ['vite.config.ts', 'vite.config.mts', 'vite.config.js'].find((name) => existsSync(join(WEB, name)));
  if (!config) return 'there is none';
  const print = fingerprint(['apps/web', 'libs'], ['package-lock.json']);
  if (upToDate('web', print)) return 'unchanged';
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    'apps/web',
    '--config',
    `apps/web/${config}`,
    '--logLevel',
    'error',
  ];
  run(node, args, 'web-build-failed', 'The bundler');
  compressWeb();
  writeFileSync(join(ROOT, 'dist', '.web-stamp'), print);
  return 'bundled';
}
