import { queryOptions } from '@tanstack/react-query';
import type { Availability, Booking, Order } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { answer, api, call } from './client';

export const availabilityQuery = (editionId: string | undefined) =>
  queryOptions({
    queryKey: ['availability', editionId],
    queryFn: () => call<Availability>(`/tickets/editions/${editionId}/availability`),
    enabled: editionId !== undefined,
    refetchInterval: 20_000,
    retry: 1,
  });

/** The order for the fee of an accreditation; paid like any other. */
export const orderFee = (applicationId: string, told: { language: Language; version: string }, key: string) =>
  call<Order>(`/tickets/accreditation-fees/${applicationId}/order`, {
    method: 'POST',
    body: { language: told.language, consent: { terms: true, version: told.version } },
    idempotencyKey: key,
  });
export const bookingsQuery = queryOptions({
  queryKey: ['bookings'],
  queryFn: () => call<Booking[]>('/tickets/bookings'),
  retry: false,
});
export const makeBooking = (screeningId: string) =>
  call<Booking>('/tickets/bookings', { method: 'POST', body: { screeningId }, idempotencyKey: true });
export const cancelBooking = (id: string) => call<void>(`/tickets/bookings/${id}`, { method: 'DELETE' });

/** How accredited people book here: places a day, until when to cancel, and when it opens for whom. */
export const bookingRulesQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['booking-rules', editionId],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/booking-rules', { params: { path: { id: editionId } } })),
    enabled: editionId !== '',
    staleTime: 60_000,
  });
