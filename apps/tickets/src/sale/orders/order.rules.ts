import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LifeCycle } from '#libs/kernel';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';

export type OrderState = 'awaiting-payment' | 'expiring' | 'paid' | 'expired' | 'refund-due' | 'refunded' | 'review';

/** An order's states. `expired → paid` is a late payment whose seats were still free. */
export const ORDER_CYCLE: LifeCycle<OrderState> = {
  'awaiting-payment': ['expiring', 'paid', 'refund-due', 'review'],
  expiring: ['expired', 'paid', 'refund-due', 'review'],
  expired: ['paid', 'refund-due', 'review'],
  paid: ['refund-due'],
  'refund-due': ['refunded'],
  refunded: [],
  review: ['paid', 'refund-due'],
};

/** The allocation classes of somebody who buys in the shop. */
export const SHOP_CLASSES = ['public'];

/**
 * The counted limits that somebody of these classes may draw from, in rank order: the open allocations of the class
 * first, then what they overflow into. Empty when the screening counts nothing.
 * @param at festival time
 * @returns undefined when the screening counts but has nothing for this person now
 */
export function allocationCandidates(
  data: Pick<ScreeningData, 'screeningId' | 'allocations'>,
  classes: readonly string[],
  at: Date,
): string[] | undefined {
  if (data.allocations.length === 0) return [];
  const open = (allocation: ScreeningData['allocations'][number]) =>
    (!allocation.opensAt || at >= new Date(allocation.opensAt)) &&
    (!allocation.closesAt || at < new Date(allocation.closesAt));
  const own = data.allocations.filter((a) => a.classes.some((name) => classes.includes(name)) && open(a));
  const ranked = [...new Set(own.flatMap((a) => [a.id, ...a.overflow]))];
  return ranked.length > 0 ? ranked.map((id) => `${data.screeningId}:${id}`) : undefined;
}

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
  return createHmac('sha256', secret).update(`order.${id}`).digest('base64url').slice(0, 22);
}

export function isOrderKey(id: string, given: string, secret: string): boolean {
  const expected = Buffer.from(orderKey(id, secret));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
