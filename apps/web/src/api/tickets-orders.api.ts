import { queryOptions } from '@tanstack/react-query';
import type { ExchangeTickets, PlaceOrder, QuoteBasket, ReturnTickets, TransferTicket } from '#libs/contracts';
import { answer, api, keyed } from './client';

const MINUTE = 60_000;
const MOVING = ['awaiting-payment', 'expiring', 'refund-due'];

/** An order, and the key that opens it for whoever has the link. */
export interface OrderRef {
  id: string;
  key: string | null;
}
const of = ({ id, key }: OrderRef) => ({ path: { id }, ...(key && { query: { key } }) });

export const priceRulesQuery = (editionId: string | undefined) =>
  queryOptions({
    queryKey: ['price-rules', editionId],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/price-rules', { params: { path: { id: editionId! } } })),
    enabled: editionId !== undefined,
    staleTime: 5 * MINUTE,
  });
export const passKindsQuery = (editionId: string | undefined) =>
  queryOptions({
    queryKey: ['pass-kinds', editionId],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/pass-kinds', { params: { path: { id: editionId! } } })),
    enabled: editionId !== undefined,
    staleTime: 5 * MINUTE,
  });

/** What a basket costs and why; nothing is taken by asking. */
export const quoteQuery = (basket: QuoteBasket) =>
  queryOptions({
    queryKey: ['quote', basket],
    queryFn: () => answer(api.POST('/api/tickets/quotes', { body: basket })),
    retry: 1,
    staleTime: MINUTE / 2,
    gcTime: MINUTE,
  });
export const placeOrder = (body: PlaceOrder, key: string) =>
  answer(api.POST('/api/tickets/orders', { headers: keyed(key), body }));

export const orderQuery = (id: string, key: string | null) =>
  queryOptions({
    queryKey: ['order', id],
    queryFn: () => answer(api.GET('/api/tickets/orders/{id}', { params: of({ id, key }) })),
    refetchInterval: (query) => (MOVING.includes(query.state.data?.state ?? '') ? 1_500 : false),
  });
export const myOrdersQuery = queryOptions({
  queryKey: ['my-orders'],
  queryFn: () => answer(api.GET('/api/tickets/my/orders')),
  retry: false,
});
export const startPayment = (order: OrderRef, key: string) =>
  answer(api.POST('/api/tickets/orders/{id}/payments', { params: of(order), headers: keyed(key), body: {} }));
/** The buyer is back from the bank: the bank is asked now. */
export const paymentReturned = (order: OrderRef) =>
  answer(api.POST('/api/tickets/orders/{id}/payments/returned', { params: of(order) }));
export const cancelOrder = (order: OrderRef) =>
  answer(api.POST('/api/tickets/orders/{id}/cancel', { params: of(order) }));

export const returnTermsQuery = (order: OrderRef) =>
  queryOptions({
    queryKey: ['return-terms', order.id],
    queryFn: () => answer(api.GET('/api/tickets/orders/{id}/return-terms', { params: of(order) })),
    staleTime: MINUTE / 2,
  });
export const returnTickets = (order: OrderRef, body: ReturnTickets) =>
  answer(api.POST('/api/tickets/orders/{id}/returns', { params: of(order), body }));
export const exchangeTickets = (order: OrderRef, body: ExchangeTickets, key: string) =>
  answer(api.POST('/api/tickets/orders/{id}/exchanges', { params: of(order), headers: keyed(key), body }));
export const transferTicket = (order: OrderRef, ticketId: string, body: TransferTicket, key: string) =>
  answer(
    api.POST('/api/tickets/orders/{id}/tickets/{ticketId}/transfer', {
      params: { ...of(order), path: { id: order.id, ticketId } },
      headers: keyed(key),
      body,
    }),
  );
export const walletsQuery = (order: OrderRef, ticketId: string) =>
  queryOptions({
    queryKey: ['wallets', ticketId],
    queryFn: () =>
      answer(
        api.GET('/api/tickets/orders/{id}/tickets/{ticketId}/wallets', {
          params: { ...of(order), path: { id: order.id, ticketId } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
export const receiptsQuery = (order: OrderRef) =>
  queryOptions({
    queryKey: ['receipts', order.id],
    queryFn: () => answer(api.GET('/api/tickets/orders/{id}/receipts', { params: of(order) })),
    retry: false,
  });
/** A paper of an order, for a link. */
export const orderPaper = ({ id, key }: OrderRef, file: string) =>
  `/api/tickets/orders/${id}/${file}${key ? `?key=${encodeURIComponent(key)}` : ''}`;

export const clashesQuery = queryOptions({
  queryKey: ['my-clashes'],
  queryFn: () => answer(api.GET('/api/tickets/my/clashes')),
  retry: false,
});
