import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { LANGUAGES, type Language } from '#libs/kernel';
import { findChromium } from '../browser-tests/find-chromium.js';
import { aHouse, type House } from '../browser-tests/house.js';
import { REPOSITORY } from '../local-stack/index.js';
import { PAGES, type PageToSee } from './pages.js';

/**
 * `npm run web:pictures [-- part of a name…]`: every page on a phone and on a desk, in three languages, on one sheet:
 * .local/web-pictures/index.html. `--dark` takes the dark clothes, `--narrow` adds 320 px.
 */
const FOLDER = join(REPOSITORY, '.local', 'web-pictures');
const SIZES: Record<string, { width: number; height: number }> = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1_440, height: 900 },
};

const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const dark = process.argv.includes('--dark');
if (process.argv.includes('--narrow')) SIZES.narrow = { width: 320, height: 640 };
const say = (line: string) => void process.stdout.write(`${line}\n`);

const fileOf = (page: PageToSee, language: Language, size: string) =>
  `${page.name.replaceAll(/[^a-z0-9]+/gi, '-')}.${language}.${size}.png`;

async function signedIn(browser: Browser, house: House, as: PageToSee['as'], size: string, language: Language) {
  const context = await browser.newContext({
    viewport: SIZES[size]!,
    hasTouch: size !== 'desktop',
    colorScheme: dark ? 'dark' : 'light',
    serviceWorkers: 'block',
  });
  await context.addInitScript(`localStorage.setItem('seans.language', '${language}')`);
  const login = as && house.facts.logins[as];
  if (login)
    await context.request.post(`${house.facts.web}/api/session/sign-in`, {
      data: { email: login.email, password: login.password },
      headers: { Origin: house.facts.web },
    });
  return context;
}

async function take(context: BrowserContext, web: string, page: PageToSee, file: string): Promise<boolean> {
  const tab = await context.newPage();
  try {
    await tab.goto(`${web}${page.path}`);
    await tab.getByRole('heading').first().waitFor();
    // Streams stay open: quiet for half a second is as quiet as some pages get.
    await tab.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    await tab.evaluate('document.fonts.ready');
    await tab.locator('svg[data-waits]').first().waitFor({ state: 'detached' });
    const fits = await tab.evaluate('document.documentElement.scrollWidth <= window.innerWidth + 1');
    await tab.screenshot({ path: join(FOLDER, file) });
    return fits === true;
  } finally {
    await tab.close();
  }
}

function sheet(pages: PageToSee[]): string {
  const cells = (page: PageToSee) =>
    Object.keys(SIZES)
      .flatMap((size) => LANGUAGES.map((language) => ({ size, language, file: fileOf(page, language, size) })))
      .map(
        ({ size, language, file }) =>
          `<figure><a href="${file}"><img src="${file}" alt="${page.name}, ${size}, ${language}" loading="lazy" height="420"></a><figcaption>${size} · ${language}</figcaption></figure>`,
      )
      .join('');
  const rows = pages.map((page) => `<h2>${page.name} <code>${page.path}</code></h2><div>${cells(page)}</div>`).join('');
  return `<!doctype html><meta charset="utf-8"><title>Seans, every page</title><style>body{font:16px system-ui;margin:24px;background:#ddd}div{display:flex;gap:16px;overflow-x:auto}figure{margin:0;flex:none}img{display:block;border:1px solid #999}</style><h1>Every page</h1>${rows}`;
}

const executablePath = findChromium();
if (!executablePath) throw new Error('there is no Chromium (set CHROMIUM_PATH)');
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const pages = PAGES.filter((page) => asked.length === 0 || asked.some((part) => page.name.includes(part)));
const house = await aHouse();
let wide = 0;
try {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  for (const size of Object.keys(SIZES))
    for (const language of LANGUAGES)
      for (const as of new Set(pages.map((page) => page.as))) {
        const context = await signedIn(browser, house, as, size, language);
        for (const page of pages.filter((one) => one.as === as))
          if (!(await take(context, house.facts.web, page, fileOf(page, language, size)))) {
            wide += 1;
            say(`✗ wider than its screen: ${page.name}, ${size}, ${language}`);
          }
        await context.close();
      }
  await browser.close();
} finally {
  await house.stop();
}
writeFileSync(join(FOLDER, 'index.html'), sheet(pages));
say(`${pages.length} pages: ${join(FOLDER, 'index.html')}`);
if (wide > 0) process.exitCode = 1;
