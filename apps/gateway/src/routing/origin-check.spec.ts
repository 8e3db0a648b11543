import { mayUseCookies, ownOrigins } from './origin-check.js';

const SITE = 'https://tickets.example.kz';
const INTERNAL = 'http://gateway:8080';
const ask = (more: Partial<Parameters<typeof mayUseCookies>[0]>) =>
  mayUseCookies(
    { method: 'POST', cookie: 'seans.visitor=1', origin: undefined, fetchSite: undefined, ...more },
    ownOrigins(SITE, INTERNAL, false),
  );

describe('the origin of a request that changes something', () => {
  it('may be our own', () => expect(ask({ origin: SITE })).toBe(true));
  it('may not be another site', () => expect(ask({ origin: 'https://evil.example' })).toBe(false));
  it('may not be a page without an origin', () => expect(ask({ origin: 'null' })).toBe(false));
  it('may not be our name under another scheme', () =>
    expect(ask({ origin: 'http://tickets.example.kz' })).toBe(false));
  it('may be missing where no browser speaks', () => expect(ask({})).toBe(true));
  it('may not be missing where a browser says that another site led here', () =>
    expect(ask({ fetchSite: 'cross-site' })).toBe(false));
  it('does not matter without cookies', () =>
    expect(ask({ cookie: undefined, origin: 'https://evil.example' })).toBe(true));
  it('does not matter for reading', () => expect(ask({ method: 'GET', origin: 'https://evil.example' })).toBe(true));

  it('may be another name of this machine in development only', () => {
    expect(ownOrigins('http://127.0.0.1:9', INTERNAL, true)).toEqual([
      'http://127.0.0.1:9',
      'http://localhost:9',
      INTERNAL,
    ]);
    expect(ownOrigins('http://127.0.0.1:9', INTERNAL, false)).toEqual(['http://127.0.0.1:9']);
  });
});
