import { Buyer } from './actors/buyer.js';
import { type ActorPlan, actorsOf, HALLS } from './actors/plan.js';
import { trouble } from './actors/trouble.js';
import { Checker, isAtRest, wrongAtRest } from './invariants.js';
import type { Plant } from './twin/planted.js';
import { Process } from './world/scheduler.js';
import { World } from './world/world.js';

const MOST_STEPS = 60_000;
const REST_MS = 120_000;

/** One run, wholly determined: who takes part, and in which order things happen. */
export interface Run {
  seed: number;
  /** Another order of the same things; 0 is the seed's own. */
  turn: number;
  /** Numbers of the actors that take part; absent for all. */
  only?: readonly number[];
  plants?: ReadonlySet<Plant>;
}

export interface Outcome {
  violation: string | undefined;
  steps: number;
  orders: number;
  met: ReadonlyMap<string, number>;
  trace: readonly string[];
}

/** Plays a run to its end or to the first violation. The same run always plays the same. */
export async function play(run: Run, tracing = false): Promise<Outcome> {
  const lines: string[] = [];
  const short = shortener();
  const world = new World(
    run.seed * 1_000 + run.turn,
    HALLS,
    run.plants ?? new Set(),
    tracing ? (line) => lines.push(short(line)) : undefined,
  );
  const giveBackTheClock = world.clock.install();
  let violation: string | undefined;
  try {
    violation = await playIn(world, run);
  } finally {
    giveBackTheClock();
  }
  return {
    violation: violation === undefined ? undefined : short(violation),
    steps: world.scheduler.steps,
    orders: world.twin.orders.all().length,
    met: world.twin.met,
    trace: lines,
  };
}

async function playIn(world: World, run: Run): Promise<string | undefined> {
  const { scheduler, twin, redis } = world;
  const checker = new Checker(world);
  let wrong: string | undefined;
  let living = 0;
  scheduler.afterStep = () => {
    wrong ??= checker.look();
  };
  actorsOf(run.seed).forEach((plan, no) => {
    if (run.only && !run.only.includes(no)) return;
    living++;
    act(world, plan, run.seed).then(
      () => living--,
      (error: unknown) => {
        wrong ??= `an error that nobody expected: ${error instanceof Error ? error.message : String(error)}`;
      },
    );
  });
  try {
    await scheduler.run(() => wrong !== undefined || living === 0, MOST_STEPS);
    if (wrong !== undefined) return wrong;
    scheduler.heal();
    redis.away = false;
    scheduler.say('nothing fails any more');
    await scheduler.run(() => wrong !== undefined || isAtRest(twin), MOST_STEPS);
    let rested = false;
    void rest(world).then(() => {
      rested = true;
    });
    await scheduler.run(() => wrong !== undefined || (rested && isAtRest(twin)), MOST_STEPS);
  } catch (error) {
    return wrong ?? `unrest: ${error instanceof Error ? error.message : String(error)}`;
  }
  return wrong ?? wrongAtRest(world);
}

function act(world: World, plan: ActorPlan, seed: number): Promise<void> {
  return plan.does === 'buy' ? new Buyer(world, plan, seed).live() : trouble(world, plan);
}

/** Long enough for every comparison of the hold store, with somebody looking at the maps. */
async function rest(world: World): Promise<void> {
  const visitor = new Process('visitor');
  for (let waited = 0; waited < REST_MS; waited += REST_MS / 8) {
    await world.look(visitor);
    await world.scheduler.sleep(visitor, REST_MS / 8);
  }
}

/** Ids are drawn anew in each run; a trace names them by the order in which they appear. */
function shortener(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) =>
    text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      const name = names.get(id) ?? `#${names.size + 1}`;
      names.set(id, name);
      return name;
    });
}
