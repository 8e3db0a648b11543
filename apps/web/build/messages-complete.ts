import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const LANGUAGES = ['kk', 'ru', 'en'] as const;
const USED = /\b(?:t|count)\(\s*'([a-z][\w.-]*)'/gi;

/** Forms of a message with a number: a Kazakh noun stays singular after one. */
const FORMS: Record<(typeof LANGUAGES)[number], string[]> = {
  kk: ['one'],
  ru: ['one', 'few', 'many'],
  en: ['one', 'many'],
};
const FORM = /_(one|few|many)$/;

/** What is wrong with the messages: keys and plural forms that a language lacks, keys used and never written. */
export function messageProblems(root: string): string[] {
  const problems: string[] = [];
  const read = LANGUAGES.map((language) => {
    const text = readFileSync(join(root, `src/i18n/${language}.json`), 'utf8');
    return [language, new Set(Object.keys(JSON.parse(text) as Record<string, string>))] as const;
  });
  const keys = new Set(read.flatMap(([, set]) => [...set]));
  const plain = new Set([...keys].map((key) => key.replace(FORM, '')));
  for (const [language, set] of read)
    for (const key of plain) {
      const needed = keys.has(key) ? [key] : FORMS[language].map((form) => `${key}_${form}`);
      for (const one of needed) if (!set.has(one)) problems.push(`${language}: ${one} is missing`);
    }
  for (const file of globSync('src/**/*.{ts,tsx}', { cwd: root }))
    for (const [, key] of readFileSync(join(root, file), 'utf8').matchAll(USED))
      if (!plain.has(key!)) problems.push(`${key} is used in ${file} and nowhere written`);
  return [...new Set(problems)];
}

/** Fails the build where a message is missing in any language. */
export function messagesComplete(root: string): Plugin {
  return {
    name: 'messages-complete',
    apply: 'build',
    buildStart() {
      const problems = messageProblems(root);
      if (problems.length > 0) this.error(`messages:\n  ${problems.join('\n  ')}`);
    },
  };
}
