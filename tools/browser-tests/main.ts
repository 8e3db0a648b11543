import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../local-stack/index.js';
import { findChromium } from './find-chromium.js';
import { aHouse } from './house.js';

/**
 * `npm run test:browser [-- [--slow] what Jest takes]`: the walks in apps/web/e2e (`*.e2e.ts`) in a real Chromium against a
 * house that runs; those of {@link SLOWED} again on a slow line (`--slow`: only on a slow line). The walks read SEANS_RUN
 * (its run.json), SEANS_WEB, SEANS_LINE and CHROMIUM_PATH; BROWSER_RESULT names a file for the numbers.
 */
interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: unknown[];
}

/** Walks that people take on a bad line: buying a seat, applying, deciding. */
const SLOWED = ['purchase', 'accreditation', 'officer'];

const report = process.env.BROWSER_RESULT ?? join(REPOSITORY, '.local', 'browser-tests.json');
mkdirSync(dirname(report), { recursive: true });
const given = process.argv.slice(2).filter((one) => one !== '--slow');
const onlySlow = process.argv.includes('--slow');

function runWalks(env: NodeJS.ProcessEnv, walks: string[]): Promise<number> {
  const jest = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = join(REPOSITORY, 'tools', 'browser-tests', 'jest.config.mjs');
  const args = [jest, '--config', config, '--runInBand', '--forceExit', '--json', `--outputFile=${report}`];
  const child = spawn(process.execPath, [...args, ...walks], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const chromium = findChromium();
if (!chromium) {
  const why = 'browser walks: there is no Chromium (set CHROMIUM_PATH)';
  writeFileSync(report, JSON.stringify({ passed: 0, failed: 0, skipped: [why] }));
  process.stdout.write(`skipped ${why}\n`);
} else {
  const house = await aHouse();
  try {
    const env = { ...process.env, SEANS_WEB: house.facts.web, SEANS_RUN: house.runFile, CHROMIUM_PATH: chromium };
    const results: JestResult[] = [];
    const round = async (line: string, walks: string[]) => {
      process.exitCode = (await runWalks({ ...env, SEANS_LINE: line }, walks)) || process.exitCode;
      results.push(JSON.parse(readFileSync(report, 'utf8')) as JestResult);
    };
    if (!onlySlow) await round('', given);
    if (onlySlow || given.length === 0) await round('slow', given.length > 0 ? given : SLOWED);
    const total = (of: (result: JestResult) => number) => results.reduce((sum, result) => sum + of(result), 0);
    const sum = {
      numPassedTests: total((one) => one.numPassedTests),
      numFailedTests: total((one) => one.numFailedTests),
      numRuntimeErrorTestSuites: total((one) => one.numRuntimeErrorTestSuites),
      testResults: results.flatMap((one) => one.testResults),
    };
    writeFileSync(report, JSON.stringify(sum));
    process.stdout.write(
      `${sum.numPassedTests} passed, ${sum.numFailedTests + sum.numRuntimeErrorTestSuites} failed\n`,
    );
  } finally {
    await house.stop();
  }
}
