import { readFileSync } from 'node:fs';
import { withChildren } from '../../demo/memory.js';
import type { RunFacts } from '../../demo/run-facts.js';

/** Linux counts CPU time in hundredths of a second. */
const MS_PER_TICK = 10;

/** CPU milliseconds that each program of the house has used so far, what it started included. */
export type CpuTimes = Record<string, number>;

export function cpuOf(run: RunFacts): CpuTimes {
  return Object.fromEntries(
    Object.entries(run.processes).map(([name, pid]) => [
      name,
      [...withChildren([pid])].reduce((sum, one) => sum + ticksOf(one) * MS_PER_TICK, 0),
    ]),
  );
}

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    // It ended while we looked.
    return 0;
  }
}

export function spent(before: CpuTimes, after: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
}

export function total(times: CpuTimes): number {
  return Object.values(times).reduce((sum, ms) => sum + ms, 0);
}
