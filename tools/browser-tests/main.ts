import { findBrowser, launch } from './browser.js';
import { pages } from './pages.js';
import { purchase } from './purchase.js';
import { stack } from './stack.js';

/** `npm run test:browser`: walks through the real installation in a real browser; ends with `N passed, N failed`. */
export type Check = (name: string, work: () => Promise<void>) => Promise<boolean>;

let passed = 0;
let failed = 0;

const check: Check = async (name, work) => {
  const start = Date.now();
  try {
    await work();
    passed++;
    process.stdout.write(`ok    ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`);
    return true;
  } catch (error) {
    failed++;
    process.stdout.write(
      `FAIL  ${name}\n      ${error instanceof Error ? error.message.split('\n').slice(0, 6).join('\n      ') : error}\n`,
    );
    return false;
  }
};

const path = findBrowser();
if (!path) {
  process.stdout.write(
    'skipped: no Chromium was found. Set CHROMIUM_PATH, or as root: apt-get install -y --no-install-recommends chromium\n0 passed, 0 failed\n',
  );
} else {
  const { run, stop } = await stack();
  const browser = await launch(path);
  try {
    // `npm run test:browser -- purchase` walks one part alone.
    const only = process.argv[2];
    if (!only || only === 'purchase') await purchase(browser, run, check);
    if (!only || only === 'pages') await pages(browser, run, check);
  } finally {
    await browser.close();
    await stop();
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
