import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { REPOSITORY } from '../../local-stack/index.js';
import { LOCAL } from '../../supervisor/settings.js';

/** A change of one source file: `search` must stand there exactly once. */
export interface Patch {
  /** From the root of the repository. */
  file: string;
  search: string;
  replace: string;
}

/** @throws when the text is not there, or more than once: then the product has changed and the patch must follow */
export function changed(text: string, { file, search, replace }: Patch): string {
  const parts = text.split(search);
  if (parts.length !== 2) throw new Error(`${file} has the searched text ${parts.length - 1} times:\n${search}`);
  return parts.join(replace);
}

/** As the build does it, one file at a time. */
function compile(source: string, file: string): string {
  return ts.transpileModule(source, {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      isolatedModules: true,
      useDefineForClassFields: false,
    },
  }).outputText;
}

/** A copy of the build with patches applied to it; answers its folder. The product's own build is left as it is. */
export function patchedBuild(patches: readonly Patch[], name = 'copy'): string {
  const root = join(LOCAL, name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const part of ['apps', 'libs', 'tools'])
    cpSync(join(REPOSITORY, 'dist', part), join(root, 'dist', part), { recursive: true });
  for (const shared of ['node_modules', join('dist', 'web'), 'data'])
    if (existsSync(join(REPOSITORY, shared))) symlinkSync(join(REPOSITORY, shared), join(root, shared));
  cpSync(join(REPOSITORY, 'package.json'), join(root, 'package.json'));
  const sources = new Map<string, string>();
  for (const patch of patches) {
    const before = sources.get(patch.file) ?? readFileSync(join(REPOSITORY, patch.file), 'utf8');
    sources.set(patch.file, changed(before, patch));
  }
  for (const [file, source] of sources) {
    const target = join(root, 'dist', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, compile(source, file));
  }
  return root;
}
