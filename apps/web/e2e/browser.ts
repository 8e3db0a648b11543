import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { slowLine } from './slow-line';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface RunFile {
  web: string;
  mail: string;
  payments: string;
  logins: Record<string, { email: string; password: string } | undefined>;
}

/** The house that the walks are told to use, and its staff. */
export function house(): RunFile {
  const run = JSON.parse(readFileSync(resolve(process.env.SEANS_RUN ?? '.local/run.json'), 'utf8')) as RunFile;
  return { ...run, web: process.env.SEANS_WEB ?? run.web };
}

/** A browser; with SEANS_LINE=slow at the end of a slow line. */
export async function launch(): Promise<Browser> {
  const slow = process.env.SEANS_LINE === 'slow' ? await slowLine() : undefined;
  const through = slow ? [`--proxy-server=socks5://127.0.0.1:${slow.port}`, '--proxy-bypass-list=<-loopback>'] : [];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: [...FLAGS, ...through] });
  browser.once('disconnected', () => slow?.close());
  return browser;
}

export type Size = 'phone' | 'desktop';
export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

export interface Look {
  language: 'kk' | 'ru' | 'en';
  size: Size;
  theme?: 'light' | 'dark';
  /** Without the worker that keeps papers: what it asks can't be played. */
  workers?: 'block';
}

/** A browser of one person: its language, its screen, and what its pages complained about. */
export async function person(
  browser: Browser,
  look: Look,
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: SIZES[look.size],
    hasTouch: look.size === 'phone',
    colorScheme: look.theme ?? 'light',
    acceptDownloads: true,
    ...(look.workers && { serviceWorkers: look.workers }),
  });
  await context.addInitScript(
    `if (!localStorage.getItem('seans.language')) localStorage.setItem('seans.language', '${look.language}')`,
  );
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  watch(page);
  return { context, page, complaints };
}

/** By page: the last answers that were no success, and what is still asked, as a failure tells them. */
const refusals = new Map<Page, { list: string[]; asked: Map<Request, string> }>();

function watch(page: Page): void {
  const list: string[] = [];
  const asked = new Map<Request, string>();
  refusals.set(page, { list, asked });
  page.on('request', (request) => asked.set(request, new Date().toISOString()));
  page.on('requestfinished', (request) => asked.delete(request));
  const note = (line: string) => {
    list.push(`${new Date().toISOString()} ${line}`);
    if (list.length > 8) list.shift();
  };
  page.on('response', (answer) => {
    if (answer.status() >= 400)
      note(`${answer.status()} ${answer.request().method()} ${new URL(answer.url()).pathname}`);
  });
  page.on('requestfailed', (request) => {
    asked.delete(request);
    note(`${request.failure()?.errorText} ${request.method()} ${new URL(request.url()).pathname}`);
  });
  page.once('close', () => refusals.delete(page));
}

const SHOWN_LINES = 60;

/** Called where a step failed: every open page's address, refusals and words, and a picture of each. */
async function tellFailure(step: string): Promise<void> {
  for (const [page, { list, asked }] of refusals) {
    const open = [...asked].map(
      ([one, since]) => `${since} unanswered: ${one.method()} ${new URL(one.url()).pathname}`,
    );
    // biome-ignore lint/performance/useDomNodeTextContent: the words as they are laid out, line by line
    const words = await page.locator('body').innerText({ timeout: 5_000 }).catch(String);
    const lines = words.split('\n').filter((line) => line.trim().length > 2);
    process.stderr.write(
      `${[`failed: ${step}`, page.url(), ...list, ...open, ...lines.slice(0, SHOWN_LINES)].join('\n  | ')}\n`,
    );
    await picture(page, `failed-${step.replace(/\W+/g, '-').slice(0, 60)}-${[...refusals.keys()].indexOf(page)}`).catch(
      () => undefined,
    );
  }
}
Object.assign(globalThis, { tellFailure });

const PICTURES = resolve('.local/pictures');

export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** Everything that the page waits for is there and its letters are drawn. A stream that stays open is no waiting. */
export async function shown(page: Page): Promise<void> {
  const busy = page.locator('[aria-busy=true], svg[data-waits]');
  await until(async () => (await busy.count()) === 0);
  await page.evaluate('document.fonts.ready');
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** Serious and critical findings of axe on the page as it stands. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(' | ')}`,
    );
}

/** Nothing of the page hides beyond its right edge. */
export async function fits(page: Page): Promise<boolean> {
  return (await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth + 1')) as boolean;
}

/** Waits for a fact; throws when it does not come. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await wait(100);
  }
  throw new Error('it did not happen within 30 s');
}
