import type { WorkerScope } from '../../sw/worker-scope';

const worker = self as unknown as WorkerScope;

/** Both are written by the build: everything that the scanner is made of, and a hash of it. */
declare const __SHELL__: string[];
declare const __VERSION__: string;

const SHELL = `scanner-${__VERSION__}`;
const PAGE = '/scanner';

/** The whole scanner is on the device before its first evening without a network. Scans are never kept here. */
worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll([PAGE, '/scanner/app.webmanifest', '/mark.svg', ...__SHELL__]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('scanner-') && name !== SHELL))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  event.respondWith(request.mode === 'navigate' ? kept(PAGE, request) : kept(request, request));
});

/** What is on the device comes first: an evening begins with the version it was prepared with, and at once. */
async function kept(key: string | Request, request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(key, { ignoreVary: true })) ?? fetch(request);
}
