import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../browser-tests/find-chromium.js';
import { aHouse } from '../browser-tests/house.js';
import { REPOSITORY } from '../local-stack/index.js';
import { firstLoad } from './first-load.js';
import { scores } from './lighthouse.js';
import { panning } from './panning.js';

/**
 * `npm run web:budget`: what the shop costs a phone, against its budgets; exit 1 where one is passed.
 * `-- --quick` leaves Lighthouse out. The figures are kept in .local/web-budget.json.
 */
const SCRIPT_BYTES = 160_000;
const SCANNER_SCRIPT_BYTES = 130_000;
const LCP_MS = 1_800;
const DRAWN_SEATS = 800;
const SCORE = 95;
const LARGE_HALL = '/screenings/aff19-0914-1900-palace';
const SHOP = ['/', '/films/adam', '/screenings/aff19-0916-1930-mega'];

const say = (line: string) => void process.stdout.write(`${line}\n`);
const over: string[] = [];

function held(name: string, value: number, budget: number, unit: string, most = true): void {
  const fine = most ? value <= budget : value >= budget;
  say(`${fine ? '✓' : '✗'} ${name}: ${Math.round(value)} ${unit} (${most ? 'at most' : 'at least'} ${budget})`);
  if (!fine) over.push(name);
}

const executablePath = findChromium();
if (!executablePath) throw new Error('there is no Chromium (set CHROMIUM_PATH)');
const house = await aHouse();
const facts: Record<string, unknown> = {};
try {
  const { web } = house.facts;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const load = await firstLoad(browser, web);
  facts.firstLoad = load;
  held('first load, compressed JavaScript', load.script / 1_000, SCRIPT_BYTES / 1_000, 'kB');
  say(`  everything: ${Math.round(load.all / 1_000)} kB`);
  held('largest paint on slow 4G, CPU 4x slower', load.lcp, LCP_MS, 'ms');
  const scanner = await firstLoad(browser, `${web}/scanner`);
  facts.scanner = scanner;
  held('scanner, compressed JavaScript', scanner.script / 1_000, SCANNER_SCRIPT_BYTES / 1_000, 'kB');
  const pan = await panning(browser, `${web}${LARGE_HALL}`);
  facts.panning = pan;
  held('seats drawn of a large hall', pan.drawn, DRAWN_SEATS, 'seats');
  held('long tasks while panning, CPU 4x slower', pan.longTasks.length, 0, 'tasks');
  say(`  frames: median ${pan.frame.p50.toFixed(1)} ms, p95 ${pan.frame.p95.toFixed(1)} ms`);
  await browser.close();
  if (!process.argv.includes('--quick')) {
    for (const path of SHOP) {
      const found = await scores(executablePath, `${web}${path}`);
      facts[`lighthouse ${path}`] = found;
      const { failed, ...four } = found;
      for (const [name, score] of Object.entries(four)) held(`Lighthouse ${path} ${name}`, score, SCORE, '', false);
      if (failed.length > 0) say(`  points off: ${failed.join(', ')}`);
    }
  }
} finally {
  await house.stop();
}
const folder = join(REPOSITORY, '.local');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'web-budget.json'), `${JSON.stringify(facts, null, 2)}\n`);
if (over.length > 0) {
  say(`over budget: ${over.join('; ')}`);
  process.exitCode = 1;
}
