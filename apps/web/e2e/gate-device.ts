import { readdirSync, readFileSync } from 'node:fs';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { FLAGS, type Look, SIZES } from './browser';

export interface GateDevice {
  context: BrowserContext;
  page: Page;
  complaints: string[];
}

/** A phone at a gate: a browser with a disk of its own, which is there again after it was killed, and a played camera. */
export async function gateDevice(folder: string, look: Look, clip?: string): Promise<GateDevice> {
  const camera = clip
    ? [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${clip}`,
      ]
    : [];
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM_PATH,
    args: [...FLAGS, ...camera],
    viewport: SIZES[look.size],
    hasTouch: look.size === 'phone',
  });
  await context.addInitScript(
    `if (!localStorage.getItem('seans.language')) localStorage.setItem('seans.language', '${look.language}')`,
  );
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Ends the browser of this folder as a dead battery does: nothing is closed, nothing is written any more. */
export async function kill(device: GateDevice, folder: string): Promise<void> {
  const gone = new Promise((resolve) => device.context.once('close', resolve));
  const pid = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return line.includes(`--user-data-dir=${folder}\0`) && !line.includes('--type=');
      } catch {
        return false;
      }
    });
  if (pid === undefined) await device.context.close();
  else process.kill(Number(pid), 'SIGKILL');
  await gone;
}

/** What a handheld scanner does: it types the code wherever the focus is, and Enter. */
export async function handheld(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}
