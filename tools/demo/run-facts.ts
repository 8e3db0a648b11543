import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What the walk reads of `.local/run.json`. */
export interface RunFacts {
  web: string;
  api: string;
  mail: string;
  payments: string;
  kafka: string;
  redis: string;
  databases: Record<'gateway' | 'screenings' | 'tickets' | 'accreditations' | 'notifications', string>;
  services: Record<string, { url: string; pid: number }>;
  processes: Record<string, number>;
  logins: Record<string, { email: string; password: string }>;
  seed: { edition: string; screenings: string[] };
}

const FILE = resolve('.local/run.json');
const START_LIMIT_MS = 8 * 60_000;

export function readRunFacts(): RunFacts | undefined {
  if (!existsSync(FILE)) return undefined;
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as RunFacts;
  } catch {
    return undefined;
  }
}

async function answers(run: RunFacts): Promise<boolean> {
  return fetch(`${run.web}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** The running installation, or one of our own that `stop` ends. */
export async function runningFestival(): Promise<{ run: RunFacts; stop: () => Promise<void> }> {
  const there = readRunFacts();
  if (there && (await answers(there))) return { run: there, stop: async () => undefined };
  process.stdout.write('Nothing is running here: starting it first (npm start).\n');
  const child = spawn(process.execPath, ['tools/start.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  for (const until = Date.now() + START_LIMIT_MS; Date.now() < until; await wait(300)) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
    const run = readRunFacts();
    if (run && (await answers(run))) return { run, stop };
  }
  await stop();
  throw new Error('npm start did not come up in time');
}
