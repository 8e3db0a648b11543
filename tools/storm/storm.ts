import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// kafkajs' timer is mended there.
import '#libs/messaging';
import { REPOSITORY } from '../local-stack/index.js';
import type { ServiceName } from '../supervisor/settings.js';
import { check } from './checker/checks.js';
import type { Facts, Violation } from './checker/facts.js';
import { callsOf } from './checker/history.js';
import { onDatabase } from './checker/on-database.js';
import { CONTROLS, type Control } from './controls.js';
import { Clocks } from './house/clocks.js';
import { complaints } from './house/complaints.js';
import { House } from './house/house.js';
import { editFunction } from './house/sabotage.js';
import { keepHouse } from './house/servers.js';
import { patchedBuild } from './house/workshop.js';
import { type Options, readOptions } from './options.js';
import { plantedBugs } from './planted.js';
import { Dice } from './random.js';
import { figures, quantiles, type Result, story, table } from './report.js';
import { SCENARIOS } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { Stage } from './stage.js';

const RESULTS = join(REPOSITORY, '.local', 'storm', 'results');
const RUNS = join(REPOSITORY, '.local', 'storm', 'runs');
const STORIES = 5;
const KEPT_RUNS = 20;
/** A house with a bug in it may never come to rest. */
const BROKEN_PATIENCE_MS = 30_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** A house for scenarios in turn, until one of them leaves it in disorder. */
class Run {
  private house?: House;
  private stage?: Stage;

