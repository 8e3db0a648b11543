import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLanguage, preferredLanguage } from '#libs/kernel';
import { routeUnknown, sendProblem } from '#libs/service-defaults';
import { cookieValue } from '../people/visitors.js';
import type { Callers } from '../routing/callers.js';
import { changePolicy } from '../routing/content-policy.js';
import { isCounterPage } from '../routing/paths.js';
import { PageFacts } from './page-facts.js';
import { filesOf, type Manifest, shellOf, sourcesOf, withShell } from './page-shell.rules.js';

const YEAR_SECONDS = 31_536_000;
/** The one script that compiles WebAssembly, a worker of the scanner: a worker's policy comes with its own file. */
const COMPILES = /^assets\/code-reader\.worker-[\w-]+\.js$/;

function filesUnder(folder: string): Set<string> {
  const found = new Set<string>();
  const walk = (at: string) => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path);
      else found.add(relative(folder, path));
    }
  };
  if (existsSync(folder)) walk(folder);
  return found;
}

/** The page that stands for an address without a file of its own. */
function pageFor(path: string, files: Set<string>): string | undefined {
  const own = ['scanner.html'].find(
    (page) => path === `/${page.slice(0, -5)}` || path.startsWith(`/${page.slice(0, -5)}/`),
  );
  return [own, 'index.html'].find((page) => page !== undefined && files.has(page));
}

/**
 * The built web: files under their hashed names for a year, pages for everything else, in the form that was compressed
 * at build time.
 */
export async function registerWeb(
  fastify: FastifyInstance,
  folder: string,
  callers: Callers,
  screenings: string,
): Promise<void> {
  const root = resolve(folder);
  const files = filesUnder(root);
  if (files.size === 0) return;
  const shells = new Shells(root, new PageFacts(screenings));
  await fastify.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false, etag: true });
  fastify.get('/*', async (request: FastifyRequest, reply: FastifyReply) => {
    const path = decodeURI(request.url.split('?')[0] ?? '/');
    const file = path.slice(1);
    if (path.startsWith('/api/') || path.startsWith('/internal/')) return sendProblem(request, reply, routeUnknown());
    if (files.has(file) && !file.endsWith('.html')) {
      const forever = file.startsWith('assets/');
      void reply.header('Cache-Control', forever ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      if (COMPILES.test(file)) changePolicy(reply, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
      return reply.sendFile(file);
    }
    const page = /\.\w+$/.test(path) ? undefined : pageFor(path, files);
    if (!page) return sendProblem(request, reply, routeUnknown());
    // A browser has its visitor's cookie before its first call: calls side by side must not become several visitors.
    callers.visitorOf(request, reply);
    if (isCounterPage(path)) changePolicy(reply, "default-src 'none'", "default-src 'none';frame-src 'self'");
    void reply.header('Cache-Control', 'no-cache');
    const shell = page === 'index.html' ? await shells.page(path, request) : undefined;
    if (shell === undefined) return reply.sendFile(page);
    return reply.type('text/html; charset=utf-8').header('Vary', 'Cookie, Accept-Language').send(shell);
  });
}

const LANGUAGE_COOKIE = 'seans.language';

/** The page with its first words, in the language that this browser reads. */
class Shells {
  private readonly index: string;
  private readonly manifest: Manifest;

  constructor(
    root: string,
    private readonly facts: PageFacts,
  ) {
    const index = join(root, 'index.html');
    const manifest = join(root, '.vite', 'manifest.json');
    this.index = existsSync(index) ? readFileSync(index, 'utf8') : '';
    this.manifest = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Manifest) : {};
  }

  /** Undefined where the page goes out as it was built. */
  async page(path: string, request: FastifyRequest): Promise<string | undefined> {
    const festival = this.index ? await this.facts.festival() : undefined;
    if (!festival) return undefined;
    const kept = cookieValue(request.headers.cookie, LANGUAGE_COOKIE);
    const language = isLanguage(kept) ? kept : preferredLanguage(request.headers['accept-language']);
    const shell = shellOf(path, festival.programme, language);
    if (!shell) return undefined;
    const files = filesOf(this.manifest, sourcesOf(this.manifest, path, language));
    return withShell(this.index, shell, language, files, festival.clock);
  }
}
