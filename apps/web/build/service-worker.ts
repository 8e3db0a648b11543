import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What opens without a network: the frame and the pages of tickets, their words in every language, the letters. */
const PAGES =
  /(index\.html|app\/start\.tsx|areas\/shop\/(tickets|order)-page\.tsx|i18n\/common\/\w+\.json|areas\/shop\/words\/\w+\.json)$/;
const FONT = /-(cyrillic|cyrillic-ext|latin|latin-ext)-(flar|wght)-normal.*\.woff2$/;

interface Chunk {
  type: 'chunk' | 'asset';
  fileName: string;
  code?: string;
  imports?: string[];
  moduleIds?: string[];
  facadeModuleId?: string | null;
  viteMetadata?: { importedCss?: Set<string> };
}

/** Writes into the service worker which files it keeps; a new set of files is a new worker. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = bundle as unknown as Record<string, Chunk>;
      const worker = files['sw.js'];
      if (worker?.code === undefined) return;
      const kept = new Set<string>();
      const add = (name: string) => {
        if (kept.has(name) || !files[name]) return;
        kept.add(name);
        for (const other of files[name].imports ?? []) add(other);
        for (const css of files[name].viteMetadata?.importedCss ?? []) kept.add(css);
      };
      for (const file of Object.values(files)) {
        const ids = [file.facadeModuleId ?? '', ...(file.moduleIds ?? []).filter((id) => id.endsWith('.json'))];
        if (ids.some((id) => PAGES.test(id.split('?')[0] ?? '')) || FONT.test(file.fileName)) add(file.fileName);
      }
      const list = [...kept].filter((name) => name !== 'sw.js').sort();
      const version = createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 12);
      worker.code = worker.code
        .replaceAll('__SHELL__', JSON.stringify(list.map((name) => `/${name}`)))
        .replaceAll('__VERSION__', JSON.stringify(version));
    },
  };
}
