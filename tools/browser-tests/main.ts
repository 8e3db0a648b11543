import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../local-stack/index.js';
import { findChromium } from './find-chromium.js';
import { aHouse } from './house.js';

/**
 * `npm run test:browser [-- what Jest takes]`: the walks in apps/web/e2e (`*.e2e.ts`) in a real Chromium against a house
 * that runs. The walks read SEANS_RUN (its run.json), SEANS_WEB and CHROMIUM_PATH; BROWSER_RESULT names a file for the numbers.
 */
interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

const report = process.env.BROWSER_RESULT ?? join(REPOSITORY, '.local', 'browser-tests.json');
mkdirSync(dirname(report), { recursive: true });

function runWalks(env: NodeJS.ProcessEnv): Promise<number> {
  const jest = join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = join(REPOSITORY, 'tools', 'browser-tests', 'jest.config.mjs');
  const args = [jest, '--config', config, '--runInBand', '--forceExit', '--json', `--outputFile=${report}`];
  const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
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
    process.exitCode = await runWalks(env);
    const result = JSON.parse(readFileSync(report, 'utf8')) as JestResult;
    process.stdout.write(
      `${result.numPassedTests} passed, ${result.numFailedTests + result.numRuntimeErrorTestSuites} failed\n`,
    );
  } finally {
    await house.stop();
  }
}
