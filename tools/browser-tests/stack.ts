import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What the running installation says of itself in `.local/run.json`. */
export interface RunFile {
  web: string;
  api: string;
  mail: string;
  payments: string;
  logins: Record<string, { email: string; password: string }>;
}

const FILE = resolve('.local/run.json');
const START_LIMIT_MS = 5 * 60_000;

async function running(): Promise<RunFile | undefined> {
  if (!existsSync(FILE)) return undefined;
  try {
    const run = JSON.parse(readFileSync(FILE, 'utf8')) as RunFile;
    const answer = await fetch(`${run.web}/readyz`, { signal: AbortSignal.timeout(3_000) });
    return answer.ok ? run : undefined;
  } catch {
    return undefined;
  }
}

/** The installation that runs already, else one of our own; `stop` ends only what was started here. */
export async function stack(): Promise<{ run: RunFile; stop(): Promise<void> }> {
  const found = await running();
  if (found) return { run: found, stop: async () => undefined };
  const child: ChildProcess = spawn(process.execPath, ['tools/start.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const until = Date.now() + START_LIMIT_MS;
  while (Date.now() < until && child.exitCode === null) {
    const run = await running();
    if (run) return { run, stop };
    await wait(500);
  }
  await stop();
  throw new Error('the installation did not start');
}
