import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  AskApproval,
  ExchangeAtCounter,
  PayAgain,
  PriceAtCounter,
  ReprintTicket,
  ReserveByPhone,
  ReturnAtCounter,
  SellAtCounter,
  TicketsPrinted,
} from '#libs/contracts';
import { answer, api, keyed } from './client';

const MINUTE = 60_000;
const of = (id: string) => ({ path: { id } });

/** What the basket costs by card and in cash; nothing is taken by asking. */
export const counterPriceQuery = (basket: PriceAtCounter) =>
  queryOptions({
    queryKey: ['counter', 'price', basket],
    queryFn: () => answer(api.POST('/api/tickets/counter/price', { body: basket })),
    placeholderData: keepPreviousData,
    retry: 1,
    staleTime: MINUTE / 2,
    gcTime: MINUTE,
  });

/** The sale's key is its name: asked again it is the same sale. */
export const sell = (body: SellAtCounter, key: string) =>
  answer(api.POST('/api/tickets/counter/sales', { body, headers: keyed(key) }));
/** Other seats for tickets of an order; asked again under its key it is the same exchange. */
export const exchangeTickets = (orderId: string, body: ExchangeAtCounter, key: string) =>
  answer(api.POST('/api/tickets/counter/orders/{id}/exchanges', { params: of(orderId), body, headers: keyed(key) }));
/** How a sale stands; while its terminal works or was not heard, the terminal is asked. */
export const readSale = (id: string) => answer(api.GET('/api/tickets/counter/sales/{id}', { params: of(id) }));
export const payAgain = (id: string, body: PayAgain, key: string) =>
  answer(api.POST('/api/tickets/counter/sales/{id}/payments', { params: of(id), body, headers: keyed(key) }));
export const giveUpSale = (id: string) =>
  answer(api.POST('/api/tickets/counter/sales/{id}/give-up', { params: of(id) }));
export const voidSale = (id: string, reason: string) =>
  answer(api.POST('/api/tickets/counter/sales/{id}/void', { params: of(id), body: { reason } }));

/** Those with tickets that are not printed first, then the newest. */
export const salesOfShiftQuery = (shiftId: string) =>
  queryOptions({
    queryKey: ['counter', 'sales', shiftId],
    queryFn: async () =>
      (await answer(api.GET('/api/tickets/counter/sales', { params: { query: { shiftId } } }))).sales,
    refetchInterval: MINUTE / 3,
  });

/** Tickets and receipt for the ticket printer. */
export function papersOf(orderId: string, format: '80mm' | 'a6', tickets?: readonly string[]): string {
  const query = new URLSearchParams({ format, ...(tickets && { tickets: tickets.join(',') }) });
  return `/api/tickets/counter/orders/${orderId}/papers?${query}`;
}
/** What waits under the last digits of a phone. Each question is counted and written down: it is asked once, by hand. */
export const askByPhone = (shiftId: string, digits: string) =>
  answer(api.GET('/api/tickets/counter/will-call', { params: { query: { shiftId, digits } } }));
export const orderAtCounterQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['counter', 'order', orderId],
    queryFn: () => answer(api.GET('/api/tickets/counter/orders/{id}', { params: of(orderId) })),
  });
export const toldPrinted = (orderId: string, body: TicketsPrinted) =>
  answer(api.POST('/api/tickets/counter/orders/{id}/printed', { params: of(orderId), body }));
/** The old code dies, the paper carries a new one. */
export const reprint = (ticketId: string, body: ReprintTicket, key: string) =>
  answer(api.POST('/api/tickets/counter/tickets/{id}/reprint', { params: of(ticketId), body, headers: keyed(key) }));
export const returnAtCounter = (orderId: string, body: ReturnAtCounter, key: string) =>
  answer(api.POST('/api/tickets/counter/orders/{id}/returns', { params: of(orderId), body, headers: keyed(key) }));

export const askApproval = (body: AskApproval, key: string) =>
  answer(api.POST('/api/tickets/counter/approvals', { body, headers: keyed(key) }));
/** What became of a question; asked until somebody decided. */
export const approvalQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['counter', 'approval', id],
    queryFn: () => answer(api.GET('/api/tickets/counter/approvals/{id}', { params: of(id!) })),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data && query.state.data.state !== 'asked' ? false : 1_500),
  });
export const approvalsQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'approvals', editionId],
    queryFn: () => answer(api.GET('/api/tickets/counter/approvals', { params: { query: { editionId } } })),
    enabled: editionId !== '',
    refetchInterval: 3_000,
  });
export const decideApproval = (id: string, approve: boolean) =>
  answer(api.POST('/api/tickets/counter/approvals/{id}/decision', { params: of(id), body: { approve } }));

export const reservationsQuery = (editionId: string, text: string) =>
  queryOptions({
    queryKey: ['counter', 'reservations', editionId, text],
    queryFn: () =>
      answer(api.GET('/api/tickets/counter/reservations', { params: { query: { editionId, ...(text && { text }) } } })),
    enabled: editionId !== '',
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE / 3,
  });
export const reserveByPhone = (body: ReserveByPhone, key: string) =>
  answer(api.POST('/api/tickets/counter/reservations', { body, headers: keyed(key) }));
export const releaseReservation = (id: string) =>
  answer(api.POST('/api/tickets/counter/reservations/{id}/release', { params: of(id) }));
/** The kept seats as a hold, to be sold like any other. */
export const sellReservation = (id: string) =>
  answer(api.POST('/api/tickets/counter/reservations/{id}/sell', { params: of(id) }));
