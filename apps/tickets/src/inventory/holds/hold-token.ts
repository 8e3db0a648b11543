import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a hold promises, signed by tickets: checkout needs no Redis to believe it. */
export interface HoldToken {
  hold: string;
  screening: string;
  plan: number;
  /** The plan whose version that is: another hall's may have the same number. */
  planId?: string;
  buyer: string;
  seats: string[];
  /** Machine time, milliseconds. */
  until: number;
  /** The waitlist's offer whose claimed seats these are; its places in the shares are counted already. */
  offer?: string;
}

function signature(body: string, secret: string): Buffer {
  return createHmac('sha256', secret).update('hold.').update(body).digest();
}

export function writeHoldToken(token: HoldToken, secret: string): string {
  const body = Buffer.from(JSON.stringify(token)).toString('base64url');
  return `${body}.${signature(body, secret).toString('base64url')}`;
}

/** Undefined when the token is not ours or was changed. */
export function readHoldToken(text: string, secret: string): HoldToken | undefined {
  const [body = '', given = ''] = text.split('.');
  const expected = signature(body, secret);
  const actual = Buffer.from(given, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as HoldToken;
}

/** The hold's id from the Idempotency-Key: the same buyer, screening and key always mean the same hold. */
export function holdIdOf(buyer: string, screening: string, key: string): string {
  const h = createHash('sha256')
    .update(JSON.stringify([buyer, screening, key]))
    .digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
}
