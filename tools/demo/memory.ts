import { readdirSync, readFileSync } from 'node:fs';
import { readRunFacts } from './run-facts.js';

/** Parent of each living process. */
function parents(): Map<number, number> {
  const out = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      out.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  return out;
}

/** These processes and everything that they started. */
export function withChildren(pids: readonly number[]): Set<number> {
  const ours = new Set(pids);
  const tree = parents();
  for (let grew = true; grew; ) {
    grew = false;
    for (const [child, parent] of tree)
      if (ours.has(parent) && !ours.has(child)) {
        ours.add(child);
        grew = true;
      }
  }
  return ours;
}

/**
 * Proportional memory (PSS) of everything that `npm start` runs, brokers and databases included, in MB: each shared page
 * counted once. Undefined where there is no /proc.
 */
export function memoryOfEverything(): number | undefined {
  const run = readRunFacts();
  if (!run || process.platform !== 'linux') return undefined;
  let kilobytes = 0;
  for (const pid of withChildren(Object.values(run.processes))) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // Ended, or not ours to read.
    }
  }
  return Math.round(kilobytes / 1_024);
}

const SAMPLE_MS = 2_000;

/** Watches the sum while the walk runs; `stop` answers the highest. */
export function watchMemory(): { atRest: number | undefined; stop(): number | undefined } {
  const atRest = memoryOfEverything();
  let peak = atRest;
  const timer = setInterval(() => {
    peak = Math.max(peak ?? 0, memoryOfEverything() ?? 0);
  }, SAMPLE_MS);
  return {
    atRest,
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
