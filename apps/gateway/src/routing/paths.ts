/** The services that are published under `/api/<service>`. */
export const PUBLISHED = ['screenings', 'tickets', 'accreditations', 'notifications'] as const;
export type PublishedService = (typeof PUBLISHED)[number];

/** What a service answers for its neighbours and operators alone. */
const CLOSED = new Set(['internal', 'metrics', 'health', 'livez', 'readyz', 'openapi.json']);

function decodeAll(path: string): string | undefined {
  let at = path;
  for (let round = 0; round < 3; round++) {
    try {
      const decoded = decodeURIComponent(at);
      if (decoded === at) return at;
      at = decoded;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/**
 * The path of a service behind a published one; undefined when it is not for the outside, in whatever spelling.
 * @param url path and query as they came, `/api/tickets/orders/1?x=2`
 */
export function servicePath(service: PublishedService, url: string): string | undefined {
  const rest = url.slice(`/api/${service}`.length) || '/';
  const decoded = decodeAll(rest.split('?')[0] ?? '/');
  if (decoded === undefined || /\/\/|\\|(^|\/)\.{1,2}(\/|$)|\p{Cc}/u.test(decoded)) return undefined;
  const first = decoded.split('/')[1]?.toLowerCase() ?? '';
  return CLOSED.has(first) ? undefined : rest;
}

/** Providers of payments and mails call these, mail programs leave letters; they carry no cookie and sign what they send. */
const CALLBACK =
  /^\/api\/(tickets\/payments\/[\w-]+\/(check|result|webhook)|notifications\/(bounces\/webhook|unsubscribe\/[\w.-]+))(\?|$)/;

export function isProviderCallback(url: string): boolean {
  return CALLBACK.test(url);
}

/** Paired devices speak to the door with their own token. */
export function isDoorRoute(url: string): boolean {
  return url.startsWith('/api/tickets/door/');
}

/** Tickets and receipts for the counter's printer: the counter's own page prints them from a frame. */
export function isCounterPaper(url: string): boolean {
  return /^\/api\/tickets\/counter\/orders\/[\w-]+\/papers(\?|$)/.test(url);
}

/** The pages that may hold such a frame. */
export function isCounterPage(path: string): boolean {
  return path === '/counter' || path.startsWith('/counter/');
}
