import { createHash, timingSafeEqual } from 'node:crypto';

export type FreedomPayFields = Record<string, string>;

/** What an answer may hold: texts, and lists of positions nested under their name. */
export type FreedomPayValue = string | FreedomPayValue[] | { [name: string]: FreedomPayValue };
export type FreedomPayMessage = Record<string, FreedomPayValue>;

function flat(value: FreedomPayValue): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(value).flatMap(flat);
}

/**
 * `pg_sig` as Freedom Pay's Merchant API tells it: the script's name, every field but `pg_sig` in the order of the
 * names, the merchant's secret, joined by ";" and hashed with MD5. What is nested stands in the order it was sent.
 * @param script last part of the path that is called: "init_payment.php", or "result" of our own callback URL
 */
export function freedomPaySignature(script: string, fields: FreedomPayMessage, secret: string): string {
  const values = Object.keys(fields)
    .filter((name) => name !== 'pg_sig')
    .sort()
    .flatMap((name) => flat(fields[name] ?? ''));
  return createHash('md5')
    .update([script, ...values, secret].join(';'))
    .digest('hex');
}

export function isSignedBy(script: string, fields: FreedomPayMessage, secret: string): boolean {
  const given = Buffer.from(typeof fields.pg_sig === 'string' ? fields.pg_sig : '');
  const expected = Buffer.from(freedomPaySignature(script, fields, secret));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
