import { createHmac, timingSafeEqual } from 'node:crypto';

/** What makes a personal link personal: 130 bits that only we can make; nothing of it is stored. */
export function invitationKey(id: string, secret: string): string {
  return createHmac('sha256', secret).update(`invitation.${id}`).digest('base64url').slice(0, 22);
}

export function isInvitationKey(id: string, given: string, secret: string): boolean {
  const expected = Buffer.from(invitationKey(id, secret));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
