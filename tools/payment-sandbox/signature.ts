import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A message of the Merchant API: names to texts, lists of positions nested under their name. */
export interface Fields {
  [name: string]: string | Fields;
}

/** The values in the order in which they are signed: names sorted, what is nested in the order it was sent. */
function signedValues(fields: Fields): string[] {
  const nested = (value: string | Fields): string[] =>
    typeof value === 'string' ? [value] : Object.values(value).flatMap(nested);
  return Object.keys(fields)
    .filter((name) => name !== 'pg_sig')
    .sort()
    .flatMap((name) => nested(fields[name] ?? ''));
}

/** `pg_sig`: MD5 in hex of script name, values and secret, joined by semicolons. */
export function signatureOf(script: string, fields: Fields, secret: string): string {
  return createHash('md5')
    .update([script, ...signedValues(fields), secret].join(';'))
    .digest('hex');
}

/** The fields with a fresh salt and their signature. */
export function signed(script: string, fields: Fields, secret: string): Fields {
  const salted = { ...fields, pg_salt: randomBytes(12).toString('hex') };
  return { ...salted, pg_sig: signatureOf(script, salted, secret) };
}

/** Compares in constant time. */
export function isSigned(script: string, fields: Fields, secret: string): boolean {
  const given = Buffer.from(typeof fields.pg_sig === 'string' ? fields.pg_sig.toLowerCase() : '');
  const right = Buffer.from(signatureOf(script, fields, secret));
  return given.length === right.length && timingSafeEqual(given, right);
}

/** The name that signs a message to `url`: the last part of its path. */
export function scriptOf(url: string): string {
  return new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
}
