import { readOptions } from './options.js';
import { play, type Run } from './run-seed.js';
import { shrink } from './shrink.js';
import { PLANTS, type Plant } from './twin/planted.js';

const out = (line: string) => process.stdout.write(`${line}\n`);

/** True when every seed kept every promise. */
export async function simulate(args: readonly string[]): Promise<boolean> {
  const options = readOptions(args);
  const plants = new Set(options.plant === undefined ? [] : [plantOf(options.plant)]);
  const met = new Map<string, number>();
  const started = performance.now();
  let [seeds, orders, steps] = [0, 0, 0];
  const more = () => (options.orders === undefined ? seeds < options.seeds : orders < options.orders);
  while (more()) {
    const run: Run = {
      seed: options.seed + seeds,
      turn: options.turn,
      plants,
      ...(options.only && { only: options.only }),
    };
    const outcome = await play(run, options.trace);
    for (const line of outcome.trace) out(line);
    for (const [key, count] of outcome.met) met.set(key, (met.get(key) ?? 0) + count);
    seeds++;
    orders += outcome.orders;
    steps += outcome.steps;
    if (outcome.violation === undefined) continue;
    out(`\n✗ seed ${run.seed}: ${outcome.violation}`);
    if (!options.trace) await tellShortest(run, outcome.violation, options.plant);
    return false;
  }
  const seconds = (performance.now() - started) / 1_000;
  tellCoverage(met);
  out(
    `\n✓ ${seeds} seeds, ${orders} orders, ${steps} steps in ${seconds.toFixed(1)} s: ` +
      `${(seeds / seconds).toFixed(1)} seeds and ${(orders / seconds).toFixed(0)} orders a second, no violation`,
  );
  return true;
}

async function tellShortest(failed: Run, violation: string, plant: string | undefined): Promise<void> {
  const { run, outcome } = await shrink(failed, violation);
  out(`\nthe shortest run found, ${run.only?.length} actors and ${outcome.steps} steps:`);
  for (const line of outcome.trace) out(line);
  out(`✗ ${outcome.violation}`);
  const planted = plant === undefined ? '' : ` --planted ${plant}`;
  out(`\nnpm run simulate -- --seed ${run.seed} --turn ${run.turn} --only ${run.only?.join()}${planted} --trace`);
}

function tellCoverage(met: ReadonlyMap<string, number>): void {
  const cells = [...met].map(([key, count]) => [...key.split(' × '), count] as [string, string, number]);
  const commands = [...new Set(cells.map(([command]) => command))].sort();
  out('states that each command met');
  for (const command of commands) {
    const states = cells
      .filter(([name]) => name === command)
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([, state, count]) => `${state} ${count}`);
    out(`  ${command.padEnd(16)} ${states.join(' · ')}`);
  }
}

function plantOf(name: string): Plant {
  const known = Object.keys(PLANTS) as Plant[];
  const plant = known.find((one) => one === name);
  if (!plant) throw new Error(`unknown bug ${name}; there are ${known.join(', ')}`);
  return plant;
}
