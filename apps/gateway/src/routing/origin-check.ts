const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface OriginQuestion {
  method: string;
  cookie: string | undefined;
  origin: string | undefined;
  /** What browsers say of where a request comes from. */
  fetchSite: string | undefined;
}

/** In development the site answers under both names of this machine. */
function names(publicUrl: string, development: boolean): string[] {
  const { origin } = new URL(publicUrl);
  return development ? [origin, origin.replace('//127.0.0.1', '//localhost')] : [origin];
}

/**
 * Whether a request that changes something may use the cookies it brings. Browsers name their origin on every such
 * request; what names none and brings none of their marks is not a browser, and can't have been led here by a page.
 */
export function mayUseCookies(question: OriginQuestion, publicUrl: string, development: boolean): boolean {
  if (!CHANGING.has(question.method) || !question.cookie) return true;
  if (question.origin !== undefined) return names(publicUrl, development).includes(question.origin);
  return question.fetchSite === undefined || question.fetchSite === 'same-origin' || question.fetchSite === 'none';
}
