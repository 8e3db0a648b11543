import { queryOptions } from '@tanstack/react-query';
import type { LeaseSeats, ReportLeasedSale } from '#libs/contracts';
import { answer, api, keyed } from './client';

const of = (id: string) => ({ path: { id } });

export const leaseSeats = (body: LeaseSeats, key: string) =>
  answer(api.POST('/api/tickets/counter/leases', { body, headers: keyed(key) }));
export const renewLease = (id: string) =>
  answer(api.POST('/api/tickets/counter/leases/{id}/renew', { params: of(id) }));
export const readLease = (id: string) => answer(api.GET('/api/tickets/counter/leases/{id}', { params: of(id) }));
/** A sale that was made; the key is the sale's name. */
export const reportLeasedSale = (leaseId: string, body: ReportLeasedSale, key: string) =>
  answer(api.POST('/api/tickets/counter/leases/{id}/sales', { params: of(leaseId), body, headers: keyed(key) }));
export const returnLease = (id: string) =>
  answer(api.POST('/api/tickets/counter/leases/{id}/return', { params: of(id) }));

/** Leases of all counters: those that run or have not come back first. */
export const leasesQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'leases', editionId],
    queryFn: () => answer(api.GET('/api/tickets/counter/leases', { params: { query: { editionId } } })),
    refetchInterval: 5_000,
  });
export const releaseLease = (id: string) =>
  answer(api.POST('/api/tickets/counter/leases/{id}/release', { params: of(id) }));
/** What was sold and could not be booked so, unsettled ones first. */
export const leaseConflictsQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'lease-conflicts', editionId],
    queryFn: () => answer(api.GET('/api/tickets/counter/lease-conflicts', { params: { query: { editionId } } })),
    refetchInterval: 5_000,
  });
export const settleLeaseConflict = (id: string, note: string) =>
  answer(api.POST('/api/tickets/counter/lease-conflicts/{id}/settle', { params: of(id), body: { note } }));
