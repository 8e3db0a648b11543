const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface OriginQuestion {
  method: string;
  cookie: string | undefined;
  origin: string | undefined;
  /** What browsers say of where a request comes from. */
  fetchSite: string | undefined;
}

/** The origins whose pages are ours. In development the site answers under both names of this machine, and scripts under its internal one. */
export function ownOrigins(publicUrl: string, gatewayUrl: string, development: boolean): string[] {
  const { origin } = new URL(publicUrl);
  if (!development) return [origin];
  return [origin, origin.replace('//127.0.0.1', '//localhost'), new URL(gatewayUrl).origin];
}

/**
 * Whether a request that changes something may use the cookies it brings. Browsers name their origin on every such
 * request; what names none and brings none of their marks is not a browser, and can't have been led here by a page.
 */
export function mayUseCookies(question: OriginQuestion, origins: readonly string[]): boolean {
  if (!CHANGING.has(question.method) || !question.cookie) return true;
  if (question.origin !== undefined) return origins.includes(question.origin);
  return question.fetchSite === undefined || question.fetchSite === 'same-origin' || question.fetchSite === 'none';
}
