import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningFestival } from '../demo/run-facts.js';
import { REPOSITORY } from '../local-stack/index.js';
import { type Bench, type BenchResult, runBench, type Servers, table } from './bench.js';
import { holdBench } from './p1-hold.js';
import { purchaseBench } from './p2-purchase.js';
import { countedHallBench, oneHallBench } from './p4-one-hall.js';
import { seatMapBench } from './p5-seat-map.js';
import { doorBench } from './p6-door.js';
import { tellBench } from './p7-tell.js';
import { hearBench } from './p8-hear.js';
import { closeGrownHouses, growthBenches } from './p10-growth.js';
import { firstPageBench, searchBench } from './p13-applications.js';
import { mailsBench } from './p14-mails.js';

/**
 * `npm run bench -- [P7 P8 …]`: each figure against its control, in pairs, as JSON and as a table.
 * Uses the running house's servers (or starts the house), with databases and topics of its own. P3 and P11 measure a whole
 * house, which they start beside it.
 */
const BENCHES: readonly Bench[] = [
  holdBench,
  purchaseBench,
  oneHallBench,
  countedHallBench,
  seatMapBench,
  doorBench,
  tellBench,
  hearBench,
  ...growthBenches,
  firstPageBench,
  searchBench,
  mailsBench,
];
const WHOLE = ['P3', 'P11'];
const RESULTS = '.local/bench';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const asked = process.argv.slice(2);
const chosen = BENCHES.filter(
  ({ id }) => asked.length === 0 || asked.includes(id) || asked.includes(id.split(' ')[0] ?? ''),
);

/** Measured first, while nothing else runs. */
function wholeHouse(figures: string[]): Promise<number> {
  const program = join(REPOSITORY, 'dist', 'tools', 'bench', 'whole', 'main.js');
  const child = spawn(process.execPath, [program, ...figures], { cwd: REPOSITORY, stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const whole = WHOLE.filter((id) => asked.length === 0 || asked.includes(id));
if (whole.length > 0) process.exitCode = await wholeHouse(whole);
if (chosen.length > 0) await inPairs();

async function inPairs(): Promise<void> {
  const { run, stop } = await runningFestival();
  try {
    const postgres = new URL(run.databases.tickets);
    postgres.pathname = '/postgres';
    const servers: Servers = { kafka: run.kafka, postgres: postgres.href, redis: run.redis };
    const results: BenchResult[] = [];
    for (const bench of chosen) results.push(await runBench(bench, servers, say));
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(`${RESULTS}/results.json`, `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(`${RESULTS}/results.md`, `${table(results, BENCHES)}\n`);
    say(`\n${table(results, BENCHES)}\n\nWritten to ${RESULTS}/results.json and results.md`);
  } finally {
    await closeGrownHouses();
    await stop();
  }
}
