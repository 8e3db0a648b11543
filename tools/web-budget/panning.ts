import type { Browser } from 'playwright-core';

const DESK = { width: 1_280, height: 800 };
const STEPS = 60;
const SECTIONS = 'Sections of the hall';
const CLOSER = 'Closer';
const AT_REST = `new Promise((resolve) => {
  const at = () => document.querySelector('[role=grid] > g').getAttribute('transform');
  const before = at();
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(at() === before)));
})`;

export interface Panning {
  /** Seats in the document while the hall is moved. */
  drawn: number;
  /** Tasks over 50 ms while panning, the longest first, in milliseconds. */
  longTasks: number[];
  /** Milliseconds from frame to frame: the middle one, and the one that 95 of 100 stay under. */
  frame: { p50: number; p95: number };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Drags the map of a large hall about on a CPU that is four times slower, and listens to what the browser says of it. */
export async function panning(browser: Browser, address: string): Promise<Panning> {
  const context = await browser.newContext({ viewport: DESK, serviceWorkers: 'block' });
  await context.addInitScript(`localStorage.setItem('seans.language', 'en')`);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await page.goto(address);
  // A large hall is entered by its sections: the first button of the group is the whole hall.
  const sections = page.getByRole('group', { name: SECTIONS }).getByRole('button');
  await sections.nth(1).click();
  const grid = page.getByRole('grid');
  await page.getByRole('gridcell').first().waitFor({ state: 'attached' });
  const closer = page.getByRole('button', { name: CLOSER });
  for (let press = 0; press < 2; press++) await closer.click();
  // Coming closer is no panning: it has ended when two frames show the hall at the same place.
  while (!(await page.evaluate(AT_REST)));
  const box = (await grid.boundingBox())!;
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.evaluate(`
    window.__long = []; window.__frames = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__long.push(entry.duration); })
      .observe({ type: 'longtask' });
    let before = performance.now();
    const frame = (now) => { window.__frames.push(now - before); before = now; window.__raf = requestAnimationFrame(frame); };
    window.__raf = requestAnimationFrame(frame);`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= STEPS; step++) {
    const turn = (step / STEPS) * Math.PI * 2;
    await page.mouse.move(x + Math.sin(turn) * 180, y + (1 - Math.cos(turn)) * 90);
  }
  await page.mouse.up();
  const { long, frames } = (await page.evaluate(
    '({ long: window.__long, frames: (cancelAnimationFrame(window.__raf), window.__frames) })',
  )) as { long: number[]; frames: number[] };
  const drawn = await page.getByRole('gridcell').count();
  await context.close();
  const sorted = frames.slice(2).sort((a, b) => a - b);
  return {
    drawn,
    longTasks: long.filter((one) => one > 50).sort((a, b) => b - a),
    frame: { p50: at(sorted, 0.5), p95: at(sorted, 0.95) },
  };
}
