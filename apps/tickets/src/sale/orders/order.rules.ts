import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LifeCycle } from '#libs/kernel';

export type OrderState =
  | 'awaiting-payment'
  | 'expiring'
  | 'paid'
  | 'expired'
  | 'cancelled'
  | 'refund-due'
  | 'refunded'
  | 'charged-back'
  | 'review';

/**
 * An order's states. `expired → paid` is a late payment whose seats were still free; `paid → cancelled` gave back
 * tickets that had cost nothing; whatever has ended can still meet a payment, which then goes back.
 */
export const ORDER_CYCLE: LifeCycle<OrderState> = {
  'awaiting-payment': ['expiring', 'paid', 'cancelled', 'refund-due', 'review'],
  expiring: ['expired', 'paid', 'cancelled', 'refund-due', 'review'],
  expired: ['paid', 'refund-due', 'review'],
  cancelled: ['refund-due'],
  paid: ['refund-due', 'refunded', 'cancelled', 'charged-back'],
  'refund-due': ['refunded'],
  refunded: ['refund-due'],
  'charged-back': ['refund-due'],
  review: ['paid', 'refund-due'],
};

type TicketState = 'live' | 'suspended' | 'ended';

/**
 * A ticket's states. A chargeback suspends it until the bank has decided; `ended → live` is a seat that was released to
 * the rush line and is its holder's again.
 */
export const TICKET_CYCLE: LifeCycle<TicketState> = {
  live: ['suspended', 'ended'],
  suspended: ['live', 'ended'],
  ended: ['live'],
};

/** The allocation classes of somebody who buys in the shop. */
export const SHOP_CLASSES = ['public'];

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The number that people see and say, from the order's id: "K7QF-2M9T". Grants nothing. */
export function orderNumber(id: string): string {
  let value = BigInt(`0x${id.replaceAll('-', '').slice(-12)}`);
  let out = '';
  for (let i = 0; i < 8; i++) {
    out += LETTERS[Number(value % 30n)];
    value /= 30n;
  }
  return `${out.slice(0, 4)}-${out.slice(4)}`;
}

/** Opens one order without signing in: 130 bits that only we can make. */
export function orderKey(id: string, secret: string): string {
  return keyOf('order', id, secret);
}

/** Opens one ticket of an order for the person whom it was given to. */
export function ticketKey(id: string, secret: string): string {
  return keyOf('ticket', id, secret);
}

export function isOrderKey(id: string, given: string, secret: string): boolean {
  return same(orderKey(id, secret), given);
}

export function isTicketKey(id: string, given: string, secret: string): boolean {
  return same(ticketKey(id, secret), given);
}

function keyOf(thing: 'order' | 'ticket', id: string, secret: string): string {
  return createHmac('sha256', secret).update(`${thing}.${id}`).digest('base64url').slice(0, 22);
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
