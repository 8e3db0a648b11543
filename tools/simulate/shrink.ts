import { actorsOf } from './actors/plan.js';
import { type Outcome, play, type Run } from './run-seed.js';

const TURNS = 12;

/** The smallest run found that breaks the same invariant: actors are left out one by one while it still fails. */
export async function shrink(run: Run, violation: string): Promise<{ run: Run; outcome: Outcome }> {
  const kind = kindOf(violation);
  let best: Run = { ...run, only: run.only ?? actorsOf(run.seed).map((_, no) => no) };
  for (let shorter = true; shorter; ) {
    shorter = false;
    for (const leftOut of best.only ?? []) {
      const found = await failing({ ...best, only: (best.only ?? []).filter((no) => no !== leftOut) }, kind);
      if (!found) continue;
      best = found;
      shorter = true;
    }
  }
  return { run: best, outcome: await play(best, true) };
}

/** Fewer actors meet in another order: a few orders are tried. */
async function failing(run: Run, kind: string): Promise<Run | undefined> {
  for (let turn = 0; turn < TURNS; turn++) {
    const again = { ...run, turn };
    const { violation } = await play(again);
    if (violation !== undefined && kindOf(violation) === kind) return again;
  }
  return undefined;
}

function kindOf(violation: string): string {
  return violation.slice(0, violation.indexOf(':'));
}
