import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SampleFact } from '../checker/facts.js';
import { type House, PROGRAMS, type Program } from './house.js';

const WATCHED: readonly Program[] = [...PROGRAMS, 'kafka', 'redis', 'postgres'];
const TELLERS = ['gateway', 'screenings', 'tickets', 'accreditations'] as const;
const PAGE = 4_096;

/** Why this machine does not tell what its processes take; undefined where it does. */
export function noVitals(): string | undefined {
  return process.platform === 'linux' ? undefined : 'memory and open files are read from /proc';
}

/** Resident memory and open files of a process, as Linux has them. */
function vitals(pid: number): { memory: number; handles: number } {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { memory: pages * PAGE, handles: readdirSync(`/proc/${pid}/fd`).length };
}

/** Facts that wait to be told, in all outboxes. */
async function waiting(house: House): Promise<number> {
  const counts = await Promise.all(
    TELLERS.map((service) =>
      house.onDatabase(service, (db) =>
        db.query<{ n: string }>('SELECT count(*) AS n FROM outbox WHERE published_at IS NULL'),
      ),
    ),
  );
  return counts.reduce((sum, { rows }) => sum + Number(rows[0]?.n), 0);
}

/** Looks at every program again and again until it is told to stop. */
export async function watchVitals(
  house: House,
  samples: SampleFact[],
  everyMs: number,
  ended: () => boolean,
): Promise<void> {
  while (!ended()) {
    const at = Date.now();
    samples.push({ at, program: 'all outboxes', pid: 0, memory: 0, handles: 0, waiting: await waiting(house) });
    for (const program of WATCHED)
      if (house.running(program))
        samples.push({ at, program, pid: house.pid(program), ...vitals(house.pid(program)), waiting: 0 });
    await wait(everyMs);
  }
}
