import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const LANGUAGES = ['kk', 'ru', 'en'] as const;
const USED = /\b(?:t|count)\(\s*'([a-z][\w.-]*)'/gi;
/** A key in any other place: a table of keys, a ternary. */
const NAMED = /'([a-z][\w-]*(?:\.[\w-]+)+)'/gi;
/** A key whose end is computed: `order-state.${state}`. */
const BEGUN = /`([a-z][\w.-]*[.-])\$\{/gi;

/** Forms of a message with a number: a Kazakh noun stays singular after one. */
const FORMS: Record<(typeof LANGUAGES)[number], string[]> = {
  kk: ['one'],
  ru: ['one', 'few', 'many'],
  en: ['one', 'many'],
};
const FORM = /_(one|few|many)$/;

/** An area sees its own words and everybody's; what is no area sees everybody's alone. */
function mayUse(file: string, folder: string): boolean {
  if (folder === 'src/i18n/common') return true;
  return file.startsWith(`${dirname(folder)}/`);
}

/**
 * What is wrong with the messages: keys and plural forms that a language lacks, keys used and not written where the
 * user may see them, keys written twice, and keys that nobody uses.
 */
export function messageProblems(root: string): string[] {
  const problems: string[] = [];
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).map(
    (file) => [file, readFileSync(join(root, file), 'utf8')] as const,
  );
  const homes = new Map<string, string>();
  const folders = [
    ...new Set(globSync(['src/i18n/common/*.json', 'src/areas/**/words/*.json'], { cwd: root }).map(dirname)),
  ];
  for (const folder of folders) {
    const read = LANGUAGES.map((language) => {
      const text = readFileSync(join(root, folder, `${language}.json`), 'utf8');
      return [language, new Set(Object.keys(JSON.parse(text) as Record<string, string>))] as const;
    });
    const keys = new Set(read.flatMap(([, set]) => [...set]));
    const plain = new Set([...keys].map((key) => key.replace(FORM, '')));
    for (const key of plain) {
      if (homes.get(key) === 'src/i18n/common' || (homes.has(key) && folder === 'src/i18n/common'))
        problems.push(`${key} is written twice`);
      homes.set(key, folder);
    }
    for (const [language, set] of read)
      for (const key of plain) {
        const needed = keys.has(key) ? [key] : FORMS[language].map((form) => `${key}_${form}`);
        for (const one of needed) if (!set.has(one)) problems.push(`${language}: ${one} is missing`);
      }
    const seen = sources.filter(([file]) => mayUse(file, folder)).map(([, text]) => text);
    const named = new Set(
      seen.flatMap((text) => [...text.matchAll(NAMED), ...text.matchAll(USED)].map(([, key]) => key!)),
    );
    const begun = [...new Set(seen.flatMap((text) => [...text.matchAll(BEGUN)].map(([, start]) => start!)))];
    for (const key of plain)
      if (!named.has(key) && !begun.some((start) => key.startsWith(start))) problems.push(`${key} is used nowhere`);
  }
  const written = folders.map(
    (folder) =>
      [
        folder,
        new Set(
          Object.keys(JSON.parse(readFileSync(join(root, folder, 'ru.json'), 'utf8')) as Record<string, string>).map(
            (key) => key.replace(FORM, ''),
          ),
        ),
      ] as const,
  );
  for (const [file, text] of sources)
    for (const [, key] of text.matchAll(USED))
      if (!written.some(([folder, keys]) => mayUse(file, folder) && keys.has(key!)))
        problems.push(`${key} is used in ${file} and nowhere written`);
  return [...new Set(problems)];
}

/** Fails the build where a message is missing in any language, or kept for nobody. */
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
