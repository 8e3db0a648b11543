import { readFileSync } from 'node:fs';
import { LANGUAGES } from '#libs/kernel';
import { FESTIVAL, LEAVING } from '../../apps/notifications/src/letters/letter-words.js';
import type { LayoutPart } from '../../apps/notifications/src/letters/render-layout.js';

const SOURCE = 'apps/notifications/mjml/letter.mjml';

/** Cuts compiled HTML at its marks: `%%slot%%`, and `<!--[block]-->…<!--[/block]-->` around what may come several times. */
function cut(html: string): LayoutPart[] {
  const parts: LayoutPart[] = [];
  const marks = /%%(\w+)%%|<!--\[(\w+)\]-->/g;
  let at = 0;
  for (let mark = marks.exec(html); mark; mark = marks.exec(html)) {
    const [whole, slot, block] = mark;
    if (mark.index > at) parts.push(html.slice(at, mark.index));
    at = mark.index + whole.length;
    if (slot) parts.push({ slot });
    if (!block) continue;
    const end = `<!--[/${block}]-->`;
    const to = html.indexOf(end, at);
    if (to < 0) throw new Error(`${SOURCE}: ${block} has no end`);
    parts.push({ block, parts: cut(html.slice(at, to)) });
    at = to + end.length;
    marks.lastIndex = at;
  }
  if (at < html.length) parts.push(html.slice(at));
  return parts;
}

/** The compiler indents for people; mails are for programs. */
function tight(html: string): string {
  return html
    .replace(/\n\s+/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .replace(/>\n</g, '><')
    .replace(/<(\w+)\n/g, '<$1 ')
    .replace(/"\n>/g, '">')
    .trim();
}

/** The MJML of a letter, compiled for each language and cut at its marks, as a module: sending compiles nothing. */
export async function mailLayouts(): Promise<string> {
  const { default: mjml } = await import('mjml');
  const source = readFileSync(SOURCE, 'utf8');
  const layouts: Record<string, LayoutPart[]> = {};
  for (const language of LANGUAGES) {
    const words = { lang: language, festival: FESTIVAL[language], leaving: LEAVING[language] };
    const filled = source.replace(/%%(lang|festival|leaving)%%/g, (_, name: keyof typeof words) => words[name]);
    // No font is fetched from anybody: that would tell them who reads.
    const { html, errors } = await mjml(filled, { validationLevel: 'strict', keepComments: true, fonts: {} });
    if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
    layouts[language] = cut(tight(html));
  }
  return [
    '// Made by `npm run docs` from apps/notifications/mjml/letter.mjml; never edited by hand.',
    "import type { Language } from '#libs/kernel';",
    "import type { LayoutPart } from './render-layout.js';",
    '',
    `export const LAYOUTS: Readonly<Record<Language, readonly LayoutPart[]>> = ${JSON.stringify(layouts, null, 1)};`,
  ].join('\n');
}
