import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { REPOSITORY } from '../local-stack/index.js';
import type { RunFacts } from '../supervisor/run-file.js';
import { RUN_FILE } from '../supervisor/settings.js';

const START_WITHIN_MS = 240_000;

function readFacts(file: string): RunFacts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunFacts) : undefined;
}

async function answers(facts: RunFacts): Promise<boolean> {
  const answer = await fetch(`${facts.web}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return answer?.ok === true;
}

/** A house that answers: the one that runs in this copy, or a fresh one for this command alone. */
export interface House {
  facts: RunFacts;
  /** Its run.json. */
  runFile: string;
  stop(): Promise<void>;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null) child.kill('SIGTERM');
  while (child.exitCode === null && child.signalCode === null) await wait(50);
}

/** @throws when a started house does not answer in time or ends by itself */
export async function aHouse(): Promise<House> {
  const running = readFacts(RUN_FILE);
  if (running && (await answers(running))) return { facts: running, runFile: RUN_FILE, stop: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'seans-house-'));
  // PostgreSQL runs under another account when we are root, and must be able to walk in.
  chmodSync(folder, 0o755);
  const runFile = join(folder, 'run.json');
  const program = join(REPOSITORY, 'dist', 'tools', 'supervisor', 'main.js');
  const child = spawn(process.execPath, ['--max-old-space-size=96', program], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, SEANS_LAUNCHER: String(process.pid), SEANS_LOCAL: folder },
  });
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    await wait(200);
    const facts = readFacts(runFile);
    if (facts && (await answers(facts))) return { facts, runFile, stop };
    const over = child.exitCode !== null || Date.now() > deadline;
    if (!over) continue;
    await stop();
    throw new Error('the house could not be started; see above');
  }
}
