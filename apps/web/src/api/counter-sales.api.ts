import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  AskApproval,
  CounterApproval,
  CounterQuote,
  CounterSale,
  CounterSales,
  HeldSeats,
  PayAgain,
  PriceAtCounter,
  ReprintTicket,
  Reservation,
  ReserveByPhone,
  ReturnAtCounter,
  ReturnedAtCounter,
  SellAtCounter,
  TicketsPrinted,
  WillCall,
} from '#libs/contracts';
import { call } from './client';

const at = '/tickets/counter';
const MINUTE = 60_000;

/** What the basket costs by card and in cash; nothing is taken by asking. */
export const counterPriceQuery = (basket: PriceAtCounter) =>
  queryOptions({
    queryKey: ['counter', 'price', basket],
    queryFn: () => call<CounterQuote>(`${at}/price`, { method: 'POST', body: basket }),
    placeholderData: keepPreviousData,
    retry: 1,
    staleTime: MINUTE / 2,
    gcTime: MINUTE,
  });

/** The sale's key is its name: asked again it is the same sale. */
export const sell = (body: SellAtCounter, key: string) =>
  call<CounterSale>(`${at}/sales`, { method: 'POST', body, idempotencyKey: key });
/** How a sale stands; while its terminal works or was not heard, the terminal is asked. */
export const readSale = (id: string) => call<CounterSale>(`${at}/sales/${id}`);
export const payAgain = (id: string, body: PayAgain, key: string) =>
  call<CounterSale>(`${at}/sales/${id}/payments`, { method: 'POST', body, idempotencyKey: key });
export const giveUpSale = (id: string) => call<CounterSale>(`${at}/sales/${id}/give-up`, { method: 'POST', body: {} });
export const voidSale = (id: string, reason: string) =>
  call<CounterSale>(`${at}/sales/${id}/void`, { method: 'POST', body: { reason } });

/** Those with tickets that are not printed first, then the newest. */
export const salesOfShiftQuery = (shiftId: string) =>
  queryOptions({
    queryKey: ['counter', 'sales', shiftId],
    queryFn: async () => (await call<CounterSales>(`${at}/sales?shiftId=${shiftId}`)).sales,
    refetchInterval: MINUTE / 3,
  });

/** Tickets and receipt for the ticket printer. */
export function papersOf(orderId: string, format: '80mm' | 'a6', tickets?: readonly string[]): string {
  const query = new URLSearchParams({ format, ...(tickets && { tickets: tickets.join(',') }) });
  return `/api${at}/orders/${orderId}/papers?${query}`;
}
export const orderAtCounterQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['counter', 'order', orderId],
    queryFn: () => call<WillCall>(`${at}/orders/${orderId}`),
  });
export const toldPrinted = (orderId: string, body: TicketsPrinted) =>
  call<WillCall>(`${at}/orders/${orderId}/printed`, { method: 'POST', body });
/** The old code dies, the paper carries a new one. */
export const reprint = (ticketId: string, body: ReprintTicket, key: string) =>
  call<WillCall>(`${at}/tickets/${ticketId}/reprint`, { method: 'POST', body, idempotencyKey: key });
export const returnAtCounter = (orderId: string, body: ReturnAtCounter, key: string) =>
  call<ReturnedAtCounter>(`${at}/orders/${orderId}/returns`, { method: 'POST', body, idempotencyKey: key });

export const askApproval = (body: AskApproval, key: string) =>
  call<CounterApproval>(`${at}/approvals`, { method: 'POST', body, idempotencyKey: key });
/** What became of a question; asked until somebody decided. */
export const approvalQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['counter', 'approval', id],
    queryFn: () => call<CounterApproval>(`${at}/approvals/${id}`),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data && query.state.data.state !== 'asked' ? false : 1_500),
  });
export const approvalsQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'approvals', editionId],
    queryFn: () => call<CounterApproval[]>(`${at}/approvals?editionId=${encodeURIComponent(editionId)}`),
    enabled: editionId !== '',
    refetchInterval: 3_000,
  });
export const decideApproval = (id: string, approve: boolean) =>
  call<CounterApproval>(`${at}/approvals/${id}/decision`, { method: 'POST', body: { approve } });

export const reservationsQuery = (editionId: string, text: string) =>
  queryOptions({
    queryKey: ['counter', 'reservations', editionId, text],
    queryFn: () =>
      call<Reservation[]>(`${at}/reservations?${new URLSearchParams({ editionId, ...(text && { text }) })}`),
    enabled: editionId !== '',
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE / 3,
  });
export const reserveByPhone = (body: ReserveByPhone, key: string) =>
  call<Reservation>(`${at}/reservations`, { method: 'POST', body, idempotencyKey: key });
export const releaseReservation = (id: string) =>
  call<Reservation>(`${at}/reservations/${id}/release`, { method: 'POST', body: {} });
/** The kept seats as a hold, to be sold like any other. */
export const sellReservation = (id: string) =>
  call<HeldSeats>(`${at}/reservations/${id}/sell`, { method: 'POST', body: {} });
