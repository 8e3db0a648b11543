import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { REPOSITORY } from '../local-stack/index.js';
import type { RunFacts } from '../supervisor/run-file.js';
import { LOCK_FILE, RUN_FILE } from '../supervisor/settings.js';

const START_WITHIN_MS = 240_000;

function readFacts(): RunFacts | undefined {
  return existsSync(RUN_FILE) ? (JSON.parse(readFileSync(RUN_FILE, 'utf8')) as RunFacts) : undefined;
}

async function answers(facts: RunFacts): Promise<boolean> {
  const answer = await fetch(`${facts.web}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return answer?.ok === true;
}

/** A house that answers: the one that runs in this copy, or one started for this command and ended with it. */
export interface House {
  facts: RunFacts;
  stop(): Promise<void>;
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  while (child.exitCode === null && child.signalCode === null) await wait(50);
}

/** @throws when a started house does not answer in time or ends by itself */
export async function aHouse(): Promise<House> {
  const running = readFacts();
  if (running && (await answers(running))) return { facts: running, stop: async () => undefined };
  const program = join(REPOSITORY, 'dist', 'tools', 'supervisor', 'main.js');
  const child = spawn(process.execPath, ['--max-old-space-size=96', program], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, SEANS_LAUNCHER: String(process.pid) },
  });
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    await wait(200);
    if (child.exitCode !== null) throw new Error('the house could not be started; see above');
    const facts = readFacts();
    if (facts && existsSync(LOCK_FILE) && (await answers(facts))) return { facts, stop: () => ended(child) };
    if (Date.now() > deadline) {
      await ended(child);
      throw new Error('the house did not answer in time');
    }
  }
}
