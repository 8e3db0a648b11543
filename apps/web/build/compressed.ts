import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(js|css|html|svg|json|wasm|webmanifest)$/;

/** Writes `.br` and `.gz` beside each text of the build, so that the gateway compresses nothing while serving. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle: {
      order: 'post',
      handler() {
        const folder = this.environment.config.build.outDir;
        const root = join(this.environment.config.root, folder);
        for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
          if (!WORTH_IT.test(name)) continue;
          const bytes = readFileSync(join(root, name));
          const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
          writeFileSync(join(root, `${name}.br`), brotliCompressSync(bytes, { params }));
          writeFileSync(join(root, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        }
      },
    },
  };
}
