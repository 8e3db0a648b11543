import { queryOptions } from '@tanstack/react-query';
import type {
  Availability,
  Booking,
  DoorScreenings,
  HeldSeats,
  HoldSeats,
  Order,
  PairedDevice,
  PaymentStarted,
  PlaceOrder,
  RegisterDevice,
  RegisteredDevice,
  ScanCode,
  ScanVerdict,
  SeatStates,
} from '#libs/contracts';
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

/** Seat states, asked every two seconds while the map is looked at. */
export const seatsQuery = (screeningId: string) =>
  queryOptions({
    queryKey: ['seats', screeningId],
    queryFn: () => call<SeatStates>(`/tickets/screenings/${screeningId}/seats`),
    refetchInterval: 2_000,
    staleTime: 0,
  });

export const holdSeats = (body: HoldSeats, holdId: string) =>
  call<HeldSeats>('/tickets/holds', { method: 'POST', body, idempotencyKey: holdId });
export const releaseHold = (hold: Pick<HeldSeats, 'holdId' | 'token'>) =>
  call<void>(`/tickets/holds/${hold.holdId}?token=${encodeURIComponent(hold.token)}`, { method: 'DELETE' });
export const extendHold = (hold: Pick<HeldSeats, 'holdId' | 'token'>) =>
  call<HeldSeats>(`/tickets/holds/${hold.holdId}/extend`, { method: 'POST', body: { token: hold.token } });

export const placeOrder = (body: PlaceOrder, key: string) =>
  call<Order>('/tickets/orders', { method: 'POST', body, idempotencyKey: key });
/** The order for the fee of an accreditation; paid like any other. */
export const orderFee = (applicationId: string, told: { language: Language; version: string }, key: string) =>
  call<Order>(`/tickets/accreditation-fees/${applicationId}/order`, {
    method: 'POST',
    body: { language: told.language, consent: { terms: true, version: told.version } },
    idempotencyKey: key,
  });
const keyed = (path: string, key: string | null) => (key ? `${path}?key=${encodeURIComponent(key)}` : path);

export const startPayment = (order: { id: string; key: string }, key: string) =>
  call<PaymentStarted>(keyed(`/tickets/orders/${order.id}/payments`, order.key), {
    method: 'POST',
    body: {},
    idempotencyKey: key,
  });
/** The buyer is back from the bank: the bank is asked now. */
export const paymentReturned = (id: string, key: string | null) =>
  call<Order>(keyed(`/tickets/orders/${id}/payments/returned`, key), { method: 'POST', body: {} });
export const orderQuery = (id: string, key: string | null) =>
  queryOptions({
    queryKey: ['order', id],
    queryFn: () => call<Order>(keyed(`/tickets/orders/${id}`, key)),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state === 'awaiting-payment' || state === 'expiring' || state === 'refund-due' ? 1_500 : false;
    },
  });
export const orderDocument = (id: string, key: string | null, file: 'tickets.pdf' | 'calendar.ics') =>
  `/api${keyed(`/tickets/orders/${id}/${file}`, key)}`;
export const myOrdersQuery = queryOptions({
  queryKey: ['my-orders'],
  queryFn: () => call<Order[]>('/tickets/my/orders'),
  retry: false,
});

export const bookingsQuery = queryOptions({
  queryKey: ['bookings'],
  queryFn: () => call<Booking[]>('/tickets/bookings'),
  retry: false,
});
export const makeBooking = (screeningId: string) =>
  call<Booking>('/tickets/bookings', { method: 'POST', body: { screeningId }, idempotencyKey: true });
export const cancelBooking = (id: string) => call<void>(`/tickets/bookings/${id}`, { method: 'DELETE' });

export const registerDevice = (body: RegisterDevice) =>
  call<RegisteredDevice>('/tickets/door/devices', { method: 'POST', body, idempotencyKey: true });
export const pairDevice = (pairingCode: string) =>
  call<PairedDevice>('/tickets/door/pair', { method: 'POST', body: { pairingCode } });
export const doorScreeningsQuery = (token: string | null) =>
  queryOptions({
    queryKey: ['door-screenings', token],
    queryFn: () => call<DoorScreenings>('/tickets/door/screenings', { headers: { 'X-Device-Token': token ?? '' } }),
    enabled: token !== null,
    refetchInterval: 15_000,
    retry: false,
  });
export const scanCode = (body: ScanCode, token: string) =>
  call<ScanVerdict>('/tickets/door/scans', { method: 'POST', body, headers: { 'X-Device-Token': token } });
/** How accredited people book here: places a day, until when to cancel, and when it opens for whom. */
export const bookingRulesQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['booking-rules', editionId],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/booking-rules', { params: { path: { id: editionId } } })),
    enabled: editionId !== '',
    staleTime: 60_000,
  });
