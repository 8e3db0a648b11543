import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Erasure } from '#libs/contracts';

/**
 * `npm run erase -- ADDRESS REASON`: a person is forgotten in every service and on the topic of people; waits until that is
 * verified, or says what is pending. Signs in as an admin: SEANS_URL, ADMIN_EMAIL and ADMIN_PASSWORD (and ADMIN_CODE, the
 * second factor's), or the installation that runs here.
 */
interface Place {
  url: string;
  email: string;
  password: string;
}

const PATIENCE_MS = 180_000;
const LOOK_MS = 1_000;

function place(): Place {
  const { SEANS_URL, ADMIN_EMAIL, ADMIN_PASSWORD } = process.env;
  if (SEANS_URL && ADMIN_EMAIL && ADMIN_PASSWORD)
    return { url: SEANS_URL.replace(/\/$/, ''), email: ADMIN_EMAIL, password: ADMIN_PASSWORD };
  const file = join(process.cwd(), '.local', 'run.json');
  if (!existsSync(file))
    throw new Error('Nothing runs here. Set SEANS_URL, ADMIN_EMAIL and ADMIN_PASSWORD, or start it with npm start.');
  const { web, logins } = JSON.parse(readFileSync(file, 'utf8')) as {
    web: string;
    logins: Record<string, { email: string; password: string }>;
  };
  const admin = logins.admin;
  if (!admin) throw new Error('This installation has no admin in .local/run.json.');
  return { url: web, ...admin };
}

/** Keeps the cookies of one admin. */
class Admin {
  private readonly jar = new Map<string, string>();

  constructor(private readonly url: string) {}

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        Origin: this.url,
        Cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'Accept-Language': 'en',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const content = (await answer.json()) as T & { title?: string; code?: string };
    if (!answer.ok) throw new Error(`${content.title ?? 'refused'} (${content.code ?? answer.status})`);
    return content;
  }

  async signIn(email: string, password: string): Promise<void> {
    const { next } = await this.call<{ next: string }>('POST', '/session/sign-in', { email, password });
    if (next !== 'two-factor') return;
    const code = process.env.ADMIN_CODE;
    if (!code) throw new Error('This admin has a second factor: set ADMIN_CODE to its code.');
    await this.call('POST', '/session/two-factor', { code });
  }
}

function lines(erasure: Erasure): string {
  return erasure.parts
    .map(({ part, state, left }) => `  ${part.padEnd(15)} ${state}${left.length > 0 ? ` (${left.join(', ')})` : ''}`)
    .join('\n');
}

async function erase(email: string, reason: string): Promise<boolean> {
  const at = place();
  const admin = new Admin(at.url);
  await admin.signIn(at.email, at.password);
  let erasure = await admin.call<Erasure>('POST', '/people/erasures', { email, reason });
  for (const end = Date.now() + PATIENCE_MS; !erasure.doneAt && Date.now() < end; await wait(LOOK_MS))
    erasure = await admin.call<Erasure>('GET', `/people/erasures/${erasure.personId}`);
  const head = erasure.doneAt ? 'forgotten everywhere' : 'still pending; the gateway goes on looking';
  process.stdout.write(`${erasure.personId}: ${head}\n${lines(erasure)}\n`);
  return erasure.doneAt !== null;
}

const [email, ...reason] = process.argv.slice(2);
try {
  if (!email || reason.length === 0) throw new Error('npm run erase -- ADDRESS REASON');
  process.exitCode = (await erase(email, reason.join(' '))) ? 0 : 2;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
