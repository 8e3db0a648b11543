import type { Check, SampleFact, Violation } from './facts.js';

/** A young process fills its caches: the first part of its life tells nothing. */
const YOUNG = 0.25;
const MB = 1_048_576;
/** More than this between the first and the last third is a leak, whatever it is of. */
const MEMORY = { share: 1.3, more: 32 * MB };
const HANDLES = { share: 1.2, more: 16 };
const WAITING = { share: 1.5, more: 200 };

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The medians of the first and the last third, once the process is grown up; undefined while it is too short to tell. */
export function growthOf(
  samples: readonly SampleFact[],
  of: (one: SampleFact) => number,
): [number, number] | undefined {
  const grown = samples.slice(Math.floor(samples.length * YOUNG));
  const third = Math.floor(grown.length / 3);
  if (third < 2) return undefined;
  return [median(grown.slice(0, third).map(of)), median(grown.slice(-third).map(of))];
}

/** Nothing grows for ever: memory, open files, facts that wait. */
export const nothingGrows: Check = {
  id: 'growth',
  says: 'over a long time no process takes more and more memory or files, and no more and more facts wait',
  find({ samples }) {
    const found: Violation[] = [];
    // A process that was started anew begins anew.
    for (const [of, all] of Map.groupBy(samples, (one) => `${one.program} (process ${one.pid})`)) {
      const say = (what: string, [was, is]: [number, number], scale = 1) =>
        found.push({
          check: 'growth',
          says: `${what} of ${of} grew from ${Math.round(was / scale)} to ${Math.round(is / scale)}`,
          about: {},
        });
      const grew = (pick: (one: SampleFact) => number, { share, more }: typeof MEMORY) => {
        const both = growthOf(all, pick);
        return both && both[1] > both[0] * share + more ? both : undefined;
      };
      const memory = grew((one) => one.memory, MEMORY);
      const handles = grew((one) => one.handles, HANDLES);
      const waiting = grew((one) => one.waiting, WAITING);
      if (memory) say('the memory (MB)', memory, MB);
      if (handles) say('the open files', handles);
      if (waiting) say('what waits', waiting);
    }
    return found;
  },
};
