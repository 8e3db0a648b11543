import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asTrouble,
  REPOSITORY,
  type RunningServer,
  type ServerName,
  startServer,
  Watch,
} from '../local-stack/index.js';

const VARIABLES: Record<ServerName, string> = {
  postgres: 'SEANS_TEST_POSTGRES',
  redis: 'SEANS_TEST_REDIS',
  kafka: 'SEANS_TEST_KAFKA',
};
const tell = (line: string) => void process.stdout.write(`          ${line}\n`);

/** Jest with the given addresses; resolves to its exit code. */
function runJest(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const jest = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, '--maxWorkers=2', '--forceExit', ...args], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function main(args: string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'seans-tests-'));
  // PostgreSQL runs under another account when we are root, and must be able to walk in.
  chmodSync(folder, 0o755);
  const started: RunningServer[] = [];
  const watch = new Watch({ pidFile: `${folder}.pids`, folders: [folder] });
  const from = Date.now();
  const start = async (name: ServerName) => {
    if (process.env[VARIABLES[name]]) return;
    started.push(await startServer(name, { folder, durable: false, tell }));
    watch.set(started.map((server) => server.child.pid));
  };
  try {
    await Promise.all([start('postgres'), start('redis').then(() => start('kafka'))]);
    const seconds = ((Date.now() - from) / 1_000).toFixed(1).padStart(6);
    process.stdout.write(
      `${seconds} s  test servers: ${started.map((server) => server.name).join(', ') || 'given'}\n\n`,
    );
    const addresses = Object.fromEntries(started.map((server) => [VARIABLES[server.name], server.address]));
    return await runJest(args, { ...process.env, ...addresses, SEANS_ENV: 'test', TZ: 'UTC' });
  } finally {
    await Promise.all(started.map((server) => server.child.stop(5_000)));
    watch.set([]);
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const trouble = asTrouble(error);
  process.stderr.write(`\n✗ ${trouble.code}: ${trouble.message}\n${trouble.remedy ? `  ${trouble.remedy}\n` : ''}`);
  process.exitCode = 1;
}
