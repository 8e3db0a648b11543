import { readTopic } from '../checker/read-topic.js';
import type { PROGRAMS } from '../house/house.js';
import { TELLS_BOTH, TELLS_NEXT } from '../house/next-version.js';
import { patchedBuild } from '../house/workshop.js';
import { type Stage, until } from '../stage.js';
import { PEOPLE } from './buying.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

/** Orders paid between two steps. */
const BETWEEN = 3;
const NEXT = 'tickets.order.paid.v2';
const OLD = 'tickets.order.paid.v1';

interface Step {
  program: (typeof PROGRAMS)[number];
  build: 'both' | 'next';
}

/** The teller goes first, so that the old hearer meets what it doesn't know; the old version falls silent last. */
const STEPS: readonly Step[] = [
  { program: 'tickets-1', build: 'both' },
  { program: 'notifications', build: 'both' },
  { program: 'tickets-2', build: 'both' },
  { program: 'tickets-1', build: 'next' },
  { program: 'tickets-2', build: 'next' },
];

async function toldAs(stage: Stage): Promise<{ next: number; old: number; alone: number }> {
  const facts = await readTopic(stage.house.at.kafka, 'tickets');
  const of = (type: string) => new Set(facts.filter((one) => one.type === type).map((one) => one.fact));
  const [next, old] = [of(NEXT), of(OLD)];
  return { next: next.size, old: old.size, alone: [...next].filter((fact) => !old.has(fact)).length };
}

/** S15: an event gets a next version while people buy, one process after the other. */
export const s15: Scenario = {
  id: 'S15',
  title: 'a rolling deploy: an event gets a v2 beside its v1, then the v1 falls silent, while people buy',
  full: 3,
  ci: false,
  async run(stage, size) {
    const { house } = stage;
    const roots = { both: patchedBuild(TELLS_BOTH, 'both'), next: patchedBuild(TELLS_NEXT, 'next') };
    const [main] = await stage.sell({ seats: Math.round(160 * size) });
    const overMs = 30_000 * Math.max(1, size / 2);
    const crowd = stage.crowd(stage.shop(60_000 + overMs), {
      buyers: Math.round(90 * size),
      overMs,
      sales: [main!],
      fates: PEOPLE,
    });
    let steps = 0;
    await meanwhile(crowd, async (ended) => {
      for (const { program, build } of STEPS) {
        const before = stage.count('pay', 303);
        await until(() => stage.count('pay', 303) >= before + BETWEEN, ended);
        if (ended()) return;
        await house.deploy(program, roots[build]);
        steps += 1;
      }
      const before = stage.count('pay', 303);
      await until(() => stage.count('pay', 303) >= before + BETWEEN, ended);
    });
    await stage.rest();
    const told = await toldAs(stage);
    for (const program of new Set(STEPS.map((step) => step.program))) await house.deploy(program, undefined);
    stage.note(`${told.old} payments told as v1, ${told.next} as v2, ${told.alone} of them as v2 alone`);
    demand(steps === STEPS.length, `only ${steps} of ${STEPS.length} steps were made while people bought`);
    demand(told.alone > 0 && told.old > 0, 'the versions were not told beside each other and then alone');
  },
};
