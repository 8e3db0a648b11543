import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What opens without a network, by its worker: the page's own frame and parts, its words in every language, the letters. */
const PAGES: Record<string, RegExp> = {
  'sw.js':
    /(\/index\.html|areas\/shop\/(tickets|order)-page\.tsx|i18n\/common\/\w+\.json|areas\/shop\/words\/\w+\.json)$/,
  'scanner-sw.js': /(\/scanner\.html|i18n\/common\/\w+\.json|areas\/scanner\/(words\/\w+\.json|.*\.tsx?))$/,
};
const START = /\/index\.html$/;
/** Fetched by a page of the scanner and by nobody else. */
const SCANNER_FILE = /(^|\/)(code-reader\.worker|zxing_reader)-[\w-]+\.(js|wasm)$/;
const FONT = /-(cyrillic|cyrillic-ext|latin|latin-ext)-(flar|wght)-normal.*\.woff2$/;

interface Chunk {
  type: 'chunk' | 'asset';
  fileName: string;
  code?: string;
  imports?: string[];
  dynamicImports?: string[];
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
      for (const [name, pages] of Object.entries(PAGES)) writeShell(files, name, pages);
    },
  };
}

function writeShell(files: Record<string, Chunk>, name: string, pages: RegExp): void {
  const worker = files[name];
  if (worker?.code === undefined) return;
  const kept = new Set<string>();
  const add = (file: string) => {
    if (kept.has(file) || !files[file]) return;
    kept.add(file);
    for (const other of files[file].imports ?? []) add(other);
    for (const css of files[file].viteMetadata?.importedCss ?? []) kept.add(css);
  };
  for (const file of Object.values(files)) {
    const ids = [file.facadeModuleId ?? '', ...(file.moduleIds ?? []).filter((id) => id.endsWith('.json'))];
    if (ids.some((id) => pages.test(id.split('?')[0] ?? '')) || FONT.test(file.fileName)) add(file.fileName);
    // The page's own start is imported part by part.
    if (name === 'sw.js' && START.test(file.facadeModuleId ?? ''))
      for (const part of file.dynamicImports ?? []) add(part);
    if (name === 'scanner-sw.js' && SCANNER_FILE.test(file.fileName)) add(file.fileName);
  }
  const list = [...kept].filter((file) => !(file in PAGES)).sort();
  const version = createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 12);
  worker.code = worker.code
    .replaceAll('__SHELL__', JSON.stringify(list.map((file) => `/${file}`)))
    .replaceAll('__VERSION__', JSON.stringify(version));
}
