import { createHash, timingSafeEqual } from 'node:crypto';

export type FreedomPayFields = Record<string, string>;

/**
 * `pg_sig` as Freedom Pay's Merchant API tells it: the script's name, every field but `pg_sig` in the order of the
 * names, the merchant's secret, joined by ";" and hashed with MD5. Nested fields arrive flattened by their names.
 * @param script last part of the path that is called: "init_payment.php", or "result" of our own callback URL
 */
export function freedomPaySignature(script: string, fields: FreedomPayFields, secret: string): string {
  const values = Object.keys(fields)
    .filter((name) => name !== 'pg_sig')
    .sort()
    .map((name) => fields[name]);
  return createHash('md5')
    .update([script, ...values, secret].join(';'))
    .digest('hex');
}

export function isSignedBy(script: string, fields: FreedomPayFields, secret: string): boolean {
  const given = Buffer.from(fields.pg_sig ?? '');
  const expected = Buffer.from(freedomPaySignature(script, fields, secret));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
