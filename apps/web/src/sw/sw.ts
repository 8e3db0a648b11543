import type { WorkerScope } from './worker-scope';

const worker = self as unknown as WorkerScope;

/** Both are written by the build: what tickets need to open without a network, and a hash of it. */
declare const __SHELL__: string[];
declare const __VERSION__: string;

const SHELL = `shell-${__VERSION__}`;
/** What was opened on this device and must open again: orders with their codes, the programme that names them, a clerk's shift. */
const PAPERS = 'papers';
const MOST_PAPERS = 80;
/** A network that does not answer in this time is as good as none, where something is kept. */
const PATIENCE_MS = 4_000;
const KEPT =
  /^\/api\/(session|festival-clock|screenings\/editions(\/[^/]+\/programme)?|tickets\/(counter\/shifts\/mine|my\/(orders|passes|waitlist|clashes)|orders\/[^/]+(\/return-terms)?))$/;
/** Areas with a worker of their own, or none. */
const NOT_OURS = /^\/(api|scan|scanner|office)(\/|$)/;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(['/', ...__SHELL__]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('shell-') && name !== SHELL))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (request.mode === 'navigate' && !NOT_OURS.test(url.pathname))
    event.respondWith(inTime(request, () => caches.match('/')));
  else if (KEPT.test(url.pathname)) event.respondWith(paper(request));
});

/** A file with a hash in its name never changes. */
async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

async function paper(request: Request): Promise<Response> {
  const cache = await caches.open(PAPERS);
  const answer = await inTime(request, () => cache.match(request, { ignoreVary: true }));
  return answer;
}

/** The network's answer, kept where it is a paper; what was kept before where the network is silent or broken. */
async function inTime(request: Request, kept: () => Promise<Response | undefined>): Promise<Response> {
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && KEPT.test(new URL(request.url).pathname)) await keep(request, answer.clone());
    return answer;
  });
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const first = await Promise.race([asked, late]).catch(() => undefined);
  if (first && first.status < 502) return first;
  return (await kept()) ?? first ?? asked;
}

async function keep(request: Request, answer: Response): Promise<void> {
  const cache = await caches.open(PAPERS);
  await cache.put(request, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PAPERS)).map((old) => cache.delete(old)));
}