  constructor(
    private readonly seed: number,
    private readonly folder: string,
    private readonly build: Pick<Parameters<typeof House.start>[0], 'root' | 'sabotage'> = {},
    private readonly patienceMs?: number,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  async play(scenario: Scenario, size: number): Promise<Result> {
    const dice = new Dice(this.seed).fork(scenario.id);
    const stage = await this.open(dice, scenario);
    stage.begin(scenario.id, dice);
    const from = Date.now();
    const before = {
      entries: stage.record.entries.length,
      faults: stage.house.faults.length,
      visits: stage.visits.length,
      notes: stage.notes.length,
    };
    const failed = await scenario.run(stage, size).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const left = await stage.rest().catch((error: Error) => [error.message]);
    const facts = await stage.facts();
    writeFileSync(
      join(this.folder, `${scenario.id}.marks.json`),
      facts.marks.map((mark) => JSON.stringify(mark)).join('\n'),
    );
    const violations: Violation[] = [
      ...left.map((what) => ({ check: 'rest', says: `after minutes of calm ${what}`, about: {} })),
      ...check(facts),
    ];
    const result: Result = {
      scenario: scenario.id,
      title: scenario.title,
      seed: this.seed,
      size,
      ...figures(callsOf(stage.record.entries.slice(before.entries))),
      winners: quantiles(stage.visits.slice(before.visits).flatMap((visit) => visit.tookMs ?? [])),
      tickets: facts.tickets.filter((ticket) => ticket.state === 'live').length,
      faults: stage.house.faults.length - before.faults,
      notes: stage.notes.slice(before.notes),
      violations: violations.map(({ check, says }) => ({ check, says })),
      seconds: (Date.now() - from) / 1_000,
      ...(failed && { failed }),
    };
    if (violations.length > 0 || failed) {
      for (const words of complaints(from)) say(`   ${words}`);
      await this.keep(result, facts, violations);
    }
    return result;
  }

  async end(): Promise<void> {
    this.stage?.close();
    await this.house?.stop();
    this.house = undefined;
    this.stage = undefined;
  }

  private async open(dice: Dice, { id, clocks }: Scenario): Promise<Stage> {
    if (this.stage && (clocks !== undefined) !== (this.stage.clocks !== undefined)) await this.end();
    if (this.stage) return this.stage;
    const own = clocks && new Clocks();
    const house = await House.start({ dice, tell: say, ...this.build, ...(own && { clocks: own }) });
    this.house = house;
    this.stage = new Stage(house, dice, join(this.folder, `${id}.history.jsonl`), this.patienceMs, own);
    return this.stage;
  }

  /** Prints the shortest stories and puts the whole state aside; the next scenario gets a fresh house. */
  private async keep(result: Result, facts: Facts, violations: readonly Violation[]): Promise<void> {
    for (const violation of violations.slice(0, STORIES)) say(story(facts, violation));
    if (violations.length > STORIES) say(`   … and ${violations.length - STORIES} more`);
    await this.end();
    const folder = join(this.folder, `kept-${result.scenario}`);
    mkdirSync(folder, { recursive: true });
    keepHouse(folder);
    writeFileSync(join(folder, 'violations.json'), JSON.stringify({ violations, faults: facts.faults }, null, 2));
    result.kept = folder;
    say(`   state kept in ${folder}`);
  }
}

/** Kept states are large: the oldest runs go. */
function forgetOldRuns(): void {
  if (!existsSync(RUNS)) return;
  for (const name of readdirSync(RUNS).sort().slice(0, -KEPT_RUNS))
    rmSync(join(RUNS, name), { recursive: true, force: true });
}

function runFolder(name: string): string {
  return join(RUNS, `${new Date().toISOString().replace(/[:.]/g, '-')}-${name}`);
}

async function playAll(options: Options, wanted: readonly Scenario[], short: boolean): Promise<boolean> {
  const results: Result[] = [];
  const skipped: string[] = [];
  for (let time = 0; time < options.times; time++) {
    const run = new Run(options.seed + time, runFolder('storm'));
    try {
      for (const scenario of wanted) {
        const impossible = scenario.impossible?.();
        if (impossible) {
          skipped.push(scenario.id);
          say(`${scenario.id}  skipped: ${impossible}`);
          continue;
        }
        const size = options.size ?? (short ? 1 : scenario.full);
        say(`${scenario.id}  ${scenario.title} (seed ${options.seed + time}, size ${size})`);
        const result = await run.play(scenario, size);
        results.push(result);
        for (const note of result.notes) say(`   ${note}`);
        const bad = result.failed ?? (result.violations.length > 0 ? `${result.violations.length} violations` : '');
        say(
          `   ${bad ? `✗ ${bad}` : '✓'} ${result.operations} calls, ${result.orders} orders, ${result.faults} faults, ${result.seconds.toFixed(0)} s`,
        );
      }
    } finally {
      await run.end();
    }
  }
  write('storm', results);
  say(`\n${table(results)}\n`);
  if (skipped.length > 0) say(`skipped: ${skipped.join(', ')}\n`);
  return results.every((result) => result.violations.length === 0 && !result.failed);
}

function write(name: string, results: unknown): void {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${name}-${new Date().toISOString().slice(0, 19).replace(/:/g, '-')}.json`);
  writeFileSync(file, JSON.stringify(results, null, 2));
  say(`\nresults in ${file}`);
}

async function sabotage(control: Control, databases: Record<ServiceName, string>): Promise<void> {
  for (const { database, sql } of control.statements ?? [])
    await onDatabase(databases[database], (client) => client.query(sql));
  await onDatabase(databases.tickets, async (client) => {
    for (const edit of control.functions ?? []) await editFunction(client, edit);
  });
}

/** Plays the scenario that needs the guard, or runs into the bug; true when the checker found out. */
async function mustBeFound(
  seed: number,
  what: { name: string; says: string; scenario: string },
  build: ConstructorParameters<typeof Run>[2],
): Promise<{ name: string; says: string; scenario: string; found: string[]; seconds: number }> {
  say(`${what.name}  ${what.says} (${what.scenario})`);
  const scenario = SCENARIOS.find((one) => one.id === what.scenario);
  if (!scenario) throw new Error(`${what.name} names no scenario`);
  const run = new Run(seed, runFolder(what.name), build, BROKEN_PATIENCE_MS);
  try {
    const result = await run.play(scenario, 1);
    const found = [...new Set(result.violations.map((one) => one.check))];
    if (result.failed) say(`   ${result.failed}`);
    say(found.length > 0 ? `   ✓ found by ${found.join(', ')} in ${result.seconds.toFixed(0)} s` : '   ✗ NOT FOUND');
    return { ...what, found, seconds: result.seconds };
  } finally {
    await run.end();
  }
}

async function breakGuards(options: Options): Promise<boolean> {
  const wanted = CONTROLS.filter((control) => options.break === 'all' || control.name === options.break);
  if (wanted.length === 0) throw new Error(`no such guard; there are ${CONTROLS.map((one) => one.name).join(', ')}`);
  const results = [];
  for (const control of wanted)
    results.push(
      await mustBeFound(
        options.seed,
        { name: control.name, says: `without: ${control.guards}`, scenario: control.scenario },
        {
          ...(control.patches && { root: patchedBuild(control.patches) }),
          sabotage: (databases) => sabotage(control, databases),
        },
      ),
    );
  return summary('controls', results);
}

async function plantBugs(options: Options): Promise<boolean> {
  const bugs = plantedBugs();
  const wanted = bugs.filter((bug) => options.planted === 'all' || bug.name.startsWith(options.planted ?? ''));
  if (wanted.length === 0) throw new Error(`no such bug; there are ${bugs.map((one) => one.name).join(', ')}`);
  const results = [];
  for (const bug of wanted) results.push(await mustBeFound(options.seed, bug, { root: patchedBuild(bug.patches) }));
  return summary('planted', results);
}

function summary(name: string, results: Awaited<ReturnType<typeof mustBeFound>>[]): boolean {
  write(name, results);
  say('\n| | what is wrong | scenario | found by | after |\n| --- | --- | --- | --- | --- |');
  for (const one of results)
    say(
      `| ${one.name} | ${one.says} | ${one.scenario} | ${one.found.join(', ') || '**not found**'} | ${one.seconds.toFixed(0)} s |`,
    );
  return results.every((one) => one.found.length > 0);
}

/** @returns whether everything was as it must be */
export async function storm(args: readonly string[]): Promise<boolean> {
  const options = readOptions(
    args,
    SCENARIOS.map((scenario) => scenario.id),
  );
  forgetOldRuns();
  let good = true;
  const short = options.scenarios.includes('ci');
  const wanted = SCENARIOS.filter((one) => (short ? one.ci : options.scenarios.includes(one.id)));
  if (options.break) good = (await breakGuards(options)) && good;
  if (options.planted) good = (await plantBugs(options)) && good;
  if (wanted.length > 0 && !options.break) good = (await playAll(options, wanted, short)) && good;
  return good;
}
