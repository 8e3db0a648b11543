import { createHash } from 'node:crypto';
import type { CounterSaleState } from '#libs/contracts';
import type { OrderState } from '../../sale/orders/order.rules.js';

/** A clerk draws from the general sale and from what is kept for the counter. */
export const COUNTER_CLASSES = ['public', 'box-office'];

/** In whose name a shift's orders are placed. */
export function counterBuyer(shift: string): { kind: 'visitor'; id: string; roles: [] } {
  return { kind: 'visitor', id: `counter:${shift}`, roles: [] };
}

/** The order's id from the shift and the Idempotency-Key: a sale is found again by the key that it was begun with. */
export function saleIdOf(shift: string, key: string): string {
  return idOf(['counter-sale', shift, key]);
}

/** The attempt's id from the order and the key that asked for it. */
export function paymentIdOf(order: string, key: string): string {
  return idOf(['counter-payment', order, key]);
}

function idOf(parts: readonly string[]): string {
  const h = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** What a clerk is told of a sale. Only `paid` is done: an order that may still be paid for never is. */
export function saleState(facts: {
  order: OrderState;
  voided: boolean;
  attempts: readonly string[];
}): CounterSaleState {
  if (facts.voided) return 'voided';
  switch (facts.order) {
    case 'paid':
      return 'done';
    case 'awaiting-payment':
    case 'expiring':
      if (facts.attempts.includes('unknown')) return 'unknown';
      return facts.attempts.some((state) => state === 'opening' || state === 'open') ? 'paying' : 'declined';
    case 'expired':
    case 'cancelled':
      return 'given-up';
    default:
      return 'returning';
  }
}
