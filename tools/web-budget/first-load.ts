import type { Browser, CDPSession } from 'playwright-core';

/** Lighthouse's "slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms round trip. */
const SLOW_4G = {
  offline: false,
  downloadThroughput: (1.6 * 1_000_000) / 8,
  uploadThroughput: (750 * 1_000) / 8,
  latency: 150,
};
const PHONE = { width: 390, height: 844 };

export interface FirstLoad {
  /** Compressed bytes of JavaScript, as their bodies came over the wire. */
  script: number;
  /** Compressed bytes of everything. */
  all: number;
  /** Milliseconds until the largest thing was painted. */
  lcp: number;
}

/** What one visit costs a phone that has nothing yet. */
export async function firstLoad(browser: Browser, address: string): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  const wire: CDPSession = await context.newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', SLOW_4G);
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const scripts = new Set<string>();
  let [script, all] = [0, 0];
  wire.on('Network.responseReceived', ({ requestId, response }) => {
    if (/javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  // Bodies alone: headers are no JavaScript.
  wire.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    all += encodedDataLength;
    if (scripts.has(requestId)) script += encodedDataLength;
  });
  await page.addInitScript(`
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__lcp = entry.startTime; })
      .observe({ type: 'largest-contentful-paint', buffered: true });`);
  await page.goto(address, { waitUntil: 'load' });
  await page.getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
  const lcp = Number(await page.evaluate('window.__lcp ?? 0'));
  await context.close();
  return { script, all, lcp };
}
