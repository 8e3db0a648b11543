import type { DeliveryState } from '#libs/contracts';
import { HOUR, type LifeCycle, MINUTE, SECOND } from '#libs/kernel';

/** From a queued message to its end. */
export const DELIVERY_CYCLE: LifeCycle<DeliveryState> = {
  queued: ['in-flight', 'awaiting-contact', 'expired', 'withheld'],
  'awaiting-contact': ['queued', 'expired', 'withheld'],
  'in-flight': ['sent', 'waiting-retry', 'failed', 'expired', 'withheld'],
  'waiting-retry': ['in-flight', 'expired', 'withheld'],
  sent: [],
  failed: [],
  expired: [],
  withheld: [],
};

/** What a message is for; decides how long it is worth sending. */
export type DeliveryClass = 'documents' | 'money' | 'accreditation' | 'booking' | 'offer' | 'short-notice' | 'login';

const MAX_AGE: Record<DeliveryClass, number> = {
  documents: 48 * HOUR,
  money: 48 * HOUR,
  accreditation: 48 * HOUR,
  booking: 24 * HOUR,
  // An offer is worth half an hour, as a rule; a letter about it is worth little more.
  offer: HOUR,
  'short-notice': HOUR,
  login: 10 * MINUTE,
};

export function expiryOf(deliveryClass: DeliveryClass, queuedAt: Date): Date {
  return new Date(queuedAt.getTime() + MAX_AGE[deliveryClass]);
}

const FIRST_RETRY_MS = SECOND;
const LONGEST_RETRY_MS = 10 * MINUTE;

/**
 * Milliseconds until the next try: doubling from 1 s to 10 min, between half and the whole of it.
 * @param attempts tries so far, at least 1
 * @param random from 0 to 1
 */
export function retryDelay(attempts: number, random: number): number {
  const whole = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  return Math.round(whole * (0.5 + random / 2));
}

/** "a…@example.kz": enough for an admin to recognise, too little to write to. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${address.slice(0, 1)}…${address.slice(at)}`;
}
