import { invariantRows } from '../invariants/invariants.js';
import { audienceStep } from './audience.step.js';
import { counterStep } from './counter.step.js';
import { deskStep } from './desk.step.js';
import { doorStep } from './door.step.js';
import { faultsStep } from './faults.step.js';
import { forgetStep } from './forget.step.js';
import { groupStep } from './group.step.js';
import { lateStep } from './late.step.js';
import { watchMemory } from './memory.js';
import { moveStep } from './move.step.js';
import { papersStep } from './papers.step.js';
import { passesStep } from './passes.step.js';
import { pressStep } from './press.step.js';
import { programmeStep } from './programme.step.js';
import { queueStep } from './queue.step.js';
import { reportsStep } from './reports.step.js';
import { runningFestival } from './run-facts.js';
import { saleStep } from './sale.step.js';
import { Stage } from './stage.js';
import { waitlistStep } from './waitlist.step.js';
import { check, until, Walk } from './walk.js';

const PRESS_FIRST = [
  { id: 'public', classes: ['public'], capacity: 40, overflow: [] },
  { id: 'press', classes: ['press'], capacity: 5, overflow: [] },
];

/** The servers of somebody else are not ours to kill. */
function givenServers(processes: Record<string, number>): string[] {
  const variables = { kafka: 'KAFKA_BROKERS', redis: 'REDIS_URL', postgres: 'DATABASE_URL' };
  return Object.entries(variables).flatMap(([name, variable]) => (processes[name] ? [] : [variable]));
}

async function main(): Promise<void> {
  const from = Date.now();
  const { run, stop } = await runningFestival();
  const walk = new Walk();
  const memory = watchMemory();
  try {
    const stage = new Stage(run);
    const given = givenServers(run.processes);
    await walk.step('a', 'the programme', (say) => programmeStep(stage, say));
    const screening = await stage.screening(`Demonstration ${stage.tag}`, PRESS_FIRST);
    const second = await stage.screening(`Demonstration ${stage.tag}, second hall`);
    const now = await stage.festivalNow();
    if (now.getTime() > screening.startsAt.getTime() - 24 * 3_600_000 || now.getUTCFullYear() !== 2019)
      await stage.stepClock(new Date(screening.startsAt.getTime() - 25 * 3_600_000));
    const order = await walk.step('b', 'audience: two buyers, one pair of seats', (say) =>
      audienceStep(stage, screening.id, say),
    );
    await walk.step('c', 'time runs out', (say) => lateStep(stage, second.id, say));
    const journalist = await walk.step('d', 'press: from application to a booked seat', (say) =>
      pressStep(stage, screening.id, say),
    );
    await walk.step('e', 'prices, baskets and changes', (say) => saleStep(stage, say));
    await walk.step('f', 'another provider, papers, reports', async (say) => {
      const bought = await papersStep(stage, second.id, say);
      await reportsStep(stage, bought, say);
    });
    const group = await stage.screening(`Group ${stage.tag}`);
    await walk.step('g', 'a group by invoice', (say) => groupStep(stage, group.id, say));
    const full = await stage.screening(`Full hall ${stage.tag}`);
    await walk.step('h', 'a waitlist and an invitation', (say) => waitlistStep(stage, full.id, say));
    await walk.step('i', 'a film pass', (say) => passesStep(stage, [second, group], say));
    await walk.step('j', 'a screening with 300 people moves', (say) => moveStep(stage, say));
    await walk.step('k', 'an entry queue', (say) => queueStep(stage, second.id, say));
    await walk.step('l', 'the door', (say) => doorStep(stage, screening, order, journalist, say));
    await walk.step('m', 'accreditation: a freed place, one act for many, a lost badge', (say) =>
      deskStep(stage, screening.id, journalist, say),
    );
    await walk.step('n', 'a person is forgotten', (say) => forgetStep(stage, second.id, say));
    const counter = await stage.screening(`Counter ${stage.tag}`);
    await walk.step('o', 'the box office', (say) => counterStep(stage, counter.id, say));
    if (given.length > 0) process.stdout.write(`\np. faults: skipped, the servers are given by ${given.join(', ')}\n`);
    else await walk.step('p', 'parts die', (say) => faultsStep(stage, second.id, say));
    await walk.step('✦', 'invariants', async (say) => {
      const rows = await until(
        'everything is at rest and in order',
        async () => {
          const found = await invariantRows(run.databases);
          return found.every((row) => row.violations === 0) && found;
        },
        60,
      ).catch(() => invariantRows(run.databases));
      for (const row of rows) say(`${row.violations} · ${row.id} ${row.says}`);
      check(
        rows.every((row) => row.violations === 0),
        'all invariants hold',
        rows.filter((row) => row.violations > 0),
      );
    });
    process.stdout.write(
      `\n${walk.steps.map((step) => `${step.letter}  ${step.seconds.toFixed(1).padStart(6)} s  ${step.title}`).join('\n')}\n`,
    );
    const peak = memory.stop();
    if (peak)
      process.stdout.write(
        `\nmemory of all processes (PSS): ${memory.atRest} MB before the walk, ${peak} MB at its peak\n`,
      );
    process.stdout.write(`\nThe main job works, ${((Date.now() - from) / 1_000).toFixed(0)} s in all.\n`);
  } catch (error) {
    process.stdout.write(`\n✗ ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await stop();
  }
}

await main();
process.exit(process.exitCode ?? 0);
