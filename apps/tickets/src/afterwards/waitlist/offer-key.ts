import { createHmac, timingSafeEqual } from 'node:crypto';

/** Opens one offer without signing in: 130 bits that only we can make, mailed as part of a link. */
export function offerKey(id: string, secret: string): string {
  return createHmac('sha256', secret).update(`offer.${id}`).digest('base64url').slice(0, 22);
}

export function isOfferKey(id: string, given: string, secret: string): boolean {
  const expected = Buffer.from(offerKey(id, secret));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
