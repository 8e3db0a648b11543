import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, newId } from '#libs/kernel';

const COOKIE = 'seans.visitor';
const YEAR_SECONDS = 365 * 24 * 3_600;

/** The value of one cookie out of the header. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Anonymous browsers: an id in a cookie that only we can have made. It grants nothing but its own holds and orders. */
export class Visitors {
  constructor(
    private readonly secret: string,
    private readonly secure: boolean,
  ) {}

  private seal(id: string): string {
    return createHmac('sha256', this.secret).update(`visitor:${id}`).digest('base64url');
  }

  /** The visitor's id; undefined without a cookie of ours. */
  read(cookies: string | undefined): string | undefined {
    const [id = '', seal = ''] = (cookieValue(cookies, COOKIE) ?? '').split('.');
    if (!isId(id)) return undefined;
    const given = Buffer.from(seal);
    const right = Buffer.from(this.seal(id));
    return given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
  }

  /** A new visitor and the cookie to set. */
  make(): { id: string; cookie: string } {
    const id = newId();
    const flags = `Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; SameSite=Lax${this.secure ? '; Secure' : ''}`;
    return { id, cookie: `${COOKIE}=${id}.${this.seal(id)}; ${flags}` };
  }
}
