import type { DeliveryState, LeavableClass } from '#libs/contracts';
import { HOUR, type LifeCycle, MINUTE, SECOND } from '#libs/kernel';

/** From a queued message to its end. A mail that was taken, or may have been, can still come back. */
export const DELIVERY_CYCLE: LifeCycle<DeliveryState> = {
  queued: ['in-flight', 'awaiting-contact', 'suppressed', 'expired', 'withheld'],
  'awaiting-contact': ['queued', 'expired', 'withheld'],
  'in-flight': ['sent', 'waiting-retry', 'failed', 'bounced', 'expired', 'withheld'],
  'waiting-retry': ['in-flight', 'bounced', 'suppressed', 'expired', 'withheld'],
  sent: ['bounced'],
  failed: [],
  bounced: [],
  suppressed: [],
  expired: [],
  withheld: [],
};

/** What a message is for. */
export type DeliveryClass =
  | 'login'
  | 'short-notice'
  | 'cancellation'
  | 'reminder'
  | 'offer'
  | 'documents'
  | 'change'
  | 'money'
  | 'invitation'
  | 'booking'
  | 'badge'
  | 'accreditation'
  | 'digest';

interface ClassRules {
  /** What it is for, for docs/notifications.md. */
  says: string;
  /** Lower goes first. */
  priority: number;
  /** Milliseconds of machine time, counted from the fact, after which it is not worth sending. */
  maxAge: number;
  /** Whether a person may leave it. */
  mayLeave: boolean;
  /** Whether many within minutes become one. */
  gathers: boolean;
}

/** The one table of classes. */
export const CLASSES: Readonly<Record<DeliveryClass, ClassRules>> = {
  login: { says: 'signing in', priority: 0, maxAge: 10 * MINUTE, mayLeave: false, gathers: false },
  'short-notice': {
    says: 'somebody may be on the way to a door',
    priority: 10,
    maxAge: HOUR,
    mayLeave: false,
    gathers: false,
  },
  cancellation: {
    says: 'what somebody counts on is gone',
    priority: 12,
    maxAge: 48 * HOUR,
    mayLeave: false,
    gathers: false,
  },
  reminder: { says: 'a screening begins soon', priority: 15, maxAge: 24 * HOUR, mayLeave: true, gathers: false },
  // An offer is worth half an hour, as a rule; a letter about it is worth little more.
  offer: { says: 'a place is kept for a short time', priority: 20, maxAge: HOUR, mayLeave: false, gathers: false },
  documents: {
    says: 'tickets and passes',
    priority: 30,
    maxAge: 48 * HOUR,
    mayLeave: false,
    gathers: false,
  },
  change: { says: 'what somebody holds has changed', priority: 40, maxAge: 24 * HOUR, mayLeave: false, gathers: true },
  money: { says: 'money on its way', priority: 50, maxAge: 48 * HOUR, mayLeave: false, gathers: false },
  invitation: {
    says: 'somebody is asked to come or to complete a form',
    priority: 55,
    maxAge: 48 * HOUR,
    mayLeave: false,
    gathers: false,
  },
  booking: { says: 'confirmations of bookings', priority: 60, maxAge: 24 * HOUR, mayLeave: true, gathers: true },
  badge: {
    says: 'a badge, which lives on the phone before it is mailed',
    priority: 65,
    maxAge: 48 * HOUR,
    mayLeave: false,
    gathers: false,
  },
  accreditation: {
    says: 'steps of an application',
    priority: 70,
    maxAge: 48 * HOUR,
    mayLeave: false,
    gathers: false,
  },
  digest: { says: 'many changes in one letter', priority: 60, maxAge: 24 * HOUR, mayLeave: false, gathers: false },
};

/** What is more urgent than this is sent beside the set rate: it never waits behind a bulk. */
export const UNHURRIED_FROM = CLASSES.change.priority;

export function mayLeave(name: string): name is LeavableClass {
  return (CLASSES as Record<string, ClassRules | undefined>)[name]?.mayLeave ?? false;
}

/** @param happenedAt machine time of the fact: one that is heard again after months is not news */
export function expiryOf(deliveryClass: DeliveryClass, happenedAt: Date): Date {
  return new Date(happenedAt.getTime() + CLASSES[deliveryClass].maxAge);
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

/** So many of a class that gathers go out one by one within {@link GATHER_MS}; those after them become one digest. */
export const SINGLES_BEFORE_DIGEST = 3;
export const GATHER_MS = 5 * MINUTE;

/** "a…@example.kz": enough for an admin to recognise, too little to write to. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${address.slice(0, 1)}…${address.slice(at)}`;
}

/** "+7 7•• ••• 12 34". */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 3)}•• ••• ${phone.slice(-4, -2)} ${phone.slice(-2)}`;
}
