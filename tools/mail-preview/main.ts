import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { LANGUAGES } from '#libs/kernel';
import { writeLetter } from '../../apps/notifications/src/letters/write-letter.js';
import { TRIGGERS } from '../../apps/notifications/src/triggers/trigger.rules.js';
import { findChromium } from '../browser-tests/find-chromium.js';
import { letterExample } from './examples.js';

/**
 * `npm run mail:preview [-- TEMPLATE…]`: every letter in every language with its golden example, as HTML, as text and, where a
 * Chromium is found, as pictures: on a desk, on a phone, and on a dark phone. A letter over 102 kB fails.
 */
const FOLDER = '.local/mail-preview';
/** Where mail programs cut a mail off. */
const LONGEST = 102 * 1_024;
const VIEWS = [
  { name: 'desk', width: 720, dark: false },
  { name: 'phone', width: 360, dark: false },
  { name: 'phone-dark', width: 360, dark: true },
] as const;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const asked = process.argv.slice(2);

async function pictures(browser: Browser, files: readonly string[]): Promise<void> {
  for (const { name, width, dark } of VIEWS) {
    const context = await browser.newContext({
      viewport: { width, height: 400 },
      deviceScaleFactor: width < 500 ? 2 : 1,
      colorScheme: dark ? 'dark' : 'light',
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    for (const file of files) {
      await page.goto(pathToFileURL(resolve(`${file}.html`)).href);
      await page.screenshot({ path: `${file}.${name}.png`, fullPage: true });
    }
    await context.close();
  }
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const files: string[] = [];
let largest = { file: '', bytes: 0 };
// Several facts may share a template; the newest telling is the one that is shown.
const rows = new Map(TRIGGERS.map((trigger) => [trigger.template, trigger]));
for (const trigger of TRIGGERS) if (!trigger.type?.endsWith('.v1')) rows.set(trigger.template, trigger);
for (const [template, trigger] of rows) {
  if (!trigger.channels.includes('email') || (asked.length > 0 && !asked.includes(template))) continue;
  const example = letterExample(trigger);
  if (!example) throw new Error(`${template} has no example`);
  for (const language of LANGUAGES) {
    const { subject, html, text } = writeLetter(template, language, example.data, example.facts);
    const file = `${FOLDER}/${template}.${language}`;
    const bytes = Buffer.byteLength(html);
    if (bytes > LONGEST) throw new Error(`${file}: ${bytes} bytes are over ${LONGEST}`);
    if (bytes > largest.bytes) largest = { file, bytes };
    writeFileSync(`${file}.html`, html);
    writeFileSync(`${file}.txt`, `${subject}\n\n${text}`);
    files.push(file);
  }
}
say(`${files.length} letters in ${FOLDER}; the largest is ${largest.file}, ${Math.ceil(largest.bytes / 1_024)} kB`);

const executablePath = findChromium();
if (executablePath) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await pictures(browser, files);
  } finally {
    await browser.close();
  }
  say(`${files.length * VIEWS.length} pictures`);
} else say('no Chromium was found: no pictures (CHROMIUM_PATH names one)');
