import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunFacts } from '../../demo/run-facts.js';
import { REPOSITORY } from '../../local-stack/index.js';
import { onDatabase } from '../../storm/checker/on-database.js';
import type { Stocked } from '../../storm/house/stock.js';

const LOCAL = join(REPOSITORY, '.local', 'bench', 'house');
const START_LIMIT_MS = 4 * 60_000;

export interface OwnHouse {
  run: RunFacts;
  shelves: Stocked;
  stop(): Promise<void>;
}

/** The whole festival as `npm start` runs it, with its own data, beside the one that a person keeps. */
export async function ownHouse(): Promise<OwnHouse> {
  rmSync(LOCAL, { recursive: true, force: true });
  const child = spawn(process.execPath, ['tools/start.mjs', '--no-import'], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SEANS_LOCAL: LOCAL },
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  for (const until = Date.now() + START_LIMIT_MS; Date.now() < until; await wait(200)) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
    const run = readFacts();
    if (run && (await fetch(`${run.web}/readyz`).catch(() => undefined))?.ok) {
      const tickets = [run.services.tickets!.url];
      return {
        run,
        shelves: { at: { tickets }, onDatabase: (name, work) => onDatabase(run.databases[name], work) },
        stop,
      };
    }
  }
  await stop();
  throw new Error('the house did not come up in time');
}

function readFacts(): RunFacts | undefined {
  try {
    return JSON.parse(readFileSync(join(LOCAL, 'run.json'), 'utf8')) as RunFacts;
  } catch {
    return undefined;
  }
}
