import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed';
import { messagesComplete } from './build/messages-complete';
import { preloadedFonts } from './build/preloaded-fonts';
import { serviceWorker } from './build/service-worker';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080';
const root = fileURLToPath(new URL('.', import.meta.url));

/** Nothing is inlined: the policy of the gateway allows scripts, styles and fonts from our own origin alone. */
export default defineConfig({
  root,
  plugins: [react(), messagesComplete(root), preloadedFonts(), serviceWorker(), compressed()],
  resolve: { conditions: ['source', 'module', 'browser', 'import', 'default'] },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: `${root}index.html`,
        scanner: `${root}scanner.html`,
        sw: `${root}src/sw/sw.ts`,
        'scanner-sw': `${root}src/areas/scanner/sw.ts`,
      },
      output: {
        // A service worker's address is its identity: it never carries a hash.
        entryFileNames: (chunk) =>
          /^(scanner-)?sw$/.test(chunk.name) ? `${chunk.name}.js` : 'assets/[name]-[hash].js',
        advancedChunks: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'router', test: /node_modules\/react-router\// },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    // The gateway accepts changes from its own origin alone.
    proxy: { '/api': { target: gateway, changeOrigin: true, headers: { origin: gateway } } },
  },
});
