import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LeavableClass } from '#libs/contracts';
import { mayLeave } from '../deliveries/delivery.rules.js';

function signature(said: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(`unsubscribe ${said}`).digest().subarray(0, 16);
}

/** Names a person and a class of letters; whoever has the letter may leave them, nobody else. Lasts as long as the key. */
export function unsubscribeToken(personId: string, deliveryClass: LeavableClass, key: Buffer): string {
  const said = Buffer.from(`${personId} ${deliveryClass}`).toString('base64url');
  return `${said}.${signature(said, key).toString('base64url')}`;
}

export function readUnsubscribeToken(
  token: string,
  key: Buffer,
): { personId: string; deliveryClass: LeavableClass } | undefined {
  const [said = '', signed = ''] = token.split('.');
  const given = Buffer.from(signed, 'base64url');
  const expected = signature(said, key);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [personId = '', deliveryClass = ''] = Buffer.from(said, 'base64url').toString().split(' ');
  return mayLeave(deliveryClass) ? { personId, deliveryClass } : undefined;
}
