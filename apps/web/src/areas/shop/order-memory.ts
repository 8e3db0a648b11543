import type { Order } from '#libs/contracts';
import type { OrderRef } from '../../api/tickets-orders.api';

const ORDERS = 'seans.orders';
const MOST = 30;

/** Orders made in this browser, so that "my tickets" opens them without an account. */
export function rememberOrder(order: Pick<Order, 'id' | 'key'>): void {
  const others = rememberedOrders().filter((other) => other.id !== order.id);
  localStorage.setItem(ORDERS, JSON.stringify([{ id: order.id, key: order.key }, ...others].slice(0, MOST)));
}

export function rememberedOrders(): (OrderRef & { key: string })[] {
  try {
    return JSON.parse(localStorage.getItem(ORDERS) ?? '[]') as { id: string; key: string }[];
  } catch {
    return [];
  }
}
